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
  firstLetter: 0x62,
  lastLetter: 0x6b,
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
  const payload: Record<string, unknown> = {};
  for (const part of frame.slice(1, -2)) {
    for (const [key, value] of Object.entries(part ?? {})) {
      if (key in payload) throw malformed(key, 'given once');
      payload[key] = value;
    }
  }
  const snapshot = 'as' in payload || 'bs' in payload;
  if (snapshot === ('a' in payload || 'b' in payload)) {
    throw malformed('payload', 'either as and bs or a and b');
  }
  // `["5541.30000", "2.50700000", "1534614248.456738", "r"]`: `r` marks a level sent again.
  const levels = (key: string): Level[] =>
    snapshot || key in payload
      ? arrayOf(payload, key).map((level) => ({
          price: textIn(level, '0'),
          quantity: textIn(level, '1'),
        }))
      : [];
  return [
    {
      symbol: textIn(frame as unknown as Wire, String(frame.length - 1)),
      depth: Number(depth),
      snapshot,
      bids: levels(snapshot ? 'bs' : 'b'),
      asks: levels(snapshot ? 'as' : 'a'),
      checksum: readChecksum(payload['c']),
    },
  ];
}
