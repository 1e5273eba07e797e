/** A name with a `*` is a pattern: `*` stands for any characters, as in `*\/USD` or `BTC/*`. */
export const isPattern = (name: string): boolean => name.includes('*');

const escape = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);

const expressionOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`, 'i');

/** Whether a symbol is one of these names, or fits one of these patterns; case does not matter. */
export const matchesAny = (symbol: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => expressionOf(pattern).test(symbol));
