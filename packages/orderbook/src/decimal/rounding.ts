import { align } from './arithmetic.ts';
import { fromScaled, invalid, parseDecimal } from './parse.ts';

/**
 * `floor` down, `ceil` up, `down` towards zero, `up` away from zero, `halfUp` to the nearest and a
 * half away from zero, `halfEven` to the nearest and a half to the even neighbour.
 */
export type Rounding = 'floor' | 'ceil' | 'down' | 'up' | 'halfUp' | 'halfEven';

/** The quotient to `scale` decimals. Throws INVALID_DECIMAL for a divisor of zero. */
export function divideDecimals(
  dividend: string,
  divisor: string,
  scale: number,
  rounding: Rounding = 'halfEven',
): string {
  const aligned = align(parseDecimal(dividend), parseDecimal(divisor));
  if (aligned.b === 0n) throw invalid(divisor, 'is zero: nothing can be divided by it');
  return fromScaled(divideIntegers(aligned.a * 10n ** BigInt(scale), aligned.b, rounding), scale);
}

/** With exactly `scale` decimals: `roundDecimal('1.005', 2)` is `'1.00'`, `('1', 2)` is `'1.00'`. */
export function roundDecimal(text: string, scale: number, rounding: Rounding = 'halfEven'): string {
  return divideDecimals(text, '1', scale, rounding);
}

/**
 * To a multiple of any positive increment, tick sizes that are no power of ten included:
 * `roundToMultiple('100.37', '0.25', 'floor')` is `'100.25'`. Keeps the increment's decimals.
 */
export function roundToMultiple(
  text: string,
  increment: string,
  rounding: Rounding = 'halfEven',
): string {
  const step = parseDecimal(increment);
  if (step.value <= 0n) throw invalid(increment, 'is no increment: it must be positive');
  const aligned = align(parseDecimal(text), step);
  return fromScaled(divideIntegers(aligned.a, aligned.b, rounding) * step.value, step.scale);
}

/** True when `text` is a whole number of increments. */
export function isMultipleOf(text: string, increment: string): boolean {
  const aligned = align(parseDecimal(text), parseDecimal(increment));
  if (aligned.b <= 0n) throw invalid(increment, 'is no increment: it must be positive');
  return aligned.a % aligned.b === 0n;
}

/** The quotient of two integers, `b` not zero. */
function divideIntegers(a: bigint, b: bigint, rounding: Rounding): bigint {
  const quotient = a / b;
  const remainder = a % b;
  if (remainder === 0n) return quotient;
  const away = quotient + (a < 0n === b < 0n ? 1n : -1n);
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  const half = b < 0n ? -b : b;
  switch (rounding) {
    case 'down':
      return quotient;
    case 'up':
      return away;
    case 'floor':
      return away < quotient ? away : quotient;
    case 'ceil':
      return away > quotient ? away : quotient;
    case 'halfUp':
      return twice >= half ? away : quotient;
    case 'halfEven':
      break;
  }
  if (twice === half) return quotient % 2n === 0n ? quotient : away;
  return twice > half ? away : quotient;
}
