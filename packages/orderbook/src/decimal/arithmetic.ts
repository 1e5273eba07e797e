import { type Decimal, fromScaled, parseDecimal } from './parse.ts';

/** Both values at the larger of the two scales. */
export function align(a: Decimal, b: Decimal): { a: bigint; b: bigint; scale: number } {
  const scale = Math.max(a.scale, b.scale);
  const at = (decimal: Decimal): bigint => decimal.value * 10n ** BigInt(scale - decimal.scale);
  return { a: at(a), b: at(b), scale };
}

/** -1, 0 or 1, as `sort` wants it: `'1.0'` and `'1.00'` are equal. */
export function compareDecimals(a: string, b: string): -1 | 0 | 1 {
  const aligned = align(parseDecimal(a), parseDecimal(b));
  if (aligned.a === aligned.b) return 0;
  return aligned.a < aligned.b ? -1 : 1;
}

export function signOfDecimal(text: string): -1 | 0 | 1 {
  return compareDecimals(text, '0');
}

/** Exact, at the larger scale. */
export function addDecimals(a: string, b: string): string {
  const aligned = align(parseDecimal(a), parseDecimal(b));
  return fromScaled(aligned.a + aligned.b, aligned.scale);
}

/** Exact, at the larger scale. */
export function subtractDecimals(a: string, b: string): string {
  const aligned = align(parseDecimal(a), parseDecimal(b));
  return fromScaled(aligned.a - aligned.b, aligned.scale);
}

/** Exact; `'0'` of nothing. */
export function sumDecimals(texts: Iterable<string>): string {
  let sum: Decimal = { value: 0n, scale: 0 };
  for (const text of texts) {
    const aligned = align(sum, parseDecimal(text));
    sum = { value: aligned.a + aligned.b, scale: aligned.scale };
  }
  return fromScaled(sum.value, sum.scale);
}

/** Exact, at the sum of both scales. */
export function multiplyDecimals(a: string, b: string): string {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  return fromScaled(left.value * right.value, left.scale + right.scale);
}

export function negateDecimal(text: string): string {
  const { value, scale } = parseDecimal(text);
  return fromScaled(-value, scale);
}

export function absDecimal(text: string): string {
  const { value, scale } = parseDecimal(text);
  return fromScaled(value < 0n ? -value : value, scale);
}
