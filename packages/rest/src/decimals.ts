/** A decimal text as an integer and its number of decimals: `'0.10'` is 10 of scale 2. */
interface Scaled {
  readonly value: bigint;
  readonly scale: number;
}

export type Rounding = 'down' | 'up' | 'nearest';

const PLAIN = /^(\d+)(?:\.(\d+))?$/;

/** Whether it is a decimal without a sign and an exponent. */
export function isPlainDecimal(text: string): boolean {
  return PLAIN.test(text);
}

function scaledOf(text: string): Scaled {
  const [, whole, fraction = ''] = PLAIN.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is no plain decimal.`);
  return { value: BigInt(whole + fraction), scale: fraction.length };
}

function atScale({ value, scale }: Scaled, target: number): bigint {
  return value * 10n ** BigInt(target - scale);
}

function textOf(value: bigint, scale: number): string {
  const digits = String(value).padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Below 0 when the first is less, above 0 when it is more. */
export function compareDecimals(one: string, other: string): number {
  const a = scaledOf(one);
  const b = scaledOf(other);
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function multiplyDecimals(one: string, other: string): string {
  const a = scaledOf(one);
  const b = scaledOf(other);
  return textOf(a.value * b.value, a.scale + b.scale);
}

/** The multiple of `step` next to `text`, with the step's number of decimals. */
export function roundToStep(text: string, step: string, rounding: Rounding): string {
  const given = scaledOf(text);
  const unit = scaledOf(step);
  const scale = Math.max(given.scale, unit.scale);
  const value = atScale(given, scale);
  const size = atScale(unit, scale);
  const below = value / size;
  const rest = value - below * size;
  const isUp = rounding === 'up' ? rest > 0n : rounding === 'nearest' && rest * 2n >= size;
  return textOf((isUp ? below + 1n : below) * unit.value, unit.scale);
}

/** The least multiple of `step` that, times `factor`, is at least `product`. */
export function leastFactor(product: string, factor: string, step: string): string | undefined {
  const wanted = scaledOf(product);
  const by = scaledOf(factor);
  if (by.value === 0n) return undefined;
  const unit = scaledOf(step);
  const scale = Math.max(wanted.scale, by.scale + unit.scale);
  const perStep = atScale({ value: by.value * unit.value, scale: by.scale + unit.scale }, scale);
  const target = atScale(wanted, scale);
  return textOf(((target + perStep - 1n) / perStep) * unit.value, unit.scale);
}

/** `'0.01'` for 2. */
export function stepOfDecimals(decimals: number): string {
  return textOf(1n, decimals);
}
