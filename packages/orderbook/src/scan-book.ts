import { CRC_TABLE } from './crc32.ts';
import { type LevelBatch, UNKNOWN } from './level-batch.ts';
import { MAX_DIGITS, MAX_PRECISION, MAX_SAFE } from './scaled.ts';

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

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

const CHANNEL = /* @__PURE__ */ ascii('{"channel":"');
const BOOK = /* @__PURE__ */ ascii('book","type":"');
const SNAPSHOT = /* @__PURE__ */ ascii('snapshot');
const UPDATE = /* @__PURE__ */ ascii('update');
const DATA = /* @__PURE__ */ ascii('","data":[{"symbol":"');
const BIDS = /* @__PURE__ */ ascii('","bids":[');
const ASKS = /* @__PURE__ */ ascii('],"asks":[');
const CHECKSUM = /* @__PURE__ */ ascii('],"checksum":');
const TIMESTAMP = /* @__PURE__ */ ascii(',"timestamp":"');
const END = /* @__PURE__ */ ascii('}]}');

const QUOTE = 0x22;
const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Fills `batch` from the first `length` bytes. `batch.pricePrecision` and `quantityPrecision` say
 * how many decimals every number must show, UNKNOWN those of the first level.
 */
export function scanBook(
  bytes: Uint8Array,
  length: number,
  symbol: Uint8Array,
  batch: LevelBatch,
): ScanResult {
  // No key contains a brace, so no comparison below can run past this last byte.
  if (length < 1 || bytes[length - 1] !== CLOSE_BRACE) return DECLINED;
  let at = skip(bytes, 0, CHANNEL);
  if (at < 0) return DECLINED;
  const type = skip(bytes, at, BOOK);
  if (type < 0) return DECLINED;
  batch.snapshot = bytes[type] === SNAPSHOT[0];
  at = skip(bytes, type, batch.snapshot ? SNAPSHOT : UPDATE);
  at = skip(bytes, at, DATA);
  if (at < 0) return DECLINED;
  const named = skip(bytes, at, symbol);
  if (named < 0 || bytes[named] !== QUOTE) return otherSymbol(bytes, at, length);
  batch.count = 0;
  batch.wide = false;
  at = scanLevels(bytes, skip(bytes, named, BIDS), batch);
  batch.bidCount = batch.count;
  at = scanLevels(bytes, skip(bytes, at, ASKS), batch);
  return scanEnd(bytes, skip(bytes, at, CHECKSUM), length, batch);
}

/** The index after `text` at `at`, or -1 when something else stands there. */
function skip(bytes: Uint8Array, at: number, text: Uint8Array): number {
  if (at < 0) return -1;
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text[i]) return -1;
  }
  return at + text.length;
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol(bytes: Uint8Array, at: number, length: number): ScanResult {
  for (; at < length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return FOREIGN;
    if (byte === BACKSLASH) return DECLINED;
  }
  return DECLINED;
}

