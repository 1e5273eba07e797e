import type { FrameBuffer } from './frame-buffer.ts';
import type { LevelBatch } from './level-batch.ts';
import { learnPrecision, scanLevels } from './scan-levels.ts';
import { isTimestamp, TIMESTAMP_LENGTH } from './scan-timestamp.ts';
import { isAscii, wordsOf } from './wire-text.ts';

/**
 * The fast way in: one forward scan of a `book` frame in the layout Kraken prints,
 *
 *     {"channel":"book","type":"update","data":[{"symbol":"BTC/USD",
 *      "bids":[{"price":45283.5,"qty":0.10000000}],"asks":[],
 *      "checksum":3310070434,"timestamp":"2023-10-06T17:35:55.440295Z"}]}
 *
 * without white space. Every byte is checked. The scan declines what it does not know (another key
 * order, an exponent, other decimals than the book's) and has changed nothing then but the batch:
 * the exact parser (parse-book.ts) takes the same frame, with the same result.
 */
export type ScanResult = typeof SCANNED | typeof DECLINED | typeof FOREIGN;

export const SCANNED = 0;
export const DECLINED = 1;
export const FOREIGN = 2;

type Four = [number, number, number, number];
type Two = [number, number];

// Compared by unrolled words: a loop over the words costs three times as much (60 ns a frame).
const [HEAD0, HEAD1, HEAD2, HEAD3] = /* @__PURE__ */ wordsOf('{"channel":"book","type":"') as Four;
const [UPDATE0, UPDATE1, UPDATE2, UPDATE3] = /* @__PURE__ */ wordsOf(
  'update","data":[{"symbol":"',
) as Four;
const [SNAPSHOT0, SNAPSHOT1, SNAPSHOT2, SNAPSHOT3] = /* @__PURE__ */ wordsOf(
  'snapshot","data":[{"symbol":"',
) as Four;
const [ASKS0, ASKS1] = /* @__PURE__ */ wordsOf('],"asks":[') as Two;
const [CHECKSUM0, CHECKSUM1] = /* @__PURE__ */ wordsOf('],"checksum":') as Two;
const [TIMESTAMP0, TIMESTAMP1] = /* @__PURE__ */ wordsOf(',"timestamp":"') as Two;
const CLOSES = 0x7d5d7d; // }]}

const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const LOWER_S = 0x73;
const OPEN_BRACE = 0x7b;

/** What stands between a frame's type and its first bid. */
export interface SymbolText {
  readonly symbol: string;
  readonly length: number;
  readonly words: readonly number[];
}

/** Undefined for a symbol that the scan cannot compare: its frames are parsed. */
export function symbolText(symbol: string): SymbolText | undefined {
  if (!isAscii(symbol)) return undefined;
  const text = `${symbol}","bids":[`;
  return { symbol, length: text.length, words: wordsOf(text) };
}

/**
 * Fills `batch` from a frame. `batch.pricePrecision` and `quantityPrecision` say how many decimals
 * every number must show, UNKNOWN those of the first level.
 */
