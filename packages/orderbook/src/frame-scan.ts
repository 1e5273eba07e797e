import type { Channel } from './frame.ts';

/** The frame is applied, but for what is staged: `scanned` says the rest. */
export const SCANNED = 0;
/** It is of another symbol. */
export const FOREIGN = 1;
/** The parser must read it. */
const GAVE_UP = 2;
type ScanResult = typeof SCANNED | typeof FOREIGN | typeof GAVE_UP;

/** What the scan hands a book's levels to. */
export interface ScanSink {
  /** The symbol is the book's: false where the book cannot take the frame by a scan. */
  startScan(snapshot: boolean): boolean;
  /** Scans one side's entries and the closing bracket: the index after it, or -1. */
  scanSide(
    bytes: Uint8Array,
    start: number,
    length: number,
    isAsk: boolean,
    snapshot: boolean,
  ): number;
}

/** What the last frame that was SCANNED says; the checksum as a signed integer. */
export const scanned: { snapshot: boolean; checksum: number } = { snapshot: false, checksum: 0 };

const COLON = 0x3a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_A = 0x61;
const LOWER_B = 0x62;
const LOWER_C = 0x63;
const LOWER_S = 0x73;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The members of a book that the scan has met, as bits. */
const SYMBOL = 1;
const BIDS = 2;
const ASKS = 4;
const CHECKSUM = 8;
const TIMESTAMP = 16;
const NEEDED = SYMBOL | BIDS | ASKS | CHECKSUM;
/** `"timestamp":"2023-10-06T17:35:55.440295Z"` */
const TIMESTAMP_LENGTH = 41;

/**
 * The fast way in: one forward scan of a frame in the layout Kraken prints,
 *
 *     {"channel":"book","type":"update","data":[{"symbol":"BTC/USD",
 *      "bids":[{"price":45283.5,"qty":0.10000000}],"asks":[],
 *      "checksum":3310070434,"timestamp":"2023-10-06T17:35:55.440295Z"}]}
 *
 * without white space. It looks at the marks of the layout, and at every digit. Where it finds
 * another byte than it expects it gives up and the exact parser reads the whole frame
 * again: an L2 entry is absolute, so that what is already applied does no harm, and L3 events are
 * staged. Whatever it let pass, the checksum judges the result.
 */
export function scanFrame(
  bytes: Uint8Array,
  length: number,
  channel: Channel,
  symbol: Uint8Array,
  sink: ScanSink,
): ScanResult {
  const { typeAt: type } = channel;
  if (
    length < type + 60 ||
    bytes[12] !== channel.firstLetter ||
    bytes[type - 11] !== channel.lastLetter ||
    bytes[type - 10] !== QUOTE ||
    bytes[type - 9] !== COMMA ||
    bytes[length - 1] !== CLOSE_BRACE
  ) {
    return GAVE_UP;
  }
  const snapshot = bytes[type] === LOWER_S;
  let at = type + (snapshot ? 19 : 17);
  if (bytes[at - 2] !== OPEN_BRACKET || bytes[at - 1] !== OPEN_BRACE) return GAVE_UP;
  if (!snapshot && bytes[type] !== LOWER_U) return GAVE_UP;
  let seen = 0;
  let checksum = 0;
  do {
    if (at + 14 > length) return GAVE_UP;
    const key = bytes[at + 1]!;
    let member = 0;
    if (key === LOWER_B || key === LOWER_A) {
      member = key === LOWER_B ? BIDS : ASKS;
      if ((seen & SYMBOL) === 0 || bytes[at + 7] !== OPEN_BRACKET) return GAVE_UP;
      at = sink.scanSide(bytes, at + 8, length, key === LOWER_A, snapshot);
      if (at < 0) return GAVE_UP;
    } else if (key === LOWER_C) {
      member = CHECKSUM;
      if (bytes[at + 10] !== COLON) return GAVE_UP;
      const start = at + 11;
      at = start;
      for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
        checksum = checksum * 10 + digit;
      }
      if (at === start || checksum > 0xffffffff || (bytes[start] === ZERO && at - start > 1)) {
        return GAVE_UP;
      }
    } else if (key === LOWER_T) {
      member = TIMESTAMP;
      if (bytes[at + 12] !== QUOTE || bytes[at + TIMESTAMP_LENGTH - 1] !== QUOTE) return GAVE_UP;
      at += TIMESTAMP_LENGTH;
    } else if (key === LOWER_S) {
      member = SYMBOL;
      at += 10;
      if (bytes[at - 1] !== QUOTE) return GAVE_UP;
      let i = 0;
      while (i < symbol.length && bytes[at + i] === symbol[i]) i++;
      if (i < symbol.length || bytes[at + i] !== QUOTE) return otherSymbol(bytes, at, length);
      at += i + 1;
      if (!sink.startScan(snapshot)) return GAVE_UP;
    }
    if (member === 0 || (seen & member) !== 0) return GAVE_UP;
    seen |= member;
  } while (bytes[at++] === COMMA);
  if ((seen & NEEDED) !== NEEDED || bytes[at - 1] !== CLOSE_BRACE) return GAVE_UP;
  if (at + 2 !== length || bytes[at] !== CLOSE_BRACKET) return GAVE_UP;
  scanned.snapshot = snapshot;
  scanned.checksum = checksum | 0;
  return SCANNED;
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol(bytes: Uint8Array, start: number, length: number): ScanResult {
  for (let at = start; at < length && bytes[at] !== BACKSLASH; at++) {
    if (bytes[at] === QUOTE) return FOREIGN;
  }
  return GAVE_UP;
}
