import { crcShift } from './crc-shift.ts';
import { joinScaled, MAX_SAFE } from './scaled.ts';

const NONE = /* @__PURE__ */ new Float64Array(0);
/** Most changes touch the first few levels: this many are looked at before a binary search. */
const NEAR = 12;
/** Above this many levels `copyWithin` beats a loop (measured on Node 20: break-even at 20 to 30). */
const LONG_MOVE = 24;
/** The checksum covers the ten best levels of a side, whatever the book's depth. */
export const CHECKSUM_LEVELS = 10;

/**
 * One side of a book: a window `[low, high)` of parallel arrays, sorted, the best level LAST. Keys
 * are scaled prices, negated for asks, so that on both sides a better price is a larger key. New
 * best levels are the common case and are appended; inserting or removing shifts the shorter part;
 * cutting to a depth only moves `low`.
 *
 * `keyTails` and `quantityTails` hold what a double cannot (scaled.ts). They stay empty until a
 * value beyond 2^53 comes; then the ladder is `wide` until it is cleared.
 */
export class Ladder {
  keys: Float64Array;
  quantities: Float64Array;
  /** Two of each level: the CRC of its digits from register 0, and how many (crc-shift.ts). */
  digests: Int32Array;
  keyTails: Float64Array = NONE;
  quantityTails: Float64Array = NONE;
  wide = false;
  low = 0;
  high = 0;
  /** What `fold` found, while none of the ten best levels changed. */
  foldedCrc = 0;
  foldedLength = 0;
  folded = false;
  readonly #seed: number;
  /** Removals of a price that was not there. */
  unknownRemovals = 0;

  /** `seed` is the register that `fold` starts from. */
  constructor(depth: number, seed: number) {
    this.#seed = seed;
    const capacity = depth * 2 + 64;
    this.keys = new Float64Array(capacity);
    this.quantities = new Float64Array(capacity);
    this.digests = new Int32Array(capacity * 2);
    this.clear();
  }

  get count(): number {
    return this.high - this.low;
  }

  clear(): void {
    this.low = this.high = this.keys.length >>> 1;
    this.folded = false;
    this.wide = false;
    this.keyTails = this.quantityTails = NONE;
  }

  /** Drops the worst levels beyond `depth`. A level just set may be among them, no other one of the ten best. */
  truncate(depth: number): void {
    if (this.high - this.low > depth) this.low = this.high - depth;
  }

  /** Sets the level of a key; quantity 0 removes it. Only while the ladder is not wide. */
  set(key: number, quantity: number, crc: number, length: number): void {
    let at = this.#find(key);
    const known = at >= this.low && this.keys[at] === key;
    if (at >= this.high - CHECKSUM_LEVELS - 1) this.folded = false;
    if (quantity === 0) {
      if (known) this.#removeAt(at);
      else this.unknownRemovals++;
      return;
    }
    if (!known) {
      at = this.#insertAfter(at);
      this.keys[at] = key;
    }
    this.quantities[at] = quantity;
    this.digests[at * 2] = crc;
    this.digests[at * 2 + 1] = length;
  }

  /** The same for values of any size. */
  setWide(
    key: number,
    keyTail: number,
    quantity: number,
    quantityTail: number,
    crc: number,
    length: number,
  ): void {
    this.#widen();
    let at = this.#find(key);
    while (at >= this.low && this.keys[at] === key && this.keyTails[at]! > keyTail) at--;
    const known = at >= this.low && this.keys[at] === key && this.keyTails[at] === keyTail;
    this.folded = false;
    if (quantity === 0) {
      if (known) this.#removeAt(at);
      else this.unknownRemovals++;
      return;
    }
    if (!known) {
      at = this.#insertAfter(at);
      this.keys[at] = key;
      this.keyTails[at] = keyTail;
    }
    this.quantities[at] = quantity;
    this.quantityTails[at] = quantityTail;
    this.digests[at * 2] = crc;
    this.digests[at * 2 + 1] = length;
  }

  /** The index of a key's level, -1 where there is none. */
  indexOf(key: number, keyTail: number): number {
    let at = this.#find(key);
    if (this.wide) {
      while (at >= this.low && this.keys[at] === key && this.keyTails[at]! > keyTail) at--;
    }
    if (at < this.low || this.keys[at] !== key) return -1;
    return !this.wide || this.keyTails[at] === keyTail ? at : -1;
  }

