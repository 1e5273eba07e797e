import { fromScaled, toScaled } from '@kr/orderbook/decimal';

/** An exact decimal times ten to the power of its precision. A bigint only beyond 2^53, so `===` compares. */
export type Scaled = number | bigint;

export const scaledOf = (value: bigint): Scaled =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : value;

/** `parseScaled('45283.5', 3)` is 45283500. @throws OrderBookError `INVALID_DECIMAL` where digits would be lost */
export const parseScaled = (text: string, precision: number): Scaled =>
  scaledOf(toScaled(text, precision));

/** `formatScaled(452835, 1)` is `'45283.5'`. */
export const formatScaled = (value: Scaled, precision: number): string => {
  if (typeof value === 'bigint') return fromScaled(value, precision);
  // The common case without a bigint: some thousand of them are drawn each second.
  const digits = String(Math.abs(value)).padStart(precision + 1, '0');
  const sign = value < 0 ? '-' : '';
  if (precision === 0) return sign + digits;
  const point = digits.length - precision;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
};

/** The nearest double, for what is drawn: dividing by a power of ten rounds once. */
export const numberOf = (value: Scaled, precision: number): number =>
  typeof value === 'number' ? value / 10 ** precision : Number(fromScaled(value, precision));

export const addScaled = (a: Scaled, b: Scaled): Scaled => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return scaledOf(BigInt(a) + BigInt(b));
};

export const subtractScaled = (a: Scaled, b: Scaled): Scaled => {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return scaledOf(BigInt(a) - BigInt(b));
};

/** Down to a multiple of `step` for bids, up for asks: what a grouped ladder counts together. */
export const groupScaled = (value: Scaled, step: number, side: 'bids' | 'asks'): Scaled => {
  if (typeof value === 'number') {
    const rest = value % step;
    if (rest === 0) return value;
    return side === 'bids' ? value - rest : value - rest + step;
  }
  const wide = BigInt(step);
  const rest = value % wide;
  if (rest === 0n) return value;
  return scaledOf(side === 'bids' ? value - rest : value - rest + wide);
};
