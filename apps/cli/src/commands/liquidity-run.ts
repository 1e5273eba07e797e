import type { SpotClient } from '@kr/rest';
import { liquidityOf, type PairLiquidity } from '../analysis/liquidity.ts';
import type { Column, CommandResult } from '../output/result.ts';
import { csvText, saveFile } from '../output/save-file.ts';
import { createProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { type ListedPair, loadListing } from '../symbols/listing.ts';

export interface LiquidityOptions {
  readonly quote?: string;
  readonly within: string;
  readonly count: number;
  readonly save?: string | true;
}

/** Requests on their way at once: the limit is one a second for each pair, not for all of them. */
const LANES = 4;

const COLUMNS: readonly Column[] = [
  { key: 'pair' },
  ...[
    'bid',
    'ask',
    'spread',
    'spread_bps',
    'within_bps',
    'bid_depth',
    'ask_depth',
    'bid_notional',
    'ask_notional',
  ].map((key) => ({ key, align: 'decimal' }) as const),
  { key: 'complete' },
];

export const readLiquidity = async (
  session: Session,
  options: LiquidityOptions,
  names: readonly string[],
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const listing = await loadListing(client, session.signal);
  const quote = options.quote && listing.asset(options.quote.toUpperCase());
  const pairs = (names.length === 0 ? listing.pairs : names.map((name) => listing.pair(name)))
    .filter((pair) => quote === undefined || pair.quote === quote)
    .toSorted((a, b) => a.symbol.localeCompare(b.symbol));
  const rows = await readAll(client, pairs, options, session);
  const { save } = options;
  if (save !== undefined) {
    const keys = COLUMNS.map(({ key }) => key);
    const folder = save === true ? '.' : save;
    await saveFile(session, folder, 'kraken_pairs_liquidity.csv', csvText(keys, rows));
  }
  return { columns: COLUMNS, rows: rows };
};

/** Some at a time, in the order of the pairs whichever comes first. */
const readAll = async (
  client: SpotClient,
  pairs: readonly ListedPair[],
  options: LiquidityOptions,
  session: Session,
): Promise<PairLiquidity[]> => {
  const progress = createProgress('books', 'pairs', session.io);
  const rows: PairLiquidity[] = [];
  const waiting = [...pairs.entries()];
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, pair] = next;
      rows[at] = await readOne(client, pair, options, session.signal);
      done += 1;
      progress.at(done, pairs.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
    return rows;
  } finally {
    progress.end();
  }
};

/** As the engine calls the two numbers. */
const levels = (side: readonly (readonly [string, string, ...unknown[]])[]) =>
  side.map(([price, quantity]) => ({ price, quantity }));

const readOne = async (
  client: SpotClient,
  { altname, symbol }: ListedPair,
  { count, within }: LiquidityOptions,
  signal: AbortSignal,
): Promise<PairLiquidity> => {
  const answer = await client.depth({ pair: altname, count }, { signal });
  const [book = { bids: [], asks: [] }] = Object.values(answer);
  const bids = levels(book.bids);
  const asks = levels(book.asks);
  return liquidityOf({ pair: symbol, bids, asks, withinBps: within, count });
};