  /** Makes `foldedCrc` and `foldedLength`: the ten best levels' digits, best first. */
  fold(): void {
    if (this.folded) return;
    const { digests, high } = this;
    const end = Math.max(this.low, high - CHECKSUM_LEVELS);
    let register = this.#seed;
    let total = 0;
    for (let at = high - 1; at >= end; at--) {
      const length = digests[at * 2 + 1]!;
      register = crcShift(register, length) ^ digests[at * 2]!;
      total += length;
    }
    this.foldedCrc = register;
    this.foldedLength = total;
    this.folded = true;
  }

  has(rank: number): boolean {
    return rank >= 0 && rank < this.high - this.low;
  }

  /** The scaled price of the level at an index of the window: a bigint only beyond 2^53. */
  priceAt(at: number): bigint | number {
    const key = this.keys[at]!;
    const price = Math.abs(key);
    if (price <= MAX_SAFE) return price;
    const tail = this.keyTails[at]!;
    return joinScaled(price, key < 0 ? -tail : tail);
  }

  /** The scaled quantity of the level at an index of the window: a bigint only beyond 2^53. */
  quantityAt(at: number): bigint | number {
    const quantity = this.quantities[at]!;
    return quantity <= MAX_SAFE ? quantity : joinScaled(quantity, this.quantityTails[at]!);
  }

  /** The last index whose key is at most `key`, or `low - 1`. */
  #find(key: number): number {
    const { keys, low } = this;
    let at = this.high - 1;
    const near = Math.max(low, at - NEAR + 1);
    while (at >= near && keys[at]! > key) at--;
    if (at >= near || at < low) return at;
    let from = low;
    let to = at + 1;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (keys[middle]! <= key) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  /** Opens a place above index `at` and gives its index. */
  #insertAfter(at: number): number {
    if (this.low === 0 || this.high === this.keys.length) {
      const before = this.low;
      this.#recentre();
      at += this.low - before;
    }
    const { low, high } = this;
    if (high - at - 1 <= at - low + 1) {
      this.#move(at + 2, at + 1, high);
      this.high = high + 1;
      return at + 1;
    }
    this.#move(low - 1, low, at + 1);
    this.low = low - 1;
    return at;
  }

  #removeAt(at: number): void {
    const { low, high } = this;
    if (high - at - 1 <= at - low) {
      this.#move(at, at + 1, high);
      this.high = high - 1;
    } else {
      this.#move(low + 1, low, at);
      this.low = low + 1;
    }
  }

  /** Moves the levels of `[start, end)` one place, to `target`. */
  #move(target: number, start: number, end: number): void {
    if (this.wide) {
      this.keyTails.copyWithin(target, start, end);
      this.quantityTails.copyWithin(target, start, end);
    }
    const { keys, quantities, digests } = this;
    if (end - start > LONG_MOVE) {
      keys.copyWithin(target, start, end);
      quantities.copyWithin(target, start, end);
      digests.copyWithin(target * 2, start * 2, end * 2);
    } else if (target < start) {
      for (let i = start; i < end; i++) {
        keys[i - 1] = keys[i]!;
        quantities[i - 1] = quantities[i]!;
        digests[i * 2 - 2] = digests[i * 2]!;
        digests[i * 2 - 1] = digests[i * 2 + 1]!;
      }
    } else {
      for (let i = end - 1; i >= start; i--) {
        keys[i + 1] = keys[i]!;
        quantities[i + 1] = quantities[i]!;
        digests[i * 2 + 2] = digests[i * 2]!;
        digests[i * 2 + 3] = digests[i * 2 + 1]!;
      }
    }
  }

  /** Brings the window back to the middle, of larger arrays if these are three quarters full. */
  #recentre(): void {
    const { keys, count, low, high } = this;
    const grown = count * 4 > keys.length * 3;
    const capacity = grown ? keys.length * 2 : keys.length;
    const start = (capacity - count) >>> 1;
    const place = <T extends Float64Array | Int32Array>(from: T, to: T, width: number): T => {
      to.set(from.subarray(low * width, high * width), start * width);
      return to;
    };
    const doubles = (from: Float64Array): Float64Array =>
      place(from, grown ? new Float64Array(capacity) : from, 1);
    this.keys = doubles(keys);
    this.quantities = doubles(this.quantities);
    const { digests } = this;
    this.digests = place(digests, grown ? new Int32Array(capacity * 2) : digests, 2);
    if (this.wide) {
      this.keyTails = doubles(this.keyTails);
      this.quantityTails = doubles(this.quantityTails);
    }
    this.low = start;
    this.high = start + count;
  }

  #widen(): void {
    if (this.wide) return;
    this.wide = true;
    this.keyTails = new Float64Array(this.keys.length);
    this.quantityTails = new Float64Array(this.keys.length);
  }
}
