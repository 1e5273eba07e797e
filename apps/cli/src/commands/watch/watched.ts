import type { Column, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';

export interface WatchOptions {
  readonly protocol: 'v1' | 'v2';
  readonly depth?: number;
  readonly interval?: number;
  readonly trigger?: 'trades' | 'bbo';
  readonly count?: number;
  readonly duration?: number;
  readonly strict?: boolean;
  readonly save?: string | true;
}

export type WatchName =
  | 'ticker'
  | 'trades'
  | 'ohlc'
  | 'book'
  | 'level3'
  | 'executions'
  | 'balances';

/** What a stream is opened with. */
export interface Watching {
  readonly session: Session;
  readonly options: WatchOptions;
  /** As the protocol calls them. */
  readonly symbols: readonly string[];
  readonly signal: AbortSignal;
  /** A table is looked at: what was before may be shown, too. */
  readonly isLookedAt: boolean;
  readonly note: (text: string) => void;
  readonly fail: (error: unknown) => void;
}

/** A channel as rows. */
export interface Watched {
  readonly columns: readonly Column[];
  /** Rows that have the same in these stand for one thing, the newest for all. */
  readonly keys: readonly string[];
  open(watching: Watching): Promise<AsyncIterable<Row>>;
}

export const decimals = (...keys: string[]): Column[] =>
  keys.map((key) => ({ key, align: 'decimal' }));
