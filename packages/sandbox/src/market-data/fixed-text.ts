/**
 * The plain decimal text of a scaled integer, every trailing zero kept, as the exchange prints it:
 * `fixedText(645250n, 1)` is `64525.0`, `fixedText(5100n, 8)` is `0.00005100`.
 */
export function fixedText(scaled: bigint | number, precision: number): string {
  const negative = scaled < 0;
  const digits = String(negative ? -scaled : scaled).padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  const text = precision === 0 ? whole : `${whole}.${digits.slice(digits.length - precision)}`;
  return negative ? `-${text}` : text;
}
