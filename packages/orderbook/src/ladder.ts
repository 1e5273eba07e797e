import { crcShift, MAX_SHIFT } from './crc32.ts';
import { joinScaled } from './lexeme.ts';

// Of this module: V8 looks an imported one up at every use.
const shift = crcShift;
const LONGEST = MAX_SHIFT;
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
 * `keyTails` and `quantityTails` hold what a double cannot (lexeme.ts). They stay empty until a
 * value beyond 2^53 comes; then the ladder is `wide` until it is cleared.
 */
export class Ladder {
  keys: Float64Array;
  quantities: Float64Array;
  /** Two of each level: the CRC of its digits from register 0, and how many (crc32.ts). */
  digests: Int32Array;
  keyTails: Float64Array = NONE;
  quantityTails: Float64Array = NONE;
  wide = false;
  low = 0;
  high = 0;
  /** Removals of a price that was not there. */
  unknownRemovals = 0;
  /** How many entries of the message in hand the scan has applied. */
  scanned = 0;
  /** The checksum's register before the first level, after it, after the second… */
  readonly #registers = new Int32Array(CHECKSUM_LEVELS + 1);
  /** So many of the best levels are in `#registers` as they are. */
  folded = 0;

  constructor(depth: number) {
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
    this.folded = 0;
    this.wide = false;
    this.keyTails = this.quantityTails = NONE;
  }

  /** Drops the worst levels beyond `depth`. */
  truncate(depth: number): void {
    if (this.high - this.low > depth) this.low = this.high - depth;
  }

  /** Sets the level of a key; quantity 0 removes it. Tails are 0 but in a wide ladder. */
  set(
    key: number,
    keyTail: number,
    quantity: number,
    quantityTail: number,
    crc: number,
    length: number,
  ): void {
    let at = this.find(key, keyTail);
    const known = this.isAt(at, key, keyTail);
    this.touch(at);
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
    this.digests[at << 1] = crc;
    this.digests[(at << 1) + 1] = length;
    if (this.wide) {
      this.keyTails[at] = keyTail;
      this.quantityTails[at] = quantityTail;
    }
  }

  /** The level at an index is other than it was, or one comes in above the index. */
  touch(at: number): void {
    const rank = this.high - 1 - at;
    if (rank < this.folded) this.folded = rank;
  }

  /** Makes room for tails. */
  widen(): void {
    if (this.wide) return;
    this.wide = true;
    this.keyTails = new Float64Array(this.keys.length);
    this.quantityTails = new Float64Array(this.keys.length);
  }

  /** The last index whose key is at most the given one, or `low - 1`. */
  find(key: number, keyTail: number): number {
    const { keys, low, high } = this;
    let at = high - 1;
    const near = high - NEAR > low ? high - NEAR : low;
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
    if (this.wide) {
      while (at >= low && keys[at] === key && this.keyTails[at]! > keyTail) at--;
    }
    return at;
  }

  /** True when the level at an index is that of a key. */
  isAt(at: number, key: number, keyTail: number): boolean {
    return at >= this.low && this.keys[at] === key && (!this.wide || this.keyTails[at] === keyTail);
  }

  /**
   * Feeds the ten best levels, best first, into a register of the checksum. Only what lies behind
   * the best level that changed is folded again.
   */
  fold(register: number): number {
    const { digests, high, low } = this;
    const registers = this.#registers;
    const count = high - low > CHECKSUM_LEVELS ? CHECKSUM_LEVELS : high - low;
    let done = this.folded;
    if (registers[0] !== register) {
      registers[0] = register;
      done = 0;
    }
    let folded = registers[done]!;
    for (let at = (high - 1 - done) << 1; done < count; at -= 2) {
      let length = digests[at + 1]!;
      for (; length > LONGEST; length -= LONGEST) folded = shift(folded, LONGEST);
      folded = shift(folded, length) ^ digests[at]!;
      registers[++done] = folded;
    }
    this.folded = count;
    return folded;
  }

  /** The index of the level at a rank, 0 the best; -1 where there is none. */
  indexOf(rank: number): number {
    return rank >= 0 && rank < this.high - this.low ? this.high - 1 - rank : -1;
  }

  /** The indexes of the best `count` levels, best first. */
  best(count: number): number[] {
    const indexes: number[] = [];
    const end = Math.max(this.low, this.high - count);
    for (let at = this.high - 1; at >= end; at--) indexes.push(at);
    return indexes;
  }

  /** The scaled price of the level at an index of the window: a bigint only beyond 2^53. */
  priceAt(at: number): bigint | number {
    const key = this.keys[at]!;
    const tail = this.wide ? this.keyTails[at]! : 0;
    return key < 0 ? joinScaled(-key, -tail) : joinScaled(key, tail);
  }

  /** The scaled quantity of the level at an index of the window: a bigint only beyond 2^53. */
  quantityAt(at: number): bigint | number {
    return joinScaled(this.quantities[at]!, this.wide ? this.quantityTails[at]! : 0);
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
      digests.copyWithin(target << 1, start << 1, end << 1);
      return;
    }
    const down = target < start;
    const by = down ? -1 : 1;
    const stop = down ? end : start - 1;
    for (let i = down ? start : end - 1; i !== stop; i -= by) {
      const to = i + by;
      keys[to] = keys[i]!;
      quantities[to] = quantities[i]!;
      digests[to << 1] = digests[i << 1]!;
      digests[(to << 1) + 1] = digests[(i << 1) + 1]!;
    }
  }

  /** Brings the window back to the middle, of larger arrays if these are three quarters full. */
  #recentre(): void {
    const { keys, count, low, high, wide } = this;
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
    if (wide) {
      this.keyTails = doubles(this.keyTails);
      this.quantityTails = doubles(this.quantityTails);
    }
    this.low = start;
    this.high = start + count;
  }
}
