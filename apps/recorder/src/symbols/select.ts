import type { SymbolTable } from '@kr/schemas/symbols';
import type { Config } from '../config/schema.ts';
import { RecorderError } from '../errors.ts';
import { PROTOCOLS } from '../feeds/protocols.ts';
import { readSymbolsColumn, readSymbolsFile } from './lists.ts';
import type { Market } from './market.ts';
import { isPattern, matchesAny } from './patterns.ts';

/** The symbols that settings come to, now. */
export interface Selection {
  readonly symbols: readonly string[];
  /** Those that somebody wrote out: that the exchange lacks one is a mistake, and not a delisting. */
  readonly named: ReadonlySet<string>;
  /** All that the exchange lists; empty where nobody had to ask. */
  readonly known: readonly string[];
  /** What a person should know of it. */
  readonly notices: readonly string[];
}

/**
 * Puts together what is listed, read from files, matched by patterns and ranked. The market is asked
 * only where something needs it.
 *
 * @throws RecorderError `INVALID_SYMBOLS`: a file that cannot be read, a pattern that fits nothing,
 *   nothing at all
 */
export const selectSymbols = async (
  config: Pick<Config, 'symbols' | 'feeds' | 'protocol'>,
  market: () => Promise<Market>,
): Promise<Selection> => {
  const { list = [], file, csv, top, exclude = [] } = config.symbols;
  const written = [
    ...list,
    ...(file === undefined ? [] : await readSymbolsFile(file)),
    ...(csv === undefined ? [] : await readSymbolsColumn(csv.file, csv.column)),
  ];
  const own = config.feeds.flatMap((feed) => ('symbols' in feed ? (feed.symbols ?? []) : []));
  const needsMarket =
    PROTOCOLS[config.protocol].hasPairs &&
    (top !== undefined ||
      file !== undefined ||
      csv !== undefined ||
      [...written, ...own].some(isPattern));
  const found = needsMarket ? await market() : undefined;
  const notices: string[] = [];
  const chosen = new Set<string>();
  const named = new Set<string>(own.filter((name) => !isPattern(name)));
  for (const name of written) {
    if (isPattern(name)) {
      const matched = (found?.symbols ?? []).filter((symbol) => matchesAny(symbol, [name]));
      if (matched.length === 0) {
        throw new RecorderError('INVALID_SYMBOLS', `No pair of the exchange fits "${name}".`);
      }
      for (const symbol of matched) chosen.add(symbol);
      continue;
    }
    // Files have REST's names and v1's, too.
    const symbol = found?.table.pair(name)?.symbol ?? name;
    chosen.add(symbol);
    named.add(symbol);
  }
  if (top !== undefined && found !== undefined) {
    const { symbols, unranked } = await found.rank();
    for (const symbol of symbols.filter((each) => !matchesAny(each, exclude)).slice(0, top)) {
      chosen.add(symbol);
    }
    if (unranked.length > 0) {
      notices.push(`no pair leads to USD, so without a rank: ${unranked.join(', ')}`);
    }
  }
  const symbols = [...chosen].filter((symbol) => !matchesAny(symbol, exclude));
  const isAsked =
    written.length > 0 || top !== undefined || file !== undefined || csv !== undefined;
  if (isAsked && symbols.length === 0) {
    throw new RecorderError(
      'INVALID_SYMBOLS',
      'No symbol is left: name some, and look at symbols.exclude.',
    );
  }
  return { symbols, named, known: found?.symbols ?? [], notices };
};

/** The same under the names that v1 has for pairs: `XBT/USD`. One that the exchange lacks keeps its name. */
export const toV1 = (selection: Selection, table: SymbolTable): Selection => {
  const name = (symbol: string): string => table.pair(symbol)?.v1Symbol ?? symbol;
  return {
    ...selection,
    symbols: selection.symbols.map(name),
    named: new Set([...selection.named].map(name)),
    known: selection.known.map(name),
  };
};