/** Scans `{"price":45283.5,"qty":0.10000000},…` and gives the index after it, -1 to decline. */
function scanLevels(bytes: Uint8Array, at: number, batch: LevelBatch): number {
  if (at < 0) return -1;
  let { pricePrecision, quantityPrecision } = batch;
  let more = bytes[at] === OPEN_BRACE;
  while (more) {
    if (
      bytes[at] !== OPEN_BRACE ||
      bytes[at + 1] !== QUOTE ||
      bytes[at + 2] !== 0x70 || // p
      bytes[at + 3] !== 0x72 || // r
      bytes[at + 4] !== 0x69 || // i
      bytes[at + 5] !== 0x63 || // c
      bytes[at + 6] !== 0x65 || // e
      bytes[at + 7] !== QUOTE ||
      bytes[at + 8] !== 0x3a // :
    ) {
      return -1;
    }
    at += 9;
    // One loop makes a number's value and the CRC of its digits; both begin at the first digit
    // that is not a leading zero, which is Kraken's rule for the checksum's text.
    let crc = 0;
    let digits = 0;
    let price = 0;
    const priceStart = at;
    let digit = bytes[at]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      price = price * 10 + digit;
      if (price !== 0) {
        crc = CRC_TABLE[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
        digits++;
      }
      digit = bytes[++at]! - ZERO;
    }
    if (at === priceStart || (bytes[priceStart] === ZERO && at > priceStart + 1)) return -1;
    let decimals = 0;
    if (bytes[at] === DOT) {
      const point = at;
      digit = bytes[++at]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        price = price * 10 + digit;
        if (price !== 0) {
          crc = CRC_TABLE[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
          digits++;
        }
        digit = bytes[++at]! - ZERO;
      }
      decimals = at - point - 1;
      if (decimals === 0) return -1;
    }
    if (decimals !== pricePrecision) {
      if (pricePrecision !== UNKNOWN || decimals > MAX_PRECISION) return -1;
      batch.pricePrecision = pricePrecision = decimals;
    }
    const priceDigits = digits;
    const priceEnd = at;
    if (
      bytes[at] !== COMMA ||
      bytes[at + 1] !== QUOTE ||
      bytes[at + 2] !== 0x71 || // q
      bytes[at + 3] !== 0x74 || // t
      bytes[at + 4] !== 0x79 || // y
      bytes[at + 5] !== QUOTE ||
      bytes[at + 6] !== 0x3a // :
    ) {
      return -1;
    }
    at += 7;
    let quantity = 0;
    const quantityStart = at;
    digit = bytes[at]! - ZERO;
    while (digit >= 0 && digit <= 9) {
      quantity = quantity * 10 + digit;
      if (quantity !== 0) {
        crc = CRC_TABLE[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
        digits++;
      }
      digit = bytes[++at]! - ZERO;
    }
    if (at === quantityStart || (bytes[quantityStart] === ZERO && at > quantityStart + 1))
      return -1;
    decimals = 0;
    if (bytes[at] === DOT) {
      const point = at;
      digit = bytes[++at]! - ZERO;
      while (digit >= 0 && digit <= 9) {
        quantity = quantity * 10 + digit;
        if (quantity !== 0) {
          crc = CRC_TABLE[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
          digits++;
        }
        digit = bytes[++at]! - ZERO;
      }
      decimals = at - point - 1;
      if (decimals === 0) return -1;
    }
    if (decimals !== quantityPrecision) {
      // A removal's `0` says nothing of how quantities are printed.
      if (quantityPrecision !== UNKNOWN || decimals > MAX_PRECISION || quantity === 0) return -1;
      batch.quantityPrecision = quantityPrecision = decimals;
    }
    if (bytes[at] !== CLOSE_BRACE || priceDigits === 0) return -1;
    if (priceDigits > MAX_DIGITS || digits - priceDigits > MAX_DIGITS) return -1;
    const index = batch.count++;
    if (index === batch.prices.length) batch.grow();
    batch.prices[index] = price;
    batch.quantities[index] = quantity;
    batch.crcs[index] = crc;
    batch.lengths[index] = digits;
    if (price > MAX_SAFE || quantity > MAX_SAFE) {
      batch.setExact(
        index,
        integerOf(bytes, priceStart, priceEnd),
        integerOf(bytes, quantityStart, at),
      );
    }
    more = bytes[++at] === COMMA;
    if (more) at++;
  }
  return at;
}

/** The digits of `[start, end)` as one integer, the point left out. */
function integerOf(bytes: Uint8Array, start: number, end: number): bigint {
  let text = '';
  for (let i = start; i < end; i++) {
    if (bytes[i] !== DOT) text += String.fromCharCode(bytes[i]!);
  }
  return BigInt(text);
}

/** Scans `3310070434,"timestamp":"…"}]}`; snapshots of 2023 to 2025 had no timestamp. */
function scanEnd(bytes: Uint8Array, at: number, length: number, batch: LevelBatch): ScanResult {
  if (at < 0) return DECLINED;
  const start = at;
  let checksum = 0;
  let digit = bytes[at]! - ZERO;
  while (digit >= 0 && digit <= 9) {
    checksum = checksum * 10 + digit;
    digit = bytes[++at]! - ZERO;
  }
  if (at === start || (bytes[start] === ZERO && at > start + 1) || checksum > 0xffffffff) {
    return DECLINED;
  }
  if (bytes[at] === COMMA) {
    at = skip(bytes, at, TIMESTAMP);
    if (at < 0) return DECLINED;
    for (; bytes[at] !== QUOTE; at++) {
      const byte = bytes[at]!;
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH || byte === CLOSE_BRACE) return DECLINED;
    }
    at++;
  }
  if (skip(bytes, at, END) !== length) return DECLINED;
  batch.hasChecksum = true;
  batch.checksum = checksum | 0;
  return SCANNED;
}
