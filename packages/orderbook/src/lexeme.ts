import { OrderBookError } from './errors.ts';

/**
 * Numbers by their digits. A book keeps a price or a quantity as a scaled integer: times ten to the
 * power of its precision. Up to 2^53 one double holds one exactly. A larger one is a pair of
 * doubles whose sum is the integer: the head, the nearest double, and the tail, the rest. That is
 * exact to 2^106, so 31 digits always fit, and two pairs compare by head, then by tail.
 */

/** The most significant digits a price or a quantity may have. */
const MAX_DIGITS = 31;

/** The most decimals. */
export const MAX_PRECISION = 18;

export const MAX_SAFE = 9007199254740991;

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A printed number as an integer's digits (no leading zeros, '' for zero) and its decimals. */
export interface Lexeme {
  readonly digits: string;
  /** How many of the digits are decimals: 3 for `0.050`, 5 for `1e-05`, -2 for `5E+2`. */
  readonly decimals: number;
}

/** Reads a price or a quantity as printed: plain or with an exponent. Throws INVALID_LEVEL. */
export function parseLexeme(text: unknown): Lexeme {
  const match = typeof text === 'string' ? DECIMAL.exec(text) : null;
  if (match === null) throw invalidLevel(text, 'is not a decimal without a sign');
  const [, whole, fraction = '', exponent = 0] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const decimals = fraction.length - Number(exponent);
  if (digits === '') return { digits, decimals: Math.min(Math.max(decimals, 0), MAX_PRECISION) };
  if (decimals > MAX_PRECISION || digits.length - decimals > MAX_DIGITS) {
    throw invalidLevel(text, 'is out of range');
  }
  return { digits, decimals };
}

/**
 * The digits of a lexeme at a precision: trailing zeros are given back, or taken. Throws
 * INVALID_LEVEL when they are more than a book can hold, or another digit than 0 would be lost.
 */
export function digitsAt({ digits, decimals }: Lexeme, precision: number): string {
  if (digits === '') return '';
  const kept = digits.length - Math.max(decimals - precision, 0);
  const scaled = digits.slice(0, Math.max(kept, 0)) + '0'.repeat(Math.max(precision - decimals, 0));
  if (scaled.length > MAX_DIGITS || /[^0]/.test(digits.slice(Math.max(kept, 0)))) {
    throw invalidLevel(digits, `does not fit ${precision} decimals`);
  }
  return scaled;
}

/** INVALID_LEVEL: what is wrong with a price or a quantity. */
export function invalidLevel(value: unknown, what: string): OrderBookError {
  const shown = String(value).slice(0, 64);
  return new OrderBookError(
    'INVALID_LEVEL',
    `The price or quantity "${shown}" ${what}. A book takes at most ${MAX_DIGITS} digits, ` +
      `${MAX_PRECISION} of them decimals.`,
    { value: shown },
  );
}

/** The integer of a pair: a bigint only beyond 2^53. */
export function joinScaled(head: number, tail: number): number | bigint {
  return head <= MAX_SAFE ? head : BigInt(head) + BigInt(tail);
}

/** What the nearest double leaves of an integer. */
export function tailOf(value: bigint): number {
  return Number(value - BigInt(Number(value)));
}

/** The decimal text of a scaled integer: `formatScaled(452835, 1)` is `'45283.5'`. */
export function formatScaled(value: number | bigint, precision: number): string {
  const digits = value.toString().padStart(precision + 1, '0');
  return precision <= 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}
