import { OrderBookError } from './errors.ts';
import type { Level, OrderEvent } from './types.ts';

/** What one book message says, in wire digits. */
export interface BookMessage {
  readonly symbol: string;
  /** Only v1 frames name their depth. */
  readonly depth?: number | undefined;
  readonly snapshot: boolean;
  readonly bids: readonly (Level | OrderEvent)[];
  readonly asks: readonly (Level | OrderEvent)[];
  readonly checksum: number | undefined;
}

export type Channel = 'book' | 'level3';

type Wire = { readonly [key: string]: unknown } | null | undefined;

/** A text, and what of a number is one: JSON has no other tokens with digits in them. */
const TOKENS = /"(?:[^"\\]+|\\[^])*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const OTHER = /^\{"(?:method|channel":"(?!book"|level3")[^"\\]*)"/;
const V1_CHANNEL = /^book-(\d{1,5})$/;
const CHECKSUM = /^(?:0|[1-9]\d{0,9})$/;
const HEAD = 40;

/**
 * The general way in: any JSON layout of a frame of the channel, and the arrays of the v1 feed.
 * Gives no message for a frame that is something else. Throws MALFORMED_FRAME.
 */
export function readFrame(frame: Uint8Array | string, channel: Channel): BookMessage[] {
  // What says at once that it is another channel need not be parsed.
  const head = typeof frame === 'string' ? frame.slice(0, HEAD) : latin1(frame.subarray(0, HEAD));
  if (OTHER.test(head)) return [];
  const json = parseJson(typeof frame === 'string' ? frame : decodeUtf8(frame));
  if (Array.isArray(json)) return channel === 'book' ? readV1(json) : [];
  const message = json as Wire;
  if (typeof message !== 'object' || message?.['channel'] !== channel) return [];
  const { type } = message;
  if (type !== 'snapshot' && type !== 'update') throw malformed('type', 'snapshot or update');
  const snapshot = type === 'snapshot';
  const read = (entry: Wire): Level | OrderEvent =>
    channel === 'book' ? readLevel(entry) : readOrder(entry, snapshot);
  return arrayOf(message, 'data').map((book) => ({
    symbol: textIn(book, 'symbol'),
    snapshot,
    bids: arrayOf(book, 'bids').map(read),
    asks: arrayOf(book, 'asks').map(read),
    checksum: readChecksum(book?.['checksum']),
  }));
}

/** `{"price":45283.5,"qty":0.10000000}` */
function readLevel(level: Wire): Level {
  return { price: textIn(level, 'price'), quantity: textIn(level, 'qty') };
}

/** The orders of a snapshot name no event. */
function readOrder(order: Wire, snapshot: boolean): OrderEvent {
  const event = order?.['event'] ?? (snapshot && 'add');
  const orderId = textIn(order, 'order_id');
  if (event === 'delete') return { event, orderId };
  if (event !== 'add' && event !== 'modify') throw malformed('event', 'add, modify or delete');
  const price = textIn(order, 'limit_price');
  const quantity = textIn(order, 'order_qty');
  const timestamp = order?.['timestamp'];
  return {
    event,
    orderId,
    price,
    quantity,
    timestamp: typeof timestamp === 'string' ? timestamp : undefined,
  };
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

/**
 * Strict JSON (RFC 8259) with every number as the text it was printed as. By itself `JSON.parse`
 * makes `0.10000000` a double: the trailing zeros are lost, and the checksum with them.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(
      text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`)),
    );
  } catch (cause) {
    throw unreadable('JSON', cause);
  }
}

function arrayOf(object: Wire, field: string): Wire[] {
  const value = object?.[field];
  if (!Array.isArray(value)) throw malformed(field, 'an array');
  return value as Wire[];
}

/** v2 prints numbers where v1 prints texts: both are texts here. */
function textIn(object: Wire, field: string): string {
  const value = object?.[field];
  if (typeof value !== 'string') throw malformed(field, 'given');
  return value;
}

function readChecksum(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const checksum = typeof value === 'string' && CHECKSUM.test(value) ? Number(value) : -1;
  if (checksum < 0 || checksum > 0xffffffff)
    throw malformed('checksum', 'an unsigned 32-bit integer');
  return checksum;
}

function malformed(field: string, expected: string): OrderBookError {
  return new OrderBookError(
    'MALFORMED_FRAME',
    `A book frame whose ${field} is not ${expected}. Take a new snapshot: what it said is lost.`,
    { field },
  );
}

/** Each byte as one character. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** By the language alone: TextDecoder belongs to the web's API. Throws MALFORMED_FRAME. */
function decodeUtf8(bytes: Uint8Array): string {
  const text = latin1(bytes);
  if (isAscii(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll(/[%\x80-\xff]/g, toEscape));
  } catch (cause) {
    throw unreadable('UTF-8', cause);
  }
}

const toEscape = (byte: string): string => `%${byte.charCodeAt(0).toString(16)}`;

/** True for a text whose characters are the bytes of its UTF-8. */
export function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function unreadable(what: string, cause: unknown): OrderBookError {
  const message = `The frame is not ${what}. Take a new snapshot: what it said is lost.`;
  return new OrderBookError('MALFORMED_FRAME', message, {}, { cause });
}

let ascii = new Uint8Array(4096);

/** A text as bytes, in an array that the next call overwrites; undefined beyond ASCII. */
export function asciiBytes(text: string): Uint8Array | undefined {
  const { length } = text;
  if (length > ascii.length) ascii = new Uint8Array(length * 2);
  const bytes = ascii;
  let all = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    all |= code;
    bytes[i] = code;
  }
  return all > 0x7f ? undefined : bytes;
}
