import { compareDecimals, isMultipleOf, roundToMultiple } from '@kr/orderbook/decimal';
import { RestError } from './errors.ts';

/** What an order is about, for its errors. */
export interface OrderSubject {
  readonly symbol: string;
  /** `POST /0/private/AddOrder` */
  readonly endpoint: string;
}

export interface BrokenLimit {
  readonly field: string;
  /** `tick size 0.1`, `ordermin 0.0001` */
  readonly limit: string;
  readonly given: string;
  /** The nearest value that passes; `undefined` when there is none. */
  readonly nearest: string | undefined;
}

/** The error for an order that breaks a limit of its instrument. Nothing was sent. */
export function invalidOrder(
  { symbol, endpoint }: OrderSubject,
  broken: BrokenLimit,
): RestError<'INVALID_ORDER'> {
  const { field, limit, given, nearest } = broken;
  return new RestError(
    'INVALID_ORDER',
    `The ${field} ${given} of this ${symbol} order breaks the limit: ${limit}.`,
    {
      endpoint,
      category: 'validation',
      retryable: false,
      effect: 'none',
      advice:
        nearest === undefined
          ? 'Nothing was sent.'
          : `Nothing was sent; the nearest valid value is ${nearest}.`,
    },
    broken,
  );
}

/** The error for an instrument that nobody listed. */
export function unknownInstrument(
  endpoint: string,
  field: string,
  given: string,
  list: string,
): RestError<'INVALID_ORDER'> {
  return new RestError(
    'INVALID_ORDER',
    `"${given}" is none of the instruments.`,
    {
      endpoint,
      category: 'validation',
      retryable: false,
      effect: 'none',
      advice: `Nothing was sent. Give a name of ${list}, or fetch it anew.`,
    },
    { field, limit: list, given, nearest: undefined },
  );
}

/** @throws RestError `INVALID_ORDER` unless a price is a multiple of the tick size */
export function assertOnTick(
  subject: OrderSubject,
  field: string,
  price: string,
  tickSize: string,
): void {
  if (isMultipleOf(price, tickSize)) return;
  const rounded = roundToMultiple(price, tickSize, 'halfUp');
  // No price is nothing, so the nearest to a tiny one is one tick.
  const nearest = compareDecimals(rounded, '0') === 0 ? tickSize : rounded;
  throw invalidOrder(subject, { field, limit: `tick size ${tickSize}`, given: price, nearest });
}

const PLAIN = /^\d+(?:\.\d+)?$/;

/** Whether it is a decimal without a sign and an exponent. */
export function isPlainDecimal(text: string): boolean {
  return PLAIN.test(text);
}
