import {
  compareDecimals,
  isPlainDecimal,
  leastFactor,
  multiplyDecimals,
  type Rounding,
  roundToStep,
} from './decimals.ts';
import { RestError } from './errors.ts';
import type { Instrument } from './instrument.ts';

/** The part of an order that an instrument limits. */
export interface OrderAmounts {
  readonly type: string;
  readonly volume: string;
  readonly price?: string | undefined;
  readonly price2?: string | undefined;
  readonly ordertype?: string | undefined;
}

export interface QuantizeOptions {
  /** @defaultValue down for buy, up for sell: never a worse price than was asked for */
  readonly price?: Rounding | undefined;
  /** @defaultValue down */
  readonly volume?: Rounding | undefined;
}

/**
 * The order with its prices on the tick and its volume on the lot. Relative prices (`+5`, `-2%`,
 * `#1`) stay as they are.
 */
export function quantize<Order extends OrderAmounts>(
  instrument: Instrument,
  order: Order,
  options: QuantizeOptions = {},
): Order {
  const priceRounding = options.price ?? (order.type === 'buy' ? 'down' : 'up');
  const onTick = (price: string): string =>
    isPlainDecimal(price) ? roundToStep(price, instrument.tickSize, priceRounding) : price;
  return {
    ...order,
    volume: roundToStep(order.volume, instrument.lotSize, options.volume ?? 'down'),
    ...(order.price === undefined ? {} : { price: onTick(order.price) }),
    ...(order.price2 === undefined ? {} : { price2: onTick(order.price2) }),
  };
}

/**
 * What Kraken would refuse, refused before it is sent.
 *
 * @throws RestError `INVALID_ORDER`, with the limit and the nearest value that passes
 */
export function assertOrder(instrument: Instrument, order: OrderAmounts): void {
  const { tickSize, lotSize, orderMin, costMin, symbol, status } = instrument;
  if (status === 'cancel_only')
    throw invalidOrder(symbol, 'status', 'cancel_only', status, undefined);
  for (const field of ['price', 'price2'] as const) {
    const price = order[field];
    if (price === undefined || !isPlainDecimal(price)) continue;
    const nearest = roundToStep(price, tickSize, 'nearest');
    if (compareDecimals(nearest, price) !== 0) {
      throw invalidOrder(symbol, field, `tick size ${tickSize}`, price, nearest);
    }
  }
  const { volume } = order;
  if (!isPlainDecimal(volume)) {
    throw invalidOrder(symbol, 'volume', 'a plain decimal', volume, undefined);
  }
  const onLot = roundToStep(volume, lotSize, 'down');
  if (compareDecimals(onLot, volume) !== 0) {
    throw invalidOrder(symbol, 'volume', `lot size ${lotSize}`, volume, onLot);
  }
  // 0 closes a position.
  if (compareDecimals(volume, '0') === 0) return;
  if (orderMin !== undefined && compareDecimals(volume, orderMin) < 0) {
    throw invalidOrder(symbol, 'volume', `ordermin ${orderMin}`, volume, orderMin);
  }
  assertCost(instrument, order, costMin);
}

function assertCost({ symbol, lotSize }: Instrument, order: OrderAmounts, costMin?: string): void {
  const { price, volume, ordertype } = order;
  const isLimit = ordertype === 'limit' || ordertype === 'iceberg';
  if (costMin === undefined || price === undefined || !isLimit || !isPlainDecimal(price)) return;
  const cost = multiplyDecimals(price, volume);
  if (compareDecimals(cost, costMin) >= 0) return;
  const nearest = leastFactor(costMin, price, lotSize);
  throw invalidOrder(symbol, 'volume', `costmin ${costMin}`, volume, nearest);
}

function invalidOrder(
  symbol: string,
  field: string,
  limit: string,
  given: string,
  nearest: string | undefined,
): RestError<'INVALID_ORDER'> {
  return new RestError(
    'INVALID_ORDER',
    `The ${field} ${given} of this ${symbol} order breaks the limit: ${limit}.`,
    {
      endpoint: 'POST /0/private/AddOrder',
      category: 'validation',
      retryable: false,
      effect: 'none',
      advice:
        nearest === undefined
          ? 'Nothing was sent.'
          : `Nothing was sent; the nearest valid value is ${nearest}.`,
    },
    { field, limit, given, nearest },
  );
}
