import type { InstrumentInfo } from '../../protocol/control.ts';

const lettersOf = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Instruments with these letters in their name: the open ones first, then what begins with them. */
export const searchInstruments = (
  instruments: readonly InstrumentInfo[],
  query: string,
  open: readonly string[],
): InstrumentInfo[] => {
  const letters = lettersOf(query);
  const rank = ({ symbol }: InstrumentInfo): number =>
    (open.includes(symbol) ? 0 : 2) + (lettersOf(symbol).startsWith(letters) ? 0 : 1);
  return instruments
    .filter(({ symbol }) => lettersOf(symbol).includes(letters))
    .toSorted((a, b) => rank(a) - rank(b));
};
