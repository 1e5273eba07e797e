import { type LadderBook, type LadderLevel, ladderOf } from './ladder.ts';
import type { Column, Row } from './result.ts';

const decimals = (...keys: string[]): Column[] => keys.map((key) => ({ key, align: 'decimal' }));

/** What a table and CSV show of a ladder row. */
export const LADDER_COLUMNS: readonly Column[] = [
  { key: 'at' },
  { key: 'symbol' },
  ...decimals('bid_quantity', 'bid', 'ask', 'ask_quantity', 'spread', 'spread_bps', 'mid'),
  { key: 'verified' },
  { key: 'checksum' },
];

/** A level a row. */
export const LEVEL_COLUMNS: readonly Column[] = [
  { key: 'symbol' },
  { key: 'side' },
  ...decimals('price', 'quantity', 'cumulative'),
];

const everything = { count: Number.POSITIVE_INFINITY, multiple: 1, tickSize: undefined };

const withoutSide = ({ side: _side, orders, ...level }: LadderLevel) => ({
  ...level,
  ...(orders === undefined ? {} : { orders }),
});

/** A whole ladder as one row, decimals with the digits of the wire. */
export const ladderRow = (symbol: string, book: LadderBook, at: string): Row => {
  const { bids, asks, spread, spreadBps, mid } = ladderOf(book, everything);
  return {
    at,
    symbol,
    depth: book.depth,
    verified: book.verified,
    checksum: book.checksum(),
    bid: bids[0]?.price,
    bid_quantity: bids[0]?.quantity,
    ask: asks[0]?.price,
    ask_quantity: asks[0]?.quantity,
    spread,
    spread_bps: spreadBps,
    mid,
    bids: bids.map(withoutSide),
    asks: asks.map(withoutSide),
  };
};

/** From the highest ask down to the lowest bid. */
export const levelRows = (symbol: string, book: LadderBook): Row[] => {
  const { bids, asks } = ladderOf(book, everything);
  return [...asks.toReversed(), ...bids].map(({ orders, ...level }) => ({
    symbol,
    ...level,
    ...(orders === undefined ? {} : { orders }),
  }));
};
