import type { BookChange, Trade } from '../exchange/index.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import type { SymbolFeed } from './symbol-feed.ts';

/** What a batch did to one market, as its channels are told of it. */
export interface MarketUpdate {
  readonly changes: readonly BookChange[];
  readonly trades: readonly Trade[];
  /** The best price of a side, or what stands at it, is another. */
  readonly topMoved: boolean;
  readonly atNs: bigint;
}

/** One channel of one market: the frames that its subscribers begin with, and those that keep them right. */
export interface Channel {
  snapshot(atNs: bigint): WireFrame | undefined;
  /**
   * Called after the books and the {@link SymbolFeed} took the batch in; `undefined`: nothing to tell.
   * Protocols with a message for each change tell several.
   */
  update(update: MarketUpdate): WireFrame | readonly WireFrame[] | undefined;
}

/** In which order the channels of a market tell a batch. */
export const RANKS = { book: 0, orders: 1, trade: 2, candles: 3, ticker: 4 } as const;

/** Something of one market that can be subscribed to, in any of the protocols. */
export interface Topic {
  /** Topics of one key are the same: their subscribers share the frames. */
  readonly key: string;
  readonly symbol: string;
  readonly rank: number;
  readonly snapshot: boolean;
  open(feed: SymbolFeed): Channel;
}
