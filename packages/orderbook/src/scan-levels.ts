import { crcShift } from './crc-shift.ts';
import { CRC_TABLE } from './crc32.ts';
import type { FrameBuffer } from './frame-buffer.ts';
import { type LevelBatch, UNKNOWN } from './level-batch.ts';
import { MAX_DIGITS, MAX_PRECISION, MAX_SAFE, POWERS } from './scaled.ts';
import { integerOf } from './scan-number.ts';
import {
  crcFeedWord,
  fourDigits,
  nonDigits,
  wordsOf,
  ZEROS,
  zeroBytesBefore,
} from './wire-text.ts';

const [PRICE] = /* @__PURE__ */ wordsOf('{"price"') as [number];
const QTY_START = 0x7471222c; // ,"qt
const QTY_END = 0x3a227974; // ty":

const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** As many digits as always fit a 32-bit integer. */
const SHORT = 9;

/**
 * Scans `{"price":45283.5,"qty":0.10000000},…` and gives the index after it, -1 to decline.
 *
 * A number's value and the CRC of its digits are made in one go. Both begin at the first digit
 * that is no leading zero, which is Kraken's rule for the checksum's text. The price and the
 * quantity are written out one after the other: a function for both costs 20 % of the whole book.
 */
export function scanLevels(frame: FrameBuffer, start: number, batch: LevelBatch): number {
  const { bytes, view } = frame;
  const { pricePrecision, quantityPrecision } = batch;
  const manyDecimals = pricePrecision > SHORT || quantityPrecision > SHORT;
  let at = start;
  let more = true;
  while (more) {
    if (view.getFloat64(at, true) !== PRICE || bytes[at + 8] !== COLON) return -1;
    at += 9;
    const priceStart = at;
    let long = manyDecimals;
    let whole = 0;
    let fraction = 0;
    let digits = 0;
    let priceCrc = 0;
    let byte = bytes[at]!;
    if (byte === ZERO) {
      byte = bytes[++at]!;
    } else {
      while (byte >= ZERO && byte <= NINE) {
        whole = (Math.imul(whole, 10) + (byte - ZERO)) | 0;
        priceCrc = CRC_TABLE[(priceCrc ^ byte) & 255]! ^ (priceCrc >>> 8);
        byte = bytes[++at]!;
      }
      digits = at - priceStart;
      if ((digits - 1) >>> 0 >= SHORT) {
        if (digits === 0) return -1;
        long = true;
      }
    }
    let decimals = 0;
    if (byte === DOT) {
      const first = ++at;
      byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        fraction = (Math.imul(fraction, 10) + (byte - ZERO)) | 0;
        if (digits !== 0 || byte !== ZERO) {
          priceCrc = CRC_TABLE[(priceCrc ^ byte) & 255]! ^ (priceCrc >>> 8);
          digits++;
        }
        byte = bytes[++at]!;
      }
      decimals = at - first;
      if (decimals === 0) return -1;
    }
    if (decimals !== pricePrecision || digits === 0) return -1;
    const price = whole * POWERS[decimals]! + fraction;
    const priceDigits = digits;
    const priceEnd = at;

    if (view.getInt32(at, true) !== QTY_START || view.getInt32(at + 3, true) !== QTY_END) return -1;
    at += 7;
    const quantityStart = at;
    whole = 0;
    fraction = 0;
    digits = 0;
    let crc = 0;
    byte = bytes[at]!;
    if (byte === ZERO) {
      byte = bytes[++at]!;
    } else {
      while (byte >= ZERO && byte <= NINE) {
        whole = (Math.imul(whole, 10) + (byte - ZERO)) | 0;
        crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
        byte = bytes[++at]!;
      }
      digits = at - quantityStart;
      if ((digits - 1) >>> 0 >= SHORT) {
        if (digits === 0) return -1;
        long = true;
      }
    }
    decimals = 0;
    if (byte === DOT) {
      const first = ++at;
      // A quantity has 8 decimals nearly always: two words.
      let word = view.getInt32(at, true);
      let values = word ^ ZEROS;
      while (nonDigits(values) === 0) {
        if (digits !== 0) {
          crc = crcFeedWord(crc, word);
          digits += 4;
        } else if (values !== 0) {
          const zeros = zeroBytesBefore(values);
          // Zero bytes leave register 0 as it is.
          crc = crcFeedWord(0, word & (-1 << (zeros * 8)));
          digits = 4 - zeros;
        }
        fraction = (Math.imul(fraction, 10_000) + fourDigits(values)) | 0;
        at += 4;
        word = view.getInt32(at, true);
        values = word ^ ZEROS;
      }
      byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        fraction = (Math.imul(fraction, 10) + (byte - ZERO)) | 0;
        if (digits !== 0 || byte !== ZERO) {
          crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
          digits++;
        }
        byte = bytes[++at]!;
      }
      decimals = at - first;
      if (decimals === 0) return -1;
    }
    if (decimals !== quantityPrecision || byte !== CLOSE_BRACE) return -1;
    const quantity = whole * POWERS[decimals]! + fraction;

    const index = batch.count++;
    if (index === batch.capacity) batch.grow();
    batch.prices[index] = price;
    batch.quantities[index] = quantity;
    batch.crcs[index] = crcShift(priceCrc, digits) ^ crc;
    batch.lengths[index] = priceDigits + digits;
    if (long || price > MAX_SAFE || quantity > MAX_SAFE) {
      if (priceDigits > MAX_DIGITS || digits > MAX_DIGITS) return -1;
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

/** Sets a precision that is unknown yet to what the first level at `at` shows. */
export function learnPrecision({ bytes }: FrameBuffer, at: number, batch: LevelBatch): void {
  if (batch.pricePrecision !== UNKNOWN && batch.quantityPrecision !== UNKNOWN) return;
  if (bytes[at] !== OPEN_BRACE) return;
  const price = decimalsOf(bytes, at + 9);
  const quantity = decimalsOf(bytes, price.end + 7);
  if (batch.pricePrecision === UNKNOWN) batch.pricePrecision = price.decimals;
  // A removal's `0` says nothing of how quantities are printed.
  if (batch.quantityPrecision === UNKNOWN && !quantity.zero) {
    batch.quantityPrecision = quantity.decimals;
  }
}

function decimalsOf(
  bytes: Uint8Array,
  start: number,
): { decimals: number; end: number; zero: boolean } {
  let at = start;
  let point = -1;
  let zero = true;
  for (; bytes[at] === DOT || (bytes[at]! >= ZERO && bytes[at]! <= NINE); at++) {
    if (bytes[at] === DOT) point = at;
    else if (bytes[at] !== ZERO) zero = false;
  }
  const decimals = point < 0 ? 0 : at - point - 1;
  // Too many: a precision that no scan meets.
  return { decimals: decimals > MAX_PRECISION ? UNKNOWN : decimals, end: at, zero };
}
