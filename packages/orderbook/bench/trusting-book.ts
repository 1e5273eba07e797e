// The least work that can verify a book, as a yardstick: one scan, one digit loop, sorted arrays,
// a folded checksum. It takes one layout, looks at a few of its bytes, knows no precision, no
// number beyond 2^53, no second way in, and no error.
import { CRC_INITIAL, CRC_TABLE, crcShift } from '../src/crc32.ts';

const TABLE = CRC_TABLE;
const shift = crcShift;
const COVERED = 10;
const NEAR = 12;

class Side {
  readonly keys: Float64Array;
  readonly #quantities: Float64Array;
  readonly #crcs: Int32Array;
  readonly #lengths: Uint8Array;
  low: number;
  high: number;

  constructor(depth: number) {
    const capacity = depth * 2 + 64;
    this.keys = new Float64Array(capacity);
    this.#quantities = new Float64Array(capacity);
    this.#crcs = new Int32Array(capacity);
    this.#lengths = new Uint8Array(capacity);
    this.low = this.high = capacity >>> 1;
  }

  clear(): void {
    this.low = this.high = this.keys.length >>> 1;
  }

  set(key: number, quantity: number, crc: number, length: number): void {
    const { keys } = this;
    if (this.low === 0 || this.high === keys.length) this.#centre();
    const { low, high } = this;
    let at = high - 1;
    const near = Math.max(low, high - NEAR);
    while (at >= near && keys[at]! > key) at--;
    if (at < near && at >= low) {
      let from = low;
      let to = near;
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (keys[middle]! <= key) from = middle + 1;
        else to = middle;
      }
      at = from - 1;
    }
    const known = at >= low && keys[at] === key;
    if (quantity === 0) {
      if (!known) return;
      if (high - at - 1 <= at - low) {
        this.#move(at, at + 1, high);
        this.high--;
      } else {
        this.#move(low + 1, low, at);
        this.low++;
      }
      return;
    }
    if (!known) {
      if (high - at - 1 <= at - low + 1) {
        at++;
        this.#move(at + 1, at, high);
        this.high++;
      } else {
        this.#move(low - 1, low, at + 1);
        this.low--;
      }
      keys[at] = key;
    }
    this.#quantities[at] = quantity;
    this.#crcs[at] = crc;
    this.#lengths[at] = length;
  }

  fold(register: number): number {
    const crcs = this.#crcs;
    const lengths = this.#lengths;
    const end = Math.max(this.low, this.high - COVERED);
    let folded = register;
    for (let at = this.high - 1; at >= end; at--) folded = shift(folded, lengths[at]!) ^ crcs[at]!;
    return folded;
  }

  #centre(): void {
    const start = (this.keys.length - (this.high - this.low)) >>> 1;
    this.#copy(start, this.low, this.high);
    this.high += start - this.low;
    this.low = start;
  }

  #copy(target: number, start: number, end: number): void {
    this.keys.copyWithin(target, start, end);
    this.#quantities.copyWithin(target, start, end);
    this.#crcs.copyWithin(target, start, end);
    this.#lengths.copyWithin(target, start, end);
  }

  #move(target: number, start: number, end: number): void {
    if (end - start > 24) {
      this.#copy(target, start, end);
      return;
    }
    const { keys } = this;
    const quantities = this.#quantities;
    const crcs = this.#crcs;
    const lengths = this.#lengths;
    const by = target - start;
    for (let i = by < 0 ? start : end - 1; i >= start && i < end; i -= by) {
      keys[i + by] = keys[i]!;
      quantities[i + by] = quantities[i]!;
      crcs[i + by] = crcs[i]!;
      lengths[i + by] = lengths[i]!;
    }
  }
}

export class TrustingBook {
  readonly #depth: number;
  readonly #bids: Side;
  readonly #asks: Side;

  constructor(depth: number) {
    this.#depth = depth;
    this.#bids = new Side(depth);
    this.#asks = new Side(depth);
  }

  /** False where the frame is not in the layout, or not verified. */
  apply(bytes: Uint8Array): boolean {
    const bids = this.#bids;
    const asks = this.#asks;
    const snapshot = bytes[26] === 0x73;
    if (bytes[12] !== 0x62 || bytes[15] !== 0x6b) return false;
    if (snapshot) {
      bids.clear();
      asks.clear();
    }
    let at = snapshot ? 55 : 53;
    while (bytes[at] !== 0x22) at++;
    if (bytes[at + 3] !== 0x62) return false;
    at = this.#levels(bytes, at + 10, bids, 1);
    if (at < 0 || bytes[at + 3] !== 0x61) return false;
    at = this.#levels(bytes, at + 10, asks, -1);
    if (at < 0 || bytes[at + 3] !== 0x63) return false;
    let checksum = 0;
    for (at += 13; bytes[at]! >= 0x30 && bytes[at]! <= 0x39; at++) {
      checksum = (Math.imul(checksum, 10) + bytes[at]! - 0x30) | 0;
    }
    bids.low = Math.max(bids.low, bids.high - this.#depth);
    asks.low = Math.max(asks.low, asks.high - this.#depth);
    return ~bids.fold(asks.fold(CRC_INITIAL)) === checksum;
  }

  best(): number {
    return this.#bids.keys[this.#bids.high - 1]! - this.#asks.keys[this.#asks.high - 1]!;
  }

  #levels(bytes: Uint8Array, start: number, side: Side, sign: number): number {
    let at = start;
    while (bytes[at] === 0x7b) {
      if (bytes[at + 2] !== 0x70 || bytes[at + 8] !== 0x3a) return -1;
      let key = 0;
      let quantity = 0;
      let crc = 0;
      let length = 0;
      let byte = 0;
      for (at += 9; ; at++) {
        byte = bytes[at]!;
        if (byte >= 0x30 && byte <= 0x39) {
          key = key * 10 + byte - 0x30;
          if (key === 0) continue;
          crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
          length++;
        } else if (byte !== 0x2e) break;
      }
      if (byte !== 0x2c || bytes[at + 2] !== 0x71) return -1;
      for (at += 7; ; at++) {
        byte = bytes[at]!;
        if (byte >= 0x30 && byte <= 0x39) {
          quantity = quantity * 10 + byte - 0x30;
          if (quantity === 0) continue;
          crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
          length++;
        } else if (byte !== 0x2e) break;
      }
      if (byte !== 0x7d) return -1;
      side.set(sign * key, quantity, crc, length);
      if (bytes[++at] === 0x2c) at++;
    }
    return bytes[at] === 0x5d ? at : -1;
  }
}
