import type { SpotClient } from '@kr/rest';
import { createProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { type ListedPair, loadListing } from '../symbols/listing.ts';
import type { PairDay } from './usd-volume.ts';

/** Pairs a request: an address of all of them would be too long for some gateways. */
const CHUNK = 30;

/** The last 24 hours of every pair. */
export const readDays = async (session: Session, client: SpotClient): Promise<PairDay[]> => {
  const { io, signal } = session;
  const { pairs } = await loadListing(client, signal);
  const progress = createProgress('tickers', 'pairs', io);
  const days: PairDay[] = [];
  try {
    for (let from = 0; from < pairs.length; from += CHUNK) {
      days.push(...(await readChunk(client, pairs.slice(from, from + CHUNK), signal)));
      progress.at(Math.min(from + CHUNK, pairs.length), pairs.length);
    }
    return days;
  } finally {
    progress.end();
  }
};

const readChunk = async (
  client: SpotClient,
  pairs: readonly ListedPair[],
  signal: AbortSignal,
): Promise<PairDay[]> => {
  const pair = pairs.map(({ altname }) => altname).join(',');
  const tickers = await client.ticker({ pair }, { signal });
  return pairs.flatMap(({ symbol, restId, base, quote }) => {
    const ticker = tickers[restId];
    if (ticker === undefined) return [];
    const { c, v, p, t } = ticker;
    const day = { price: c[0], volume: v[1], vwap: p[1], trades: t[1] };
    return [{ symbol, base, quote, ...day }];
  });
};
