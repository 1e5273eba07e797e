/**
 * One subscription of a recording, in the exchange's own parameters: what is asked for, again after
 * each reconnect, and what the recording's header keeps.
 */
export interface Feed {
  readonly channel: string;
  readonly symbol?: readonly string[] | undefined;
  /** Of `book`: 10, 25, 100, 500 or 1000 levels a side. */
  readonly depth?: number | undefined;
  readonly [parameter: string]: unknown;
}

/** What is worth keeping of a spot market: its book, its trades, its ticker, and its precisions. */
export const marketFeeds = (symbols: readonly string[], depth: number): Feed[] => [
  { channel: 'instrument' },
  { channel: 'book', symbol: symbols, depth },
  { channel: 'trade', symbol: symbols },
  { channel: 'ticker', symbol: symbols },
];
