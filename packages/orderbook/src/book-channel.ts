import {
  arrayOf,
  type BookMessage,
  type Channel,
  malformed,
  readChecksum,
  textIn,
  type Wire,
} from './frame.ts';
import type { Level } from './types.ts';

const V1_CHANNEL = /^book-(\d{1,5})$/;

/** `book` of the v2 feed, and `book-N` of the v1 feed. */
export const BOOK_CHANNEL: Channel = {
  name: 'book',
  firstWord: 0x6b6f_6f62, // book
  lastWord: 0x2c22_6b6f, // ok",
  typeAt: 26,
  readEntry: readLevel,
  readArray: readV1,
};

/** `{"price":45283.5,"qty":0.10000000}` */
function readLevel(level: Wire): Level {
  return { price: textIn(level, 'price'), quantity: textIn(level, 'qty') };
}

/**
 * `[channelID, {as, bs}, "book-10", "XBT/USD"]` is a snapshot, `[channelID, {a, b, c}, …]` an
 * update; an update of both sides comes as two objects, the checksum in the last.
 * https://docs.kraken.com/api/docs/websocket-v1/book
 */
function readV1(frame: readonly unknown[]): BookMessage[] {
  const channel = frame.at(-2);
  const depth = typeof channel === 'string' ? V1_CHANNEL.exec(channel)?.[1] : undefined;
  if (depth === undefined) return [];
  const parts = frame.slice(1, -2) as Wire[];
  const has = (key: string): boolean => parts.some((part) => part?.[key] !== undefined);
  const snapshot = has('as') || has('bs');
  if (snapshot === (has('a') || has('b')))
    throw malformed('payload', 'of as and bs, or of a and b');
  // `["5541.30000", "2.50700000", "1534614248.456738", "r"]`: `r` marks a level sent again.
  const levels = (key: string): Level[] =>
    parts.flatMap((part) =>
      part?.[key] === undefined
        ? []
        : arrayOf(part, key).map((level) => ({
            price: textIn(level, '0'),
            quantity: textIn(level, '1'),
          })),
    );
  return [
    {
      symbol: textIn(frame as unknown as Wire, String(frame.length - 1)),
      depth: Number(depth),
      snapshot,
      bids: levels(snapshot ? 'bs' : 'b'),
      asks: levels(snapshot ? 'as' : 'a'),
      checksum: readChecksum(parts.find((part) => part?.['c'] !== undefined)?.['c']),
    },
  ];
}
