import type { Command } from 'commander';
import type { Host } from './host.ts';

/** A command as the overview has it; what it takes is loaded when it is called. */
export interface CatalogEntry {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  /** Adds its arguments, options, subcommands and examples. */
  readonly load: () => Promise<{ define(command: Command, host: Host): void }>;
}

const RECORD = 'Record and prove:';
const MARKET = 'The market:';
const ANALYSES = 'Analyses:';
const ACCOUNT = 'Your account:';
const RAW = 'Any endpoint:';
const SHELL = 'Your machine:';

const account = () => import('./commands/account/definitions.ts');
const orders = () => import('./commands/orders/definitions.ts');
const recordings = () => import('./commands/recordings/definitions.ts');
const market = () => import('./commands/market/definitions.ts');

/** Everything `kr` can do. */
export const catalog: readonly CatalogEntry[] = [
  {
    name: 'start',
    group: RECORD,
    summary: 'record a market, and say at the end whether every byte of it is right',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'record',
    group: RECORD,
    summary: 'record feeds for as long as you like: symbols by lists, patterns and rank',
    load: () => import('./commands/record.ts'),
  },
  {
    name: 'verify',
    group: RECORD,
    summary: 'prove a recording, a segment of one, or an NDJSON file of raw frames',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'replay',
    group: RECORD,
    summary: 'a recording as it was received, at any pace, as frames or as ladders',
    load: async () => (await recordings()).replay,
  },
  {
    name: 'export',
    group: RECORD,
    summary: 'a recording as Parquet, CSV, NDJSON, DuckDB, or the files of older tools',
    load: async () => (await recordings()).exporting,
  },
  {
    name: 'metrics',
    group: RECORD,
    summary: 'spread, depth, imbalance and more of a recording, interval by interval',
    load: async () => (await recordings()).metrics,
  },
  {
    name: 'query',
    group: RECORD,
    summary: 'SQL over a recording, read-only',
    load: async () => (await recordings()).query,
  },
  {
    name: 'gaps',
    group: RECORD,
    summary: 'what is missing in a recording, and why',
    load: async () => (await recordings()).gaps,
  },
  {
    name: 'time',
    group: MARKET,
    summary: "the exchange's clock, and how far this machine's is from it",
    load: async () => (await market()).time,
  },
  {
    name: 'status',
    group: MARKET,
    summary: 'whether the exchange takes orders',
    load: async () => (await market()).status,
  },
  {
    name: 'assets',
    group: MARKET,
    summary: 'the assets and their decimals',
    load: async () => (await market()).assets,
  },
  {
    name: 'pairs',
    group: MARKET,
    summary: 'the pairs, their names, tick sizes and minimums',
    load: async () => (await market()).pairs,
  },
  {
    name: 'ticker',
    group: MARKET,
    summary: 'prices and volumes of the last 24 hours',
    load: async () => (await market()).ticker,
  },
  {
    name: 'ohlc',
    group: MARKET,
    summary: 'candles',
    load: async () => (await market()).ohlc,
  },
  {
    name: 'depth',
    group: MARKET,
    summary: 'a book at one moment',
    load: async () => (await market()).depth,
  },
  {
    name: 'trades',
    group: MARKET,
    summary: 'public trades; trades mine: your own',
    load: async () => (await market()).trades,
  },
  {
    name: 'spread',
    group: MARKET,
    summary: 'the newest best bids and asks',
    load: async () => (await market()).spread,
  },
  {
    name: 'book',
    group: MARKET,
    summary: 'ladders, live, whose checksum is verified on every message',
    load: () => import('./commands/book.ts'),
  },
  {
    name: 'watch',
    group: MARKET,
    summary: 'a feed as it goes on: ticker, trades, ohlc, book, level3, executions, balances',
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'volume',
    group: ANALYSES,
    summary: 'what every pair traded in 24 hours, in USD',
    load: () => import('./commands/volume.ts'),
  },
  {
    name: 'liquidity',
    group: ANALYSES,
    summary: 'how tight and how deep each pair is',
    load: () => import('./commands/liquidity.ts'),
  },
  {
    name: 'balance',
    group: ACCOUNT,
    summary: 'what you have, what orders hold, and what is free',
    load: async () => (await account()).balance,
  },
  {
    name: 'positions',
    group: ACCOUNT,
    summary: 'open margin positions',
    load: async () => (await account()).positions,
  },
  {
    name: 'ledgers',
    group: ACCOUNT,
    summary: 'every change of your balances',
    load: async () => (await account()).ledgers,
  },
  {
    name: 'orders',
    group: ACCOUNT,
    summary: 'your orders: open and closed',
    load: async () => (await account()).orders,
  },
  {
    name: 'order',
    group: ACCOUNT,
    summary: 'place, change and cancel orders',
    load: async () => (await orders()).order,
  },
  {
    name: 'spot',
    group: RAW,
    summary: 'call any path of Spot REST',
    load: () => import('./commands/spot.ts'),
  },
  {
    name: 'futures',
    group: RAW,
    summary: 'Futures: its market, and any path of its REST',
    load: () => import('./commands/futures.ts'),
  },
  {
    name: 'sandbox',
    group: RECORD,
    summary: 'run a local Kraken for --sandbox, until Ctrl-C',
    load: () => import('./commands/sandbox.ts'),
  },
  {
    name: 'doctor',
    group: SHELL,
    summary: 'whether clock, network, key, nonces, limits and disk are as they should be',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'schema',
    group: RAW,
    summary: 'what messages and bodies look like; schema drift: whether they still do',
    load: () => import('./commands/schema.ts'),
  },
  {
    name: 'completion',
    group: SHELL,
    summary: 'print the completions of bash, zsh or fish',
    load: () => import('./commands/completion.ts'),
  },
];
