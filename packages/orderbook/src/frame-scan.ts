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

const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
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

// The layout's words, four characters each as a little-endian integer: a loop over a key's bytes
// takes several times as long.
const UPDATE_0 = 0x6164_7075; // upda
const UPDATE_1 = 0x2c22_6574; // te",
const SNAPSHOT_0 = 0x7061_6e73; // snap
const SNAPSHOT_1 = 0x746f_6873; // shot
const DATA_END = 0x5b3a_2261; // a":[
const SYMBOL_0 = 0x6d79_7322; // "sym
const SYMBOL_1 = 0x226c_6f62; // bol"
const BIDS_0 = 0x6469_6222; // "bid
const ASKS_0 = 0x6b73_6122; // "ask
const SIDE_1 = 0x5b3a_2273; // s":[
const CHECKSUM_0 = 0x6568_6322; // "che
const CHECKSUM_1 = 0x7573_6b63; // cksu
const CHECKSUM_2 = 0x3a22_6d75; // um":
const TIME_0 = 0x6d69_7422; // "tim
const TIME_1 = 0x6174_7365; // esta
const TIME_2 = 0x3a22_706d; // mp":

/** Four bytes as one integer. */
export function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/**
 * The fast way in: one forward scan of a frame in the layout Kraken prints,
 *
 *     {"channel":"book","type":"update","data":[{"symbol":"BTC/USD",
 *      "bids":[{"price":45283.5,"qty":0.10000000}],"asks":[],
 *      "checksum":3310070434,"timestamp":"2023-10-06T17:35:55.440295Z"}]}
 *
 * without white space. It compares the channel, the type, every key and every digit: a checksum
 * covers ten levels a side, and would not tell of a level misread behind them. At another byte than
 * it expects it gives up and the exact parser reads the whole frame again: an L2 entry is absolute,
 * so that what is already applied does no harm, and L3 events are staged.
 *
 * The frame ends in `}]}`, which no number, key or level goes on behind, so that nothing is read
 * past `length`.
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
    word(bytes, 12) !== channel.firstWord ||
    word(bytes, type - 12) !== channel.lastWord ||
    bytes[0] !== OPEN_BRACE ||
    bytes[length - 1] !== CLOSE_BRACE ||
    bytes[length - 2] !== CLOSE_BRACKET ||
    bytes[length - 3] !== CLOSE_BRACE
  ) {
    return GAVE_UP;
  }
  const first = word(bytes, type);
  const snapshot = first === SNAPSHOT_0;
  let at = type + (snapshot ? 19 : 17);
  if (
    (!snapshot && first !== UPDATE_0) ||
    word(bytes, type + 4) !== (snapshot ? SNAPSHOT_1 : UPDATE_1) ||
    word(bytes, at - 5) !== DATA_END ||
    bytes[at - 1] !== OPEN_BRACE
  ) {
    return GAVE_UP;
  }
  let seen = 0;
  let checksum = 0;
  do {
    const key = word(bytes, at);
    const next = word(bytes, at + 4);
    let member = 0;
    if (key === BIDS_0 || key === ASKS_0) {
      member = key === BIDS_0 ? BIDS : ASKS;
      if ((seen & SYMBOL) === 0 || next !== SIDE_1) return GAVE_UP;
      at = sink.scanSide(bytes, at + 8, length, key === ASKS_0, snapshot);
      if (at < 0) return GAVE_UP;
    } else if (key === CHECKSUM_0 && next === CHECKSUM_1 && word(bytes, at + 7) === CHECKSUM_2) {
      member = CHECKSUM;
      const start = at + 11;
      at = start;
      for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
        checksum = checksum * 10 + digit;
      }
      if (at === start || checksum > 0xffffffff || (bytes[start] === ZERO && at - start > 1)) {
        return GAVE_UP;
      }
    } else if (key === TIME_0 && next === TIME_1 && word(bytes, at + 8) === TIME_2) {
      member = TIMESTAMP;
      if (at + TIMESTAMP_LENGTH > length || !isTime(bytes, at + 12)) return GAVE_UP;
      at += TIMESTAMP_LENGTH;
    } else if (key === SYMBOL_0 && next === SYMBOL_1) {
      member = SYMBOL;
      at += 10;
      if (bytes[at - 2] !== COLON || bytes[at - 1] !== QUOTE) return GAVE_UP;
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
  if (at + 2 !== length) return GAVE_UP;
  scanned.snapshot = snapshot;
  scanned.checksum = checksum | 0;
  return SCANNED;
}

/** The marks of a time: between them there is no room for a key. */
function isTime(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === QUOTE &&
    bytes[at + 5] === DASH &&
    bytes[at + 8] === DASH &&
    bytes[at + 11] === UPPER_T &&
    bytes[at + 14] === COLON &&
    bytes[at + 17] === COLON &&
    bytes[at + 20] === DOT &&
    bytes[at + 27] === UPPER_Z &&
    bytes[at + 28] === QUOTE
  );
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol(bytes: Uint8Array, start: number, length: number): ScanResult {
  for (let at = start; at < length && bytes[at] !== BACKSLASH; at++) {
    if (bytes[at] === QUOTE) return FOREIGN;
  }
  return GAVE_UP;
}
