import { OrderBookError } from './errors.ts';
import { MAX_DIGITS, MAX_PRECISION } from './scaled.ts';

const DECIMAL = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A printed number as an integer's digits (no leading zeros, '' for zero) and its decimals. */
export interface Lexeme {
  readonly digits: string;
  /** How many of the digits are decimals: 3 for `0.050`, 5 for `1e-05`, -2 for `5E+2`. */
  readonly decimals: number;
}

/** Reads a price or a quantity as printed: plain or with an exponent. Throws INVALID_LEVEL. */
export function parseLexeme(text: string): Lexeme {
  const match = DECIMAL.exec(text);
  if (match === null) throw invalidLevel(text, 'is not a decimal without a sign');
  const fraction = match[2] ?? '';
  const digits = (match[1]! + fraction).replace(/^0+/, '');
  const decimals = fraction.length - Number(match[3] ?? 0);
  if (digits === '') return { digits, decimals: Math.min(Math.max(decimals, 0), MAX_PRECISION) };
  if (decimals > MAX_PRECISION) throw invalidLevel(text, `has more than ${MAX_PRECISION} decimals`);
  if (digits.length - decimals > MAX_DIGITS) throw invalidLevel(text, 'is too large');
  return { digits, decimals };
}

/**
 * The digits of a lexeme at a precision: trailing zeros are given back. Throws INVALID_LEVEL when
 * they are more than a book can hold.
 */
export function digitsAt(lexeme: Lexeme, precision: number): string {
  if (lexeme.digits === '') return '';
  const digits = lexeme.digits + '0'.repeat(precision - lexeme.decimals);
  if (digits.length > MAX_DIGITS) throw invalidLevel(digits, `has more than ${MAX_DIGITS} digits`);
  return digits;
}

/**
 * The most decimals that any number but zero shows; undefined without one. (A removal's `0` says
 * nothing of how quantities are printed.)
 */
export function mostDecimals(lexemes: readonly Lexeme[]): number | undefined {
  let most: number | undefined;
  for (const { digits, decimals } of lexemes) {
    if (digits !== '') most = Math.max(most ?? 0, decimals);
  }
  return most;
}

/** INVALID_LEVEL: what is wrong with a price or a quantity. */
export function invalidLevel(value: string, what: string): OrderBookError {
  const shown = value.length > 64 ? `${value.slice(0, 64)}…` : value;
  return new OrderBookError(
    'INVALID_LEVEL',
    `The price or quantity "${shown}" ${what}. A book takes at most ${MAX_DIGITS} digits, ` +
      `${MAX_PRECISION} of them decimals.`,
    { value: shown },
  );
}
