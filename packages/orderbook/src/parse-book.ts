import { isArray, isObject, malformed, parseChecksum, parseNumber } from './frame-fields.ts';
import { type Json, type JsonObject, readJson } from './json-reader.ts';
import type { Level } from './types.ts';

/** What one book message says, in wire digits. */
export interface BookMessage {
  readonly symbol: string;
  /** Only v1 frames name their depth. */
  readonly depth: number | undefined;
  readonly snapshot: boolean;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  readonly checksum: number | undefined;
}

const NO_LEVELS: readonly Level[] = [];
const V1_CHANNEL = /^book-(\d{1,5})$/;

/**
 * The general way in: any JSON layout of a `book` frame of the v2 feed, and the v1 feed's arrays.
 * Gives no message for a frame that is something else. Throws MALFORMED_FRAME.
 */
export function parseBook(bytes: Uint8Array, length: number): readonly BookMessage[] {
  const frame = readJson(bytes, length);
  if (isArray(frame)) return parseV1(frame);
  if (!isObject(frame) || frame.get('channel') !== 'book') return [];
  const type = frame.get('type');
  if (type !== 'snapshot' && type !== 'update') throw malformed('type', 'snapshot or update');
  const data = frame.get('data');
  if (!isArray(data)) throw malformed('data', 'an array');
  return data.map((book) => parseV2(book, type === 'snapshot'));
}

function parseV2(book: Json, snapshot: boolean): BookMessage {
  if (!isObject(book)) throw malformed('data', 'an array of objects');
  const symbol = book.get('symbol');
  if (typeof symbol !== 'string') throw malformed('symbol', 'a text');
  return {
    symbol,
    depth: undefined,
    snapshot,
    bids: parseLevels(book, 'bids', parseV2Level),
    asks: parseLevels(book, 'asks', parseV2Level),
    checksum: parseChecksum(book.get('checksum'), 'checksum'),
  };
}

/**
 * `[channelID, {as, bs}, "book-10", "XBT/USD"]` is a snapshot, `[channelID, {a, b, c}, …]` an
 * update; an update of both sides comes as two objects, the checksum in the last.
 * https://docs.kraken.com/api/docs/websocket-v1/book
 */
function parseV1(frame: readonly Json[]): readonly BookMessage[] {
  const symbol = frame.at(-1);
  const channel = frame.at(-2);
  const depth = typeof channel === 'string' ? V1_CHANNEL.exec(channel)?.[1] : undefined;
  if (depth === undefined) return [];
  if (typeof symbol !== 'string') throw malformed('pair', 'a text');
  const payload = new Map<string, Json>();
  for (const part of frame.slice(1, -2)) {
    if (!isObject(part)) throw malformed('payload', 'an object');
    for (const [key, value] of part) {
      if (payload.has(key)) throw malformed(key, 'given once');
      payload.set(key, value);
    }
  }
  const snapshot = payload.has('as') || payload.has('bs');
  if (snapshot === (payload.has('a') || payload.has('b'))) {
    throw malformed('payload', 'either as and bs or a and b');
  }
  const side = (key: string): readonly Level[] =>
    snapshot || payload.has(key) ? parseLevels(payload, key, parseV1Level) : NO_LEVELS;
  return [
    {
      symbol,
      depth: Number(depth),
      snapshot,
      bids: side(snapshot ? 'bs' : 'b'),
      asks: side(snapshot ? 'as' : 'a'),
      checksum: parseChecksum(payload.get('c'), 'c'),
    },
  ];
}

function parseLevels(
  object: JsonObject,
  key: string,
  parse: (level: Json) => Level,
): readonly Level[] {
  const levels = object.get(key);
  if (!isArray(levels)) throw malformed(key, 'an array');
  return levels.map(parse);
}

function parseV2Level(level: Json): Level {
  if (!isObject(level)) throw malformed('level', 'an object');
  return { price: parseNumber(level.get('price')), quantity: parseNumber(level.get('qty')) };
}

/** `["5541.30000", "2.50700000", "1534614248.456738", "r"]`: `r`, a republished level, sets it like any. */
function parseV1Level(level: Json): Level {
  if (!isArray(level)) throw malformed('level', 'an array');
  return { price: parseNumber(level[0]), quantity: parseNumber(level[1]) };
}
