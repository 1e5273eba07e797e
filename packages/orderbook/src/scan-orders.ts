import { crcShift } from './crc-shift.ts';
import type { FrameBuffer } from './frame-buffer.ts';
import { UNKNOWN } from './level-batch.ts';
import { ADD, DELETE, MODIFY, type OrderBatch } from './order-batch.ts';
import { MAX_DIGITS, MAX_PRECISION, MAX_SAFE } from './scaled.ts';
import { integerOf, NumberScan } from './scan-number.ts';
import { wordsOf } from './wire-text.ts';

type Two = [number, number];

const [EVENT0] = /* @__PURE__ */ wordsOf('{"event"') as [number];
const [ID0, ID1] = /* @__PURE__ */ wordsOf('"order_id":"') as Two;
const [PRICE0, PRICE1] = /* @__PURE__ */ wordsOf(',"limit_price":') as Two;
const [QUANTITY0, QUANTITY1] = /* @__PURE__ */ wordsOf(',"order_qty":') as Two;
const [TIME0, TIME1] = /* @__PURE__ */ wordsOf(',"timestamp":"') as Two;
const ADD_EVENT = 0x64646122; // "add
const MODIFY_EVENT = 0x646f6d22; // "mod
const DELETE_EVENT = 0x6c656422; // "del

const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_A = 0x41;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The value of a letter or a digit in base 36, -1 of any other byte. */
const BASE36 = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  return byte >= UPPER_A && byte <= UPPER_Z ? byte - UPPER_A + 10 : -1;
});

const price = /* @__PURE__ */ new NumberScan();
const quantity = /* @__PURE__ */ new NumberScan();

/** Scans `{"event":"add","order_id":"O2BN53-5RSB2-V3J57T",…},…]`; the index after it, -1 to decline. */
export function scanOrders(frame: FrameBuffer, start: number, batch: OrderBatch): number {
  if (start < 0) return -1;
  const { bytes, view } = frame;
  let at = start;
  let more = bytes[at] === OPEN_BRACE;
  while (more) {
    if (batch.count === batch.capacity) batch.grow();
    const index = batch.count;
    let kind = ADD;
    if (batch.snapshot) {
      if (bytes[at++] !== OPEN_BRACE) return -1;
    } else {
      if (view.getFloat64(at, true) !== EVENT0 || bytes[at + 8] !== COLON) return -1;
      const word = view.getInt32(at + 9, true);
      if (word === ADD_EVENT) {
        at += 13;
      } else if (word === DELETE_EVENT && isEnd(bytes, at + 13, 'ete')) {
        kind = DELETE;
        at += 16;
      } else if (word === MODIFY_EVENT && isEnd(bytes, at + 13, 'ify')) {
        kind = MODIFY;
        at += 16;
      } else {
        return -1;
      }
      if (bytes[at] !== QUOTE || bytes[at + 1] !== COMMA) return -1;
      at += 2;
    }
    if (view.getFloat64(at, true) !== ID0 || view.getFloat64(at + 4, true) !== ID1) return -1;
    at = scanId(bytes, at + 12, batch, index);
    if (at < 0) return -1;
    if (view.getFloat64(at, true) !== PRICE0 || view.getFloat64(at + 7, true) !== PRICE1) return -1;
    const priceStart = at + 15;
    const priceEnd = price.read(frame, priceStart);
    if (priceEnd < 0 || price.digits === 0) return -1;
    at = priceEnd;
    if (view.getFloat64(at, true) !== QUANTITY0 || view.getFloat64(at + 5, true) !== QUANTITY1) {
      return -1;
    }
    const quantityStart = at + 13;
    at = quantity.read(frame, quantityStart);
    if (at < 0) return -1;
    if (kind !== DELETE && !hasPrecision(batch)) return -1;
    batch.kinds[index] = kind;
    batch.crcs[index] = crcShift(price.crc, quantity.digits & 63) ^ quantity.crc;
    batch.lengths[index] = price.digits + quantity.digits;
    batch.prices[index] = price.value;
    batch.quantities[index] = quantity.value;
    if (price.value > MAX_SAFE || quantity.value > MAX_SAFE) {
      if (price.digits > MAX_DIGITS || quantity.digits > MAX_DIGITS) return -1;
      batch.setExact(
        index,
        integerOf(bytes, priceStart, priceEnd),
        integerOf(bytes, quantityStart, at),
      );
    }
    if (view.getFloat64(at, true) !== TIME0 || view.getFloat64(at + 6, true) !== TIME1) return -1;
    at = scanTime(bytes, at + 14, batch, index);
    if (at < 0) return -1;
    batch.count = index + 1;
    more = bytes[at] === COMMA;
    at++;
  }
  if (start === at) at++;
  return bytes[at - 1] === CLOSE_BRACKET ? at : -1;
}

