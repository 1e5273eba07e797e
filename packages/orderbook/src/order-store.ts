import type { OrderBatch } from './order-batch.ts';

const FIRST_CAPACITY = 64;
const NONE = /* @__PURE__ */ new Float64Array(0);

type Column = Float64Array | Int32Array | Uint8Array;

/**
 * The orders of an L3 book as parallel arrays, found by id through an open-addressing table. An
 * order is a slot number, 0 is none. `next` and `previous` chain the orders of a level.
 */
export class OrderStore {
  count = 0;
  idHeads: Float64Array = new Float64Array(FIRST_CAPACITY);
  idTails: Float64Array = new Float64Array(FIRST_CAPACITY);
  quantities: Float64Array = new Float64Array(FIRST_CAPACITY);
  crcs: Int32Array = new Int32Array(FIRST_CAPACITY);
  lengths: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  seconds: Float64Array = new Float64Array(FIRST_CAPACITY);
  nanos: Int32Array = new Int32Array(FIRST_CAPACITY);
  levels: Int32Array = new Int32Array(FIRST_CAPACITY);
  next: Int32Array = new Int32Array(FIRST_CAPACITY);
  previous: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** True when some quantity needs a tail (scaled.ts). */
  wide = false;
  quantityTails: Float64Array = NONE;
  /** The first free slot, chained by `next`, and the first that was never used. */
  #free = 0;
  #unused = 1;
  /** Slots by hash, at most half full. */
  #table = new Int32Array(FIRST_CAPACITY * 2);

  clear(): void {
    this.count = 0;
    this.#free = 0;
    this.#unused = 1;
    this.#table.fill(0);
    this.wide = false;
    this.quantityTails = NONE;
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

  /** Adds the order of an event, whose id no order has, to a level. */
  add(batch: OrderBatch, event: number, level: number): number {
    let slot = this.#free;
    if (slot !== 0) {
      this.#free = this.next[slot]!;
    } else {
      if (this.#unused === this.idHeads.length) this.#grow();
      slot = this.#unused++;
    }
    this.count++;
    const head = batch.idHeads[event]!;
    const tail = batch.idTails[event]!;
    this.idHeads[slot] = head;
    this.idTails[slot] = tail;
    this.levels[slot] = level;
    this.update(batch, event, slot);
    const table = this.#table;
    const mask = table.length - 1;
    let at = hashOf(head, tail) & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = slot;
    return slot;
  }

  /** Gives an order the quantity and the time of an event. */
  update(batch: OrderBatch, event: number, slot: number): void {
    this.quantities[slot] = batch.quantities[event]!;
    this.crcs[slot] = batch.crcs[event]!;
    this.lengths[slot] = batch.lengths[event]!;
    this.seconds[slot] = batch.seconds[event]!;
    this.nanos[slot] = batch.nanos[event]!;
    if (batch.wide && !this.wide) {
      this.wide = true;
      this.quantityTails = new Float64Array(this.idHeads.length);
    }
    if (this.wide) this.quantityTails[slot] = batch.wide ? batch.quantityTails[event]! : 0;
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

  #grow(): void {
    const capacity = this.idHeads.length * 2;
    this.idHeads = copy(this.idHeads, new Float64Array(capacity));
    this.idTails = copy(this.idTails, new Float64Array(capacity));
    this.quantities = copy(this.quantities, new Float64Array(capacity));
    this.crcs = copy(this.crcs, new Int32Array(capacity));
    this.lengths = copy(this.lengths, new Uint8Array(capacity));
    this.seconds = copy(this.seconds, new Float64Array(capacity));
    this.nanos = copy(this.nanos, new Int32Array(capacity));
    this.levels = copy(this.levels, new Int32Array(capacity));
    this.next = copy(this.next, new Int32Array(capacity));
    this.previous = copy(this.previous, new Int32Array(capacity));
    if (this.wide) this.quantityTails = copy(this.quantityTails, new Float64Array(capacity));
    const old = this.#table;
    const table = new Int32Array(capacity * 2);
    const mask = table.length - 1;
    for (const slot of old) {
      if (slot === 0) continue;
      let at = hashOf(this.idHeads[slot]!, this.idTails[slot]!) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = slot;
    }
    this.#table = table;
  }
}

function copy<T extends Column>(from: T, to: T): T {
  to.set(from);
  return to;
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
