import { OrderBookError } from '../errors.ts';

/** `value` divided by ten to the power of `scale`. */
export interface Decimal {
  readonly value: bigint;
  /** 0 or more. */
  readonly scale: number;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Keeps `1e9999` from filling the memory; far above any price or quantity. */
const MAX_EXPONENT = 1000;

/** True for what `parseDecimal` takes: digits, a point between digits, a sign, an exponent. */
export function isDecimal(text: string): boolean {
  const match = DECIMAL.exec(text);
  return match !== null && Math.abs(Number(match[4] ?? 0)) <= MAX_EXPONENT;
}

/** `'0.050'` is `{ value: 50n, scale: 3 }`, `'5E+2'` is `{ value: 500n, scale: 0 }`. Throws INVALID_DECIMAL. */
export function parseDecimal(text: string): Decimal {
  const match = DECIMAL.exec(text);
  if (match === null) throw invalid(text, 'is not a decimal');
  const [, sign, whole = '', fraction = ''] = match;
  const exponent = Number(match[4] ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT) throw invalid(text, 'has too large an exponent');
  const scale = fraction.length - exponent;
  const digits = BigInt(whole + fraction) * 10n ** BigInt(Math.max(-scale, 0));
  return { value: sign === '-' ? -digits : digits, scale: Math.max(scale, 0) };
}

/** The plain text, with as many decimals as the scale. */
export function formatDecimal(decimal: Decimal): string {
  return fromScaled(decimal.value, decimal.scale);
}

/** `fromScaled(452835n, 1)` is `'45283.5'`. */
export function fromScaled(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** `toScaled('45283.5', 3)` is `45283500n`. Throws INVALID_DECIMAL where digits would be lost. */
export function toScaled(text: string, scale: number): bigint {
  const decimal = parseDecimal(text);
  if (decimal.scale <= scale) return decimal.value * 10n ** BigInt(scale - decimal.scale);
  const factor = 10n ** BigInt(decimal.scale - scale);
  if (decimal.value % factor !== 0n) throw invalid(text, `has more than ${scale} decimals`);
  return decimal.value / factor;
}

/** The shortest plain text: `'0.0500'` and `'5e-2'` are `'0.05'`, `'-0'` is `'0'`. */
export function trimDecimal(text: string): string {
  const plain = formatDecimal(parseDecimal(text));
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

/** INVALID_DECIMAL: what is wrong with a text. */
export function invalid(text: string, what: string): OrderBookError {
  const value = text.length > 64 ? `${text.slice(0, 64)}…` : text;
  return new OrderBookError('INVALID_DECIMAL', `"${value}" ${what}.`, { value });
}
