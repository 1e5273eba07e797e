import type { L2Book, Level } from '@kr/orderbook';

const point = (text: string): number => (text.includes('.') ? text.indexOf('.') : text.length);

/** Pads a decimal text so that the points of a column stand under each other. */
const aligned = (texts: readonly string[]): ((text: string) => string) => {
  const before = Math.max(0, ...texts.map(point));
  const after = Math.max(0, ...texts.map((text) => text.length - point(text)));
  return (text) => text.padStart(text.length + before - point(text)).padEnd(before + after);
};

/**
 * The ladder as traders read it: the asks above, the best of both sides in the middle, quantities
 * beside their prices, and whether all of it is what the exchange has.
 */
export const formatLadder = (book: L2Book, simulated: boolean): string => {
  const asks = book.asks();
  const bids = book.bids();
  const levels = [...asks, ...bids];
  const price = aligned(levels.map((level) => level.price));
  const quantity = aligned(levels.map((level) => level.quantity));
  const row = (name: string) => (level: Level) =>
    `${name}  ${price(level.price)}  ${quantity(level.quantity)}`.trimEnd();
  const badge = book.verified ? `verified (checksum ${book.checksum()})` : 'NOT VERIFIED';
  const from = simulated ? ' · sandbox (simulated)' : '';
  return `${[
    `${book.symbol ?? ''} · depth ${book.depth} · ${badge}${from}`,
    ...asks.toReversed().map(row('ask')),
    '---',
    ...bids.map(row('bid')),
  ].join('\n')}\n`;
};
