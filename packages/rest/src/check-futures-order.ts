import {
  compareDecimals,
  isDecimal,
  isMultipleOf,
  multiplyDecimals,
  type Rounding,
  roundToMultiple,
} from '@kr/orderbook/decimal';
import type { FuturesInstrument } from './futures-instrument.ts';
import { assertOnTick, invalidOrder, isPlainDecimal, type OrderSubject } from './invalid-order.ts';

/** The part of an order that a contract limits. */
export interface FuturesOrderAmounts {
  readonly side: string;
  readonly size: string;
  readonly limitPrice?: string | undefined;
  readonly stopPrice?: string | undefined;
  readonly trailingStopMaxDeviation?: string | undefined;
  readonly trailingStopDeviationUnit?: string | undefined;
  readonly limitPriceOffsetValue?: string | undefined;
  readonly limitPriceOffsetUnit?: string | undefined;
}

export interface QuantizeFuturesOptions {
  /** @defaultValue floor for buy, ceil for sell: never a worse price than was asked for */
  readonly price?: Rounding | undefined;
  /** @defaultValue down */
  readonly size?: Rounding | undefined;
}

const PRICES = ['limitPrice', 'stopPrice'] as const;
/** Distances count in ticks when they are of the quote, and not when they are a percentage. */
const DISTANCES = [
  ['trailingStopMaxDeviation', 'trailingStopDeviationUnit'],
  ['limitPriceOffsetValue', 'limitPriceOffsetUnit'],
] as const;
const QUOTE = 'QUOTE_CURRENCY';
const ENDPOINT = 'POST /derivatives/api/v3/sendorder';

/** The order with its prices, and distances of the quote, on the tick and its size on the lot. */
export function quantizeFutures<Order extends FuturesOrderAmounts>(
  { tickSize, lotSize }: FuturesInstrument,
  order: Order,
  options: QuantizeFuturesOptions = {},
): Order {
  const rounding = options.price ?? (order.side === 'buy' ? 'floor' : 'ceil');
  const onTick: Record<string, string> = {};
  for (const field of PRICES) {
    const price = order[field];
    if (price !== undefined) onTick[field] = roundToMultiple(price, tickSize, rounding);
  }
  for (const [field, unit] of DISTANCES) {
    const distance = order[field];
    if (distance === undefined || order[unit] !== QUOTE) continue;
    onTick[field] = roundToMultiple(distance, tickSize, rounding);
  }
  const size =
    lotSize === undefined
      ? order.size
      : roundToMultiple(order.size, lotSize, options.size ?? 'down');
  return { ...order, ...onTick, size };
}

/**
 * What Kraken would refuse, refused before it is sent.
 *
 * @throws RestError `INVALID_ORDER`, with the limit and the nearest value that passes
 */
export function assertFuturesOrder(
  instrument: FuturesInstrument,
  order: FuturesOrderAmounts,
): void {
  const { symbol, tickSize, isTradeable } = instrument;
  const subject = { symbol, endpoint: ENDPOINT };
  if (!isTradeable) {
    const limit = 'it is not tradeable';
    throw invalidOrder(subject, { field: 'symbol', limit, given: symbol, nearest: undefined });
  }
  for (const field of PRICES) {
    const price = order[field];
    if (price === undefined) continue;
    assertDecimal(subject, field, price, isPlainDecimal);
    assertOnTick(subject, field, price, tickSize);
  }
  for (const [field, unit] of DISTANCES) {
    const distance = order[field];
    if (distance === undefined) continue;
    assertDecimal(subject, field, distance, isDecimal);
    if (order[unit] === QUOTE) assertOnTick(subject, field, distance, tickSize);
  }
  assertDecimal(subject, 'size', order.size, isPlainDecimal);
  assertSize(subject, instrument, order.size);
}

function assertDecimal(
  subject: OrderSubject,
  field: string,
  given: string,
  holds: (text: string) => boolean,
): void {
  if (holds(given)) return;
  throw invalidOrder(subject, { field, limit: 'a plain decimal', given, nearest: undefined });
}

function assertSize(subject: OrderSubject, instrument: FuturesInstrument, given: string): void {
  const { lotSize, positionMax } = instrument;
  const refuse = (limit: string, nearest: string | undefined) =>
    invalidOrder(subject, { field: 'size', limit, given, nearest });
  const orderMin = instrument.orderMin ?? lotSize;
  if (orderMin !== undefined && compareDecimals(given, orderMin) < 0) {
    const nearest = lotSize === undefined ? orderMin : roundToMultiple(orderMin, lotSize, 'ceil');
    throw refuse(`minimum size ${orderMin}`, nearest);
  }
  if (lotSize !== undefined && !isMultipleOf(given, lotSize)) {
    throw refuse(`lot size ${lotSize}`, roundToMultiple(given, lotSize, 'down'));
  }
  if (positionMax === undefined) return;
  // From the largest short to the largest long: no order can be larger, whatever the position is.
  const sizeMax = multiplyDecimals(positionMax, '2');
  if (compareDecimals(given, sizeMax) <= 0) return;
  const nearest = lotSize === undefined ? sizeMax : roundToMultiple(sizeMax, lotSize, 'down');
  throw refuse(`twice the largest position ${positionMax}`, nearest);
}
