import { fixedText } from '../market-data/fixed-text.ts';

/**
 * A number as the futures exchange prints it (as captured): no trailing zeros, and one decimal at
 * least, `39096.0`, `0.0001`.
 */
export function numberText(scaled: bigint | number, precision: number): string {
  if (precision === 0) return `${scaled}.0`;
  const text = fixedText(scaled, precision).replace(/0+$/, '');
  return text.endsWith('.') ? `${text}0` : text;
}

/** The same cut to so many decimals: what is computed has more of them than anybody needs. */
export function roundedText(scaled: bigint, precision: number, decimals: number): string {
  const unit = 10n ** BigInt(Math.max(0, precision - decimals));
  return numberText(scaled / unit, Math.min(precision, decimals));
}