function isEnd(bytes: Uint8Array, at: number, text: string): boolean {
  return (
    bytes[at] === text.charCodeAt(0) &&
    bytes[at + 1] === text.charCodeAt(1) &&
    bytes[at + 2] === text.charCodeAt(2)
  );
}

/** The decimals of the numbers just read are the batch's; a snapshot's first order decides. */
function hasPrecision(batch: OrderBatch): boolean {
  if (batch.pricePrecision === UNKNOWN) batch.pricePrecision = price.decimals;
  if (batch.quantityPrecision === UNKNOWN && quantity.digits !== 0) {
    batch.quantityPrecision = quantity.decimals;
  }
  return (
    price.decimals === batch.pricePrecision &&
    quantity.decimals === batch.quantityPrecision &&
    price.decimals <= MAX_PRECISION &&
    quantity.decimals <= MAX_PRECISION
  );
}

/** `O2BN53-5RSB2-V3J57T` as two numbers (order-id.ts): gives the index after its quote. */
function scanId(bytes: Uint8Array, start: number, batch: OrderBatch, index: number): number {
  if (bytes[start + 6] !== DASH || bytes[start + 12] !== DASH || bytes[start + 19] !== QUOTE) {
    return -1;
  }
  // 36 to the power of 6 is just more than 31 bits, to the power of 5 well below.
  const head = base36(bytes, start, 5) * 36 ** 4 + base36(bytes, start + 5, 1) * 36 ** 3;
  const tail = base36(bytes, start + 13, 5) * 36 + base36(bytes, start + 18, 1);
  batch.idHeads[index] = head + base36(bytes, start + 7, 3);
  batch.idTails[index] = base36(bytes, start + 10, 2) * 36 ** 6 + tail;
  // A byte that is neither a letter nor a digit makes its part NaN.
  return batch.idHeads[index] >= 0 && batch.idTails[index] >= 0 ? start + 20 : -1;
}

/** At most five letters and digits as a number; NaN when something else is among them. */
function base36(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  let known = 0;
  for (let at = start; at < start + count; at++) {
    const digit = BASE36[bytes[at]!]!;
    known |= digit;
    value = Math.imul(value, 36) + digit;
  }
  return known < 0 ? Number.NaN : value;
}

/** `2024-01-08T12:18:05.770906486Z` as two numbers (order-time.ts): the index after `"}`. */
function scanTime(bytes: Uint8Array, start: number, batch: OrderBatch, index: number): number {
  if (
    bytes[start + 4] !== DASH ||
    bytes[start + 7] !== DASH ||
    bytes[start + 10] !== UPPER_T ||
    bytes[start + 13] !== COLON ||
    bytes[start + 16] !== COLON ||
    bytes[start + 19] !== DOT ||
    bytes[start + 29] !== UPPER_Z ||
    bytes[start + 30] !== QUOTE ||
    bytes[start + 31] !== CLOSE_BRACE
  ) {
    return -1;
  }
  const date =
    (two(bytes, start) * 100 + two(bytes, start + 2)) * 10_000 +
    two(bytes, start + 5) * 100 +
    two(bytes, start + 8);
  const time = (two(bytes, start + 11) * 100 + two(bytes, start + 14)) * 100;
  const last = two(bytes, start + 17);
  const nanos =
    ((two(bytes, start + 20) * 100 + two(bytes, start + 22)) * 100 + two(bytes, start + 24)) *
      1000 +
    two(bytes, start + 26) * 10;
  const end = bytes[start + 28]! - ZERO;
  // A byte that is no digit makes its pair NaN, and NaN is never at least 0.
  if (!(date + time + last + nanos >= 0) || end < 0 || end > 9) return -1;
  batch.seconds[index] = date * 1_000_000 + time + last;
  batch.nanos[index] = nanos + end;
  return start + 32;
}

function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
