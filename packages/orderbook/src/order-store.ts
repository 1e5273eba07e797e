import { grown, OrderColumns } from './order-columns.ts';

/**
 * The orders of an L3 book, found by id through an open-addressing table. An order is a slot
 * number, 0 is none. `next` and `previous` chain the orders of a level.
 */
export class OrderStore extends OrderColumns {
  count = 0;
  levels: Int32Array = new Int32Array(this.capacity);
  next: Int32Array = new Int32Array(this.capacity);
  previous: Int32Array = new Int32Array(this.capacity);
  /** The first free slot, chained by `next`, and the first that was never used. */
  #free = 0;
  #unused = 1;
  /** Slots by hash, at most half full. */
  #table = new Int32Array(this.capacity * 2);

  clear(): void {
    this.count = 0;
    this.#free = 0;
    this.#unused = 1;
    this.#table.fill(0);
  }

  find(head: number, tail: number): number {
    const { idHeads, idTails } = this;
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = hashOf(head, tail) & mask; ; at = (at + 1) & mask) {
      const slot = table[at]!;
      if (slot === 0 || (idHeads[slot] === head && idTails[slot] === tail)) return slot;
    }
  }

  /** Adds an order, whose id no order has, to a level. */
  add(from: OrderColumns, index: number, level: number): number {
    let slot = this.#free;
    if (slot !== 0) {
      this.#free = this.next[slot]!;
    } else {
      if (this.#unused === this.capacity) this.grow();
      slot = this.#unused++;
    }
    this.count++;
    this.idHeads[slot] = from.idHeads[index]!;
    this.idTails[slot] = from.idTails[index]!;
    this.levels[slot] = level;
    this.update(slot, from, index);
    this.#place(slot);
    return slot;
  }

  /** Frees a slot; its level's chain is the caller's. */
  remove(slot: number): void {
    const { idHeads, idTails } = this;
    const table = this.#table;
    const mask = table.length - 1;
    let hole = hashOf(idHeads[slot]!, idTails[slot]!) & mask;
    while (table[hole] !== slot) hole = (hole + 1) & mask;
    // What stands behind the hole moves up, unless it would come before its own place.
    for (let at = (hole + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const moved = table[at]!;
      const home = hashOf(idHeads[moved]!, idTails[moved]!) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        table[hole] = moved;
        hole = at;
      }
    }
    table[hole] = 0;
    this.next[slot] = this.#free;
    this.#free = slot;
    this.count--;
  }

  override grow(): void {
    super.grow();
    this.levels = grown(this.levels);
    this.next = grown(this.next);
    this.previous = grown(this.previous);
    const old = this.#table;
    this.#table = new Int32Array(old.length * 2);
    for (const slot of old) if (slot !== 0) this.#place(slot);
  }

  #place(slot: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let at = hashOf(this.idHeads[slot]!, this.idTails[slot]!) & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = slot;
  }
}

function hashOf(head: number, tail: number): number {
  let hash =
    Math.imul(head | 0, 0x9e3779b1) ^
    Math.imul(tail | 0, 0x85ebca77) ^
    Math.floor(head / 4_294_967_296);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
