import {
  compareDecimals,
  divideDecimals,
  isMultipleOf,
  multiplyDecimals,
  type Rounding,
  roundToMultiple,
} from '@kr/orderbook/decimal';
import type { Instrument } from './instrument.ts';
import { assertOnTick, invalidOrder, isPlainDecimal, type OrderSubject } from './invalid-order.ts';

/** The part of an order that an instrument limits. */
export interface OrderAmounts {
  readonly type: string;
  readonly volume: string;
  readonly price?: string | undefined;
  readonly price2?: string | undefined;
  readonly ordertype?: string | undefined;
  readonly oflags?: string | undefined;
  readonly leverage?: string | undefined;
  readonly reduce_only?: boolean | undefined;
}

export interface QuantizeOptions {
  /** @defaultValue floor for buy, ceil for sell: never a worse price than was asked for */
  readonly price?: Rounding | undefined;
  /** @defaultValue down */
  readonly volume?: Rounding | undefined;
}

/**
 * The order with its prices on the tick and its volume on the lot. Relative prices (`+5`, `-2%`,
 * `#1`) stay as they are, and so does a volume of the quote (`viqc`), which has no lot.
 *
 * @throws RestError `INVALID_ORDER` for a volume below one lot: rounded to 0, it would close a position
 */
export function quantize<Order extends OrderAmounts>(
  instrument: Instrument,
  order: Order,
  options: QuantizeOptions = {},
): Order {
  const priceRounding = options.price ?? (order.type === 'buy' ? 'floor' : 'ceil');
  const onTick = (price: string): string =>
    isPlainDecimal(price) ? roundToMultiple(price, instrument.tickSize, priceRounding) : price;
  const { volume } = order;
  const onLot = isOfQuote(order)
    ? volume
    : roundToMultiple(volume, instrument.lotSize, options.volume ?? 'down');
  if (isNothing(onLot) && !isNothing(volume)) {
    const limit = `lot size ${instrument.lotSize}`;
    const nearest = leastVolume(instrument, order);
    throw invalidOrder(subjectOf(instrument), { field: 'volume', limit, given: volume, nearest });
  }
  return {
    ...order,
    volume: onLot,
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
  const { tickSize, lotSize, orderMin, costMin, status } = instrument;
  const subject = subjectOf(instrument);
  const refuse = (field: string, limit: string, given: string, nearest: string | undefined) =>
    invalidOrder(subject, { field, limit, given, nearest });
  if (status === 'cancel_only') throw refuse('status', 'cancel_only', status, undefined);
  for (const field of ['price', 'price2'] as const) {
    const price = order[field];
    if (price !== undefined && isPlainDecimal(price)) assertOnTick(subject, field, price, tickSize);
  }
  const { volume } = order;
  if (!isPlainDecimal(volume)) throw refuse('volume', 'a plain decimal', volume, undefined);
  if (isNothing(volume)) {
    if (isOnMargin(order)) return;
    const limit = 'more than 0, which only closes a position on margin';
    throw refuse('volume', limit, volume, leastVolume(instrument, order));
  }
  if (isOfQuote(order)) {
    if (costMin === undefined || compareDecimals(volume, costMin) >= 0) return;
    throw refuse('volume', `costmin ${costMin}`, volume, costMin);
  }
  const refuseVolume = (limit: string) => {
    const least = leastVolume(instrument, order);
    const onLot = roundToMultiple(volume, lotSize, 'down');
    const nearest = least === undefined ? undefined : maxDecimal(onLot, least);
    return refuse('volume', limit, volume, nearest);
  };
  if (!isMultipleOf(volume, lotSize)) throw refuseVolume(`lot size ${lotSize}`);
  if (orderMin !== undefined && compareDecimals(volume, orderMin) < 0) {
    throw refuseVolume(`ordermin ${orderMin}`);
  }
  const price = knownPriceOf(order);
  if (costMin === undefined || price === undefined) return;
  if (compareDecimals(multiplyDecimals(price, volume), costMin) >= 0) return;
  throw refuseVolume(`costmin ${costMin}`);
}

/** The least volume that keeps to every limit; `undefined` when none does, for the price is nothing. */
function leastVolume(
  { lotSize, orderMin = '0', costMin }: Instrument,
  order: OrderAmounts,
): string | undefined {
  if (isOfQuote(order)) return costMin;
  const least = maxDecimal(lotSize, roundToMultiple(orderMin, lotSize, 'ceil'));
  const price = knownPriceOf(order);
  if (costMin === undefined || price === undefined) return least;
  const perLot = multiplyDecimals(price, lotSize);
  if (isNothing(perLot)) return isNothing(costMin) ? least : undefined;
  const lots = divideDecimals(costMin, perLot, 0, 'ceil');
  return maxDecimal(least, multiplyDecimals(lots, lotSize));
}

/** What a unit costs, when the order says so. */
function knownPriceOf({ price, ordertype }: OrderAmounts): string | undefined {
  const isLimit = ordertype === 'limit' || ordertype === 'iceberg';
  return isLimit && price !== undefined && isPlainDecimal(price) ? price : undefined;
}

/** Its volume counts the quote, which neither the lot nor `ordermin` is about. */
function isOfQuote({ oflags }: OrderAmounts): boolean {
  return typeof oflags === 'string' && oflags.split(',').some((flag) => flag.trim() === 'viqc');
}

/** Whether it may close a position, so that 0 stands for all of it. */
function isOnMargin({ leverage = 'none', reduce_only: reduces, ordertype }: OrderAmounts): boolean {
  return leverage !== 'none' || reduces === true || ordertype === 'settle-position';
}

function isNothing(decimal: string): boolean {
  return compareDecimals(decimal, '0') === 0;
}

function maxDecimal(a: string, b: string): string {
  return compareDecimals(a, b) >= 0 ? a : b;
}

function subjectOf({ symbol }: Instrument): OrderSubject {
  return { symbol, endpoint: ENDPOINT };
}
