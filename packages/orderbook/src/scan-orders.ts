import { word as wordAt } from './frame-scan.ts';
import { L3_KEY, LevelScan } from './level-scan.ts';
import { ADD, DELETE, MODIFY, type OrderBatch } from './order-batch.ts';

// Of this module: V8 looks an imported one up at every use.
const word = wordAt;

const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const UPPER_T = 0x54;
const UPPER_Z = 0x5a;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** Of an order of a snapshot, with what must stand behind it. */
const SHORTEST_ORDER = 100;

/** The value of a letter or a digit in base 36, -1 of any other byte. */
const BASE36 = /* @__PURE__ */ Int8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 36);
  return byte < 0x5b && value >= 0 ? value : -1;
});

const level = /* @__PURE__ */ new LevelScan();
// Words of the layout (frame-scan.ts).
const EVENT_0 = 0x6576_6522; // "eve
const EVENT_1 = 0x3a22_746e; // nt":
const ADD_WORD = 0x2264_6461; // add"
const MODIFY_0 = 0x6964_6f6d; // modi
const MODIFY_1 = 0x2279_6669; // ify"
const DELETE_0 = 0x656c_6564; // dele
const DELETE_1 = 0x2265_7465; // ete"
const ID_0 = 0x6472_6f22; // "ord
const ID_1 = 0x695f_7265; // er_i
const ID_2 = 0x223a_2264; // d":"
const PRICE_0 = 0x696c_222c; // ,"li
const PRICE_1 = 0x5f74_696d; // mit_
const PRICE_2 = 0x6369_7270; // pric
const PRICE_3 = 0x3a22_6563; // ce":
const TIME_0 = 0x6974_222c; // ,"ti
const TIME_1 = 0x7473_656d; // mest
const TIME_2 = 0x2270_6d61; // amp"

/**
 * Stages `{"event":"add","order_id":"O2BN53-5RSB2-V3J57T","limit_price":0.564,"order_qty":3500.7,
 * "timestamp":"2023-10-06T18:20:27.383408052Z"},…]`: the index after it, -1 to give up.
 */
export function scanOrders(
  bytes: Uint8Array,
  start: number,
  length: number,
  batch: OrderBatch,
  isAsk: boolean,
  snapshot: boolean,
): number {
  if (bytes[start] === CLOSE_BRACKET) return start + 1;
  let at = start;
  for (;;) {
    if (at + SHORTEST_ORDER > length) return -1;
    let kind = ADD;
    if (bytes[at++] !== OPEN_BRACE) return -1;
    if (!snapshot) {
      if (word(bytes, at) !== EVENT_0 || word(bytes, at + 4) !== EVENT_1) return -1;
      if (bytes[at + 8] !== QUOTE) return -1;
      const event = word(bytes, at + 9);
      if (event === ADD_WORD) {
        at += 14;
      } else {
        const last = word(bytes, at + 12);
        if (event === MODIFY_0 && last === MODIFY_1) kind = MODIFY;
        else if (event === DELETE_0 && last === DELETE_1) kind = DELETE;
        else return -1;
        at += 17;
      }
      if (bytes[at - 1] !== COMMA) return -1;
    }
    if (batch.count === batch.capacity) batch.grow();
    const index = batch.count;
    if (word(bytes, at) !== ID_0 || word(bytes, at + 4) !== ID_1 || word(bytes, at + 8) !== ID_2) {
      return -1;
    }
    at = scanId(bytes, at + 12, batch, index);
    if (
      at < 0 ||
      word(bytes, at) !== PRICE_0 ||
      word(bytes, at + 4) !== PRICE_1 ||
      word(bytes, at + 8) !== PRICE_2 ||
      word(bytes, at + 11) !== PRICE_3
    ) {
      return -1;
    }
    at = level.read(bytes, at + 15, L3_KEY);
    if (at < 0) return -1;
    if (kind !== DELETE) {
      // Each must show what the first one did.
      if (batch.priceDecimals < 0) batch.priceDecimals = level.priceDecimals;
      if (batch.quantityDecimals < 0 && level.quantity !== 0)
        batch.quantityDecimals = level.quantityDecimals;
      if (
        level.priceDecimals !== batch.priceDecimals ||
        level.quantityDecimals !== batch.quantityDecimals
      ) {
        return -1;
      }
    }
    batch.kinds[index] = kind;
    batch.isAsk[index] = isAsk ? 1 : 0;
    batch.keys[index] = isAsk ? -level.price : level.price;
    batch.keyTails[index] = 0;
    batch.quantities[index] = level.quantity;
    batch.quantityTails[index] = 0;
    batch.crcs[index] = level.crc;
    batch.lengths[index] = level.digits;
    if (
      word(bytes, at) !== TIME_0 ||
      word(bytes, at + 4) !== TIME_1 ||
      word(bytes, at + 8) !== TIME_2 ||
      bytes[at + 12] !== COLON ||
      bytes[at + 13] !== QUOTE
    ) {
      return -1;
    }
    at = scanTime(bytes, at + 14, batch, index);
    if (at < 0) return -1;
    batch.count = index + 1;
    const next = bytes[at];
    if (next === CLOSE_BRACKET) return at + 1;
    if (next !== COMMA) return -1;
    at++;
  }
}

/** `O2BN53-5RSB2-V3J57T` as two numbers (order-id.ts): the index after its quote. */
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
    digits(bytes, start, 4) * 10_000 +
    digits(bytes, start + 5, 2) * 100 +
    digits(bytes, start + 8, 2);
  const time = digits(bytes, start + 11, 2) * 10_000 + digits(bytes, start + 14, 2) * 100;
  const seconds = date * 1_000_000 + time + digits(bytes, start + 17, 2);
  const nanos = digits(bytes, start + 20, 9);
  // A byte that is no digit makes its part NaN.
  if (!(seconds + nanos >= 0)) return -1;
  batch.seconds[index] = seconds;
  batch.nanos[index] = nanos;
  return start + 32;
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  let known = 0;
  for (let at = start; at < start + count; at++) {
    const digit = bytes[at]! - ZERO;
    known |= digit | (9 - digit);
    value = Math.imul(value, 10) + digit;
  }
  return known < 0 ? Number.NaN : value;
}
