/**
 * Scaled integers: a price or a quantity times ten to the power of its precision. Up to 2^53 one
 * double holds one exactly. A larger one is a pair of doubles whose sum is the integer: `head`,
 * the nearest double, and `tail`, the rest. That is exact to 2^106, so 31 digits always fit, and
 * two pairs compare by head, then by tail.
 */

/** The most significant digits a price or a quantity may have. */
export const MAX_DIGITS = 31;

/** The most decimals. */
export const MAX_PRECISION = 18;

/** Ten to the power of 0 to MAX_PRECISION. */
export const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from(
  { length: MAX_PRECISION + 1 },
  (_, i) => 10 ** i,
);

export const MAX_SAFE = 9007199254740991;

export function headOf(value: bigint): number {
  return Number(value);
}

export function tailOf(value: bigint): number {
  return Number(value - BigInt(Number(value)));
}

/** The integer of a pair. */
export function joinScaled(head: number, tail: number): bigint {
  return BigInt(head) + BigInt(tail);
}

/** The decimal text of a scaled integer: `formatScaled(452835, 1)` is `'45283.5'`. */
export function formatScaled(value: number | bigint, precision: number): string {
  const digits = value.toString();
  if (precision === 0) return digits;
  const padded = digits.padStart(precision + 1, '0');
  return `${padded.slice(0, -precision)}.${padded.slice(-precision)}`;
}
