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

/** What tells the frames of one channel from others, and how its entries are printed. */
export interface Channel {
  readonly name: string;
  /** For the scan: the words (frame-scan.ts) that the name begins and that it, `",` behind, ends with. */
  readonly firstWord: number;
  readonly lastWord: number;
  /** Where a frame's type begins. */
  readonly typeAt: number;
  /** Reads one of the bids or asks. Throws MALFORMED_FRAME. */
  readEntry(entry: Wire, snapshot: boolean): Level | OrderEvent;
  /** Reads a frame that is an array: only the v1 feed's are. */
  readArray?(frame: readonly unknown[]): BookMessage[];
}

export type Wire = { readonly [key: string]: unknown } | null | undefined;

const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
/** A number, by what stands around it: a text may look like that inside, too. */
const BETWEEN = new RegExp(String.raw`([:[,]\s*|^\s*)(${NUMBER})(?=\s*(?:[,\]}]|$))`, 'g');
/** Each text and each number: JSON has no other tokens with digits in them. */
const TOKENS = new RegExp(String.raw`"(?:[^"\\]+|\\[^])*"?|${NUMBER}`, 'g');
/** A frame that says at once what it is. */
const HEADED = /^\{"(?:method|channel":"([^"\\]*))"/;
const CHECKSUM = /^(?:0|[1-9]\d{0,9})$/;
const HEAD = 40;
const PIECE = 4096;

/**
 * The general way in: any JSON layout of a frame of the channel, and the arrays of the v1 feed.
 * Gives no message for a frame that is something else. Throws MALFORMED_FRAME.
 */
export function readFrame(frame: Uint8Array | string, channel: Channel): BookMessage[] {
  // Another channel's frame need not be parsed.
  const start = typeof frame === 'string' ? frame.slice(0, HEAD) : latin1(frame.subarray(0, HEAD));
  const headed = HEADED.exec(start);
  if (headed !== null && headed[1] !== channel.name) return [];
  const json = parseJson(typeof frame === 'string' ? frame : decodeUtf8(frame));
  if (Array.isArray(json)) return channel.readArray?.(json) ?? [];
  const message = json as Wire;
  if (typeof message !== 'object' || message?.['channel'] !== channel.name) return [];
  const { type } = message;
  const snapshot = type === 'snapshot';
  if (!snapshot && type !== 'update') throw malformed('type', 'snapshot or update');
  const read = (entry: Wire): Level | OrderEvent => channel.readEntry(entry, snapshot);
  return arrayOf(message, 'data').map((book) => ({
    symbol: textIn(book, 'symbol'),
    snapshot,
    bids: arrayOf(book, 'bids').map(read),
    asks: arrayOf(book, 'asks').map(read),
    checksum: readChecksum(book?.['checksum']),
  }));
}

/**
 * Strict JSON (RFC 8259) with every number as the text it was printed as. By itself `JSON.parse`
 * makes `0.10000000` a double: the trailing zeros are lost, and the checksum with them.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(BETWEEN, '$1"$2"'));
  } catch {
    // It is no JSON, or a quote in the midst of a text made it none.
  }
  try {
    return JSON.parse(
      text.replaceAll(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`)),
    );
  } catch (cause) {
    throw malformed('text', 'JSON', cause);
  }
}

export function arrayOf(object: Wire, field: string): Wire[] {
  const value = object?.[field];
  if (!Array.isArray(value)) throw malformed(field, 'an array');
  return value as Wire[];
}

/** v2 prints numbers where v1 prints texts: both are texts here. */
export function textIn(object: Wire, field: string): string {
  const value = object?.[field];
  if (typeof value !== 'string') throw malformed(field, 'given');
  return value;
}

export function readChecksum(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const checksum = typeof value === 'string' && CHECKSUM.test(value) ? Number(value) : -1;
  if (checksum < 0 || checksum > 0xffffffff)
    throw malformed('checksum', 'an unsigned 32-bit integer');
  return checksum;
}

export function malformed(field: string, expected: string, cause?: unknown): OrderBookError {
  return new OrderBookError(
    'MALFORMED_FRAME',
    `A frame whose ${field} is not ${expected}. Take a new snapshot: what it said is lost.`,
    { field },
    { cause },
  );
}

/** Each byte as one character; by pieces, as a call takes only so many arguments. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    // A spread would iterate, at several times the cost. The types ask for an array, the language
    // for anything like one.
    text += String.fromCharCode.apply(null, piece as unknown as number[]);
  }
  return text;
}

/** By the language alone: TextDecoder belongs to the web's API. Throws MALFORMED_FRAME. */
function decodeUtf8(bytes: Uint8Array): string {
  const text = latin1(bytes);
  if (/^[\0-\x7f]*$/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll(/[%\x80-\xff]/g, toEscape));
  } catch (cause) {
    throw malformed('text', 'UTF-8', cause);
  }
}

const toEscape = (byte: string): string => `%${byte.charCodeAt(0).toString(16)}`;

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
