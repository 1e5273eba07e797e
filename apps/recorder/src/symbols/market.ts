import type { SpotClient } from '@kr/rest';
import { createSymbolTable, type PairNames, type SymbolTable } from '@kr/schemas/symbols';
import { type RankedPairs, rankByUsdVolume } from './usd-volume.ts';

/** Pairs a request: an address of all of them would be too long for some gateways. */
const CHUNK = 30;

/** What the exchange lists, asked for once however often it is needed. */
export interface Market {
  readonly table: SymbolTable;
  readonly symbols: readonly string[];
  rank(): Promise<RankedPairs>;
}

export const loadMarket = async (
  rest: Pick<SpotClient, 'assetPairs' | 'ticker'>,
  signal?: AbortSignal,
): Promise<Market> => {
  const table = createSymbolTable({ assetPairs: await rest.assetPairs({}, { signal }) });
  return {
    table,
    symbols: table.pairs.map(({ symbol }) => symbol).toSorted(),
    rank: async () => {
      const chunks = [];
      for (let from = 0; from < table.pairs.length; from += CHUNK) {
        chunks.push(await readDays(rest, table.pairs.slice(from, from + CHUNK), signal));
      }
      return rankByUsdVolume(chunks.flat());
    },
  };
};

const readDays = async (
  rest: Pick<SpotClient, 'ticker'>,
  pairs: readonly PairNames[],
  signal: AbortSignal | undefined,
) => {
  const pair = pairs.map(({ altname }) => altname).join(',');
  const tickers = await rest.ticker({ pair }, { signal });
  return pairs.flatMap(({ symbol, restId, base, quote }) => {
    const ticker = tickers[restId];
    if (ticker === undefined) return [];
    const { c, v, p } = ticker;
    return [{ symbol, base, quote, price: c[0], volume: v[1], vwap: p[1] }];
  });
};
