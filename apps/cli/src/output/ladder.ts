import type { L2Book, Level } from '@kr/orderbook';
import { alignDecimals } from './align.ts';

/**
 * The ladder as traders read it: the asks above, the best of both sides in the middle, quantities
 * beside their prices, and whether all of it is what the exchange has.
 */
export const formatLadder = (book: L2Book): string => {
  const asks = book.asks();
  const bids = book.bids();
  const levels = [...asks, ...bids];
  const price = alignDecimals(levels.map((level) => level.price));
  const quantity = alignDecimals(levels.map((level) => level.quantity));
  const row = (name: string) => (level: Level) =>
    `${name}  ${price(level.price)}  ${quantity(level.quantity)}`.trimEnd();
  const badge = book.verified ? `verified (checksum ${book.checksum()})` : 'NOT VERIFIED';
  return `${[
    `${book.symbol ?? ''} · depth ${book.depth} · ${badge}`,
    ...asks.toReversed().map(row('ask')),
    '---',
    ...bids.map(row('bid')),
  ].join('\n')}\n`;
};
