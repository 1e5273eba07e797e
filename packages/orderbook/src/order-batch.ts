import { headOf, MAX_SAFE, tailOf } from './scaled.ts';

export const ADD = 0;
export const MODIFY = 1;
export const DELETE = 2;

const FIRST_CAPACITY = 32;
const NONE = /* @__PURE__ */ new Float64Array(0);

type Column = Float64Array | Int32Array | Uint8Array;

/**
 * The order events of one L3 message, not yet applied (see level-batch.ts). Events `[0, bidCount)`
 * are of bids, `[bidCount, count)` of asks, in the message's order.
 */
export class OrderBatch {
  snapshot = false;
  hasChecksum = false;
  /** As a signed 32-bit integer. */
  checksum = 0;
  pricePrecision = 0;
  quantityPrecision = 0;
  bidCount = 0;
  count = 0;
  capacity = FIRST_CAPACITY;
  /** ADD, MODIFY or DELETE. */
  kinds: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  idHeads: Float64Array = new Float64Array(FIRST_CAPACITY);
  idTails: Float64Array = new Float64Array(FIRST_CAPACITY);
  prices: Float64Array = new Float64Array(FIRST_CAPACITY);
  quantities: Float64Array = new Float64Array(FIRST_CAPACITY);
  crcs: Int32Array = new Int32Array(FIRST_CAPACITY);
  lengths: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  seconds: Float64Array = new Float64Array(FIRST_CAPACITY);
  nanos: Int32Array = new Int32Array(FIRST_CAPACITY);
  wide = false;
  priceTails: Float64Array = NONE;
  quantityTails: Float64Array = NONE;
  /** The event to apply at each place: see `sortAdds`. */
  order: Int32Array = new Int32Array(FIRST_CAPACITY);

  grow(): void {
    this.capacity *= 2;
    const { capacity } = this;
    this.kinds = copy(this.kinds, new Uint8Array(capacity));
    this.idHeads = copy(this.idHeads, new Float64Array(capacity));
    this.idTails = copy(this.idTails, new Float64Array(capacity));
    this.prices = copy(this.prices, new Float64Array(capacity));
    this.quantities = copy(this.quantities, new Float64Array(capacity));
    this.crcs = copy(this.crcs, new Int32Array(capacity));
    this.lengths = copy(this.lengths, new Uint8Array(capacity));
    this.seconds = copy(this.seconds, new Float64Array(capacity));
    this.nanos = copy(this.nanos, new Int32Array(capacity));
    this.order = new Int32Array(capacity);
    if (!this.wide) return;
    this.priceTails = copy(this.priceTails, new Float64Array(capacity));
    this.quantityTails = copy(this.quantityTails, new Float64Array(capacity));
  }

  /** Sets the values of an event whatever their size. */
  setExact(at: number, price: bigint, quantity: bigint): void {
    if (!this.wide && (price > MAX_SAFE || quantity > MAX_SAFE)) {
      this.wide = true;
      this.priceTails = new Float64Array(this.capacity);
      this.quantityTails = new Float64Array(this.capacity);
    }
    this.prices[at] = headOf(price);
    this.quantities[at] = headOf(quantity);
    if (!this.wide) return;
    this.priceTails[at] = tailOf(price);
    this.quantityTails[at] = tailOf(quantity);
  }

  /**
   * Within one message the adds of a side arrive in any order and join their queues in that of
   * their own timestamps: they are sorted (equal times keep the message's order) among the places
   * that adds hold, while other events keep theirs. Snapshots come in the book's order.
   */
  sortAdds(from: number, to: number): void {
    const { order, kinds } = this;
    let last = -1;
    let sorted = true;
    for (let i = from; i < to; i++) {
      order[i] = i;
      if (kinds[i] !== ADD || this.snapshot) continue;
      if (last >= 0 && this.#isBefore(i, last)) sorted = false;
      last = i;
    }
    if (sorted) return;
    const places: number[] = [];
    for (let i = from; i < to; i++) if (kinds[i] === ADD) places.push(i);
    const adds = places.toSorted(
      (a, b) => this.seconds[a]! - this.seconds[b]! || this.nanos[a]! - this.nanos[b]! || a - b,
    );
    places.forEach((place, i) => {
      order[place] = adds[i]!;
    });
  }

  #isBefore(a: number, b: number): boolean {
    const difference = this.seconds[a]! - this.seconds[b]!;
    return difference === 0 ? this.nanos[a]! < this.nanos[b]! : difference < 0;
  }
}

function copy<T extends Column>(from: T, to: T): T {
  to.set(from);
  return to;
}