export function scanBook(frame: FrameBuffer, symbol: SymbolText, batch: LevelBatch): ScanResult {
  const { bytes, view } = frame;
  if (
    view.getFloat64(0, true) !== HEAD0 ||
    view.getFloat64(8, true) !== HEAD1 ||
    view.getFloat64(16, true) !== HEAD2 ||
    view.getFloat64(18, true) !== HEAD3
  ) {
    return otherFrame(frame);
  }
  let at: number;
  batch.snapshot = bytes[26] === LOWER_S;
  if (batch.snapshot) {
    if (
      view.getFloat64(26, true) !== SNAPSHOT0 ||
      view.getFloat64(34, true) !== SNAPSHOT1 ||
      view.getFloat64(42, true) !== SNAPSHOT2 ||
      view.getFloat64(47, true) !== SNAPSHOT3
    ) {
      return DECLINED;
    }
    at = 55;
  } else {
    if (
      view.getFloat64(26, true) !== UPDATE0 ||
      view.getFloat64(34, true) !== UPDATE1 ||
      view.getFloat64(42, true) !== UPDATE2 ||
      view.getFloat64(45, true) !== UPDATE3
    ) {
      return DECLINED;
    }
    at = 53;
  }
  const { words } = symbol;
  const last = words.length - 1;
  const named = at + symbol.length;
  for (let i = 0; i < last; i++, at += 8) {
    if (view.getFloat64(at, true) !== words[i]) return otherSymbol(frame, at - i * 8, symbol);
  }
  if (view.getFloat64(named - 8, true) !== words[last])
    return otherSymbol(frame, at - last * 8, symbol);
  batch.count = 0;
  batch.wide = false;
  if (batch.snapshot) learnPrecision(frame, named, batch);
  at = bytes[named] === OPEN_BRACE ? scanLevels(frame, named, batch) : named;
  if (at < 0) return DECLINED;
  batch.bidCount = batch.count;
  if (view.getFloat64(at, true) !== ASKS0 || view.getFloat64(at + 2, true) !== ASKS1) {
    return DECLINED;
  }
  at += 10;
  if (batch.snapshot) learnPrecision(frame, at, batch);
  if (bytes[at] === OPEN_BRACE) {
    at = scanLevels(frame, at, batch);
    if (at < 0) return DECLINED;
  }
  if (view.getFloat64(at, true) !== CHECKSUM0 || view.getFloat64(at + 5, true) !== CHECKSUM1) {
    return DECLINED;
  }
  return scanEnd(frame, at + 13, batch);
}

/** Scans `3310070434,"timestamp":"…"}]}`; snapshots of 2023 to 2025 had no timestamp. */
function scanEnd(frame: FrameBuffer, start: number, batch: LevelBatch): ScanResult {
  const { bytes, view } = frame;
  let at = start;
  let checksum = 0;
  let digit = bytes[at]! - ZERO;
  const first = digit;
  while (digit >= 0 && digit <= 9) {
    checksum = (Math.imul(checksum, 10) + digit) | 0;
    digit = bytes[++at]! - ZERO;
  }
  const digits = at - start;
  if (digits === 0 || (first === 0 && digits > 1) || digits > 10) return DECLINED;
  // Ten digits are too large for 32 bits from 4294967296 on, where the wrapped value is small.
  if (digits === 10 && (first > 4 || (first === 4 && checksum >>> 0 < 4_000_000_000))) {
    return DECLINED;
  }
  if (bytes[at] === COMMA) {
    if (view.getFloat64(at, true) !== TIMESTAMP0 || view.getFloat64(at + 6, true) !== TIMESTAMP1) {
      return DECLINED;
    }
    at += 14;
    if (!isTimestamp(frame, at) || bytes[at + TIMESTAMP_LENGTH] !== QUOTE) return DECLINED;
    at += TIMESTAMP_LENGTH + 1;
  }
  if (at + 3 !== frame.length || view.getInt32(at - 1, true) >>> 8 !== CLOSES) return DECLINED;
  batch.hasChecksum = true;
  batch.checksum = checksum;
  return SCANNED;
}

/** FOREIGN for a frame that says at once what else it is, DECLINED for one to be parsed. */
export function otherFrame(frame: FrameBuffer): ScanResult {
  if (frame.startsWith('{"method":"')) return FOREIGN;
  if (!frame.startsWith('{"channel":"')) return DECLINED;
  // Only an escape could make of these letters another word.
  return frame.bytes.indexOf(BACKSLASH, 12) === -1 && !frame.startsWith('{"channel":"book"')
    ? FOREIGN
    : DECLINED;
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol(
  { bytes, length }: FrameBuffer,
  start: number,
  { symbol }: SymbolText,
): ScanResult {
  let same = true;
  for (let i = 0; start + i < length; i++) {
    const byte = bytes[start + i];
    if (byte === BACKSLASH) return DECLINED;
    if (byte === QUOTE) return same && i === symbol.length ? DECLINED : FOREIGN;
    if (byte !== symbol.charCodeAt(i)) same = false;
  }
  return DECLINED;
}
