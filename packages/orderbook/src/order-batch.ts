import { grown, OrderColumns } from './order-columns.ts';

export const ADD = 0;
export const MODIFY = 1;
export const DELETE = 2;

/**
 * The order events of one L3 message, not yet applied: an add is not idempotent, and adds are
 * sorted first.
 */
export class OrderBatch extends OrderColumns {
  count = 0;
  /** The decimals that every number must show; negative until the first tells. */
  priceDecimals = 0;
  quantityDecimals = 0;
  /** ADD, MODIFY or DELETE. */
  kinds: Uint8Array = new Uint8Array(this.capacity);
  isAsk: Uint8Array = new Uint8Array(this.capacity);
  /** The ladder's key, as head and tail. */
  keys: Float64Array = new Float64Array(this.capacity);
  keyTails: Float64Array = new Float64Array(this.capacity);
  /** The event to apply at each place: see `sortAdds`. */
  order: Int32Array = new Int32Array(this.capacity);

  override grow(): void {
    super.grow();
    this.kinds = grown(this.kinds);
    this.isAsk = grown(this.isAsk);
    this.keys = grown(this.keys);
    this.keyTails = grown(this.keyTails);
    this.order = grown(this.order);
  }

  /**
   * Within one message the adds of a side arrive in any order and join their queues in that of
   * their own timestamps: they are sorted (equal times keep the message's order) among the places
   * that adds hold, while other events keep theirs. Snapshots come in the book's order.
   */
  sortAdds(snapshot: boolean): void {
    const { count, order } = this;
    let last = -1;
    let sorted = true;
    for (let i = 0; i < count; i++) {
      order[i] = i;
      if (this.kinds[i] !== ADD) continue;
      if (last >= 0 && this.#compare(last, i) > 0) sorted = false;
      last = i;
    }
    if (sorted || snapshot) return;
    // One side after the other, so that each side's adds keep to its own places.
    const places = [...order.subarray(0, count)].filter((i) => this.kinds[i] === ADD);
    for (const side of [0, 1]) {
      const own = places.filter((i) => this.isAsk[i] === side);
      const adds = own.toSorted((a, b) => this.#compare(a, b) || a - b);
      own.forEach((place, i) => {
        order[place] = adds[i]!;
      });
    }
  }

  #compare(a: number, b: number): number {
    return this.seconds[a]! - this.seconds[b]! || this.nanos[a]! - this.nanos[b]!;
  }
}
