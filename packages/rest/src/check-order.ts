import {
  compareDecimals,
  divideDecimals,
  isMultipleOf,
  multiplyDecimals,
  type Rounding,
  roundToMultiple,
} from '@kr/orderbook/decimal';
import type { Instrument } from './instrument.ts';
import { assertOnTick, invalidOrder, isPlainDecimal } from './invalid-order.ts';

/** The part of an order that an instrument limits. */
export interface OrderAmounts {
  readonly type: string;
  readonly volume: string;
  readonly price?: string | undefined;
  readonly price2?: string | undefined;
  readonly ordertype?: string | undefined;
}

export interface QuantizeOptions {
  /** @defaultValue floor for buy, ceil for sell: never a worse price than was asked for */
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
  const priceRounding = options.price ?? (order.type === 'buy' ? 'floor' : 'ceil');
  const onTick = (price: string): string =>
    isPlainDecimal(price) ? roundToMultiple(price, instrument.tickSize, priceRounding) : price;
  return {
    ...order,
    volume: roundToMultiple(order.volume, instrument.lotSize, options.volume ?? 'down'),
    ...(order.price === undefined ? {} : { price: onTick(order.price) }),
    ...(order.price2 === undefined ? {} : { price2: onTick(order.price2) }),
  };
}

const ENDPOINT = 'POST /0/private/AddOrder';

/**
 * What Kraken would refuse, refused before it is sent.
 *
 * @throws RestError `INVALID_ORDER`, with the limit and the nearest value that passes
 */
export function assertOrder(instrument: Instrument, order: OrderAmounts): void {
  const { tickSize, lotSize, orderMin, symbol, status } = instrument;
  const subject = { symbol, endpoint: ENDPOINT };
  const refuse = (field: string, limit: string, given: string, nearest: string | undefined) =>
    invalidOrder(subject, { field, limit, given, nearest });
  if (status === 'cancel_only') throw refuse('status', 'cancel_only', status, undefined);
  for (const field of ['price', 'price2'] as const) {
    const price = order[field];
    if (price !== undefined && isPlainDecimal(price)) assertOnTick(subject, field, price, tickSize);
  }
  const { volume } = order;
  if (!isPlainDecimal(volume)) throw refuse('volume', 'a plain decimal', volume, undefined);
  if (!isMultipleOf(volume, lotSize)) {
    const nearest = roundToMultiple(volume, lotSize, 'down');
    throw refuse('volume', `lot size ${lotSize}`, volume, nearest);
  }
  // 0 closes a position.
  if (compareDecimals(volume, '0') === 0) return;
  if (orderMin !== undefined && compareDecimals(volume, orderMin) < 0) {
    throw refuse('volume', `ordermin ${orderMin}`, volume, orderMin);
  }
  const short = costShortage(instrument, order);
  if (short !== undefined)
    throw refuse('volume', `costmin ${short.costMin}`, volume, short.nearest);
}

interface Shortage {
  readonly costMin: string;
  readonly nearest: string | undefined;
}

/** Of an order whose price is known: whether it costs too little, and the least volume that does not. */
function costShortage({ costMin, lotSize }: Instrument, order: OrderAmounts): Shortage | undefined {
  const { price, volume, ordertype } = order;
  const isLimit = ordertype === 'limit' || ordertype === 'iceberg';
  if (costMin === undefined || price === undefined || !isLimit || !isPlainDecimal(price)) {
    return undefined;
  }
  if (compareDecimals(multiplyDecimals(price, volume), costMin) >= 0) return undefined;
  const perLot = multiplyDecimals(price, lotSize);
  if (compareDecimals(perLot, '0') === 0) return { costMin, nearest: undefined };
  const lots = divideDecimals(costMin, perLot, 0, 'ceil');
  return { costMin, nearest: multiplyDecimals(lots, lotSize) };
}
