import { crcShift } from './crc-shift.ts';
import { crcShiftFar } from './crc-shift-far.ts';
import { CRC_INITIAL } from './crc32.ts';
import { CHECKSUM_LEVELS, Ladder } from './ladder.ts';
import { UNKNOWN } from './level-batch.ts';
import { ADD, DELETE, type OrderBatch } from './order-batch.ts';
import { OrderIds } from './order-id.ts';
import { OrderStore } from './order-store.ts';

/** A level whose CRC must be made anew from its orders. */
const STALE = -1;
const FIRST_LEVELS = 64;
/** Ids of an unusual form are forgotten in sweeps, when this many more are kept than needed. */
const SPARE_IDS = 1024;

/**
 * The two sides of an L3 book: ladders (ladder.ts) whose levels are queues of orders. A ladder
 * keeps a level's number, 1 and up, where an L2 book keeps the quantity.
 *
 * Each level caches the CRC of its queue. A new order is appended to it; any other change makes it
 * stale, and only the ten best levels are ever made anew.
 */
export class OrderSides {
  readonly depth: number;
  readonly bids: Ladder;
  readonly asks: Ladder;
  readonly orders = new OrderStore();
  readonly ids = new OrderIds();
  pricePrecision = UNKNOWN;
  quantityPrecision = UNKNOWN;
  /** Modifications and deletions of orders that are not in the book: ignored, and counted here. */
  unknownOrders = 0;
  /** Of each level: the ends of its queue, the orders in it, their CRC and digits, its key. */
  first: Int32Array = new Int32Array(FIRST_LEVELS);
  last: Int32Array = new Int32Array(FIRST_LEVELS);
  counts: Int32Array = new Int32Array(FIRST_LEVELS);
  #crcs = new Int32Array(FIRST_LEVELS);
  #lengths = new Int32Array(FIRST_LEVELS);
  #keys = new Float64Array(FIRST_LEVELS);
  #keyTails = new Float64Array(FIRST_LEVELS);
  #isBid = new Uint8Array(FIRST_LEVELS);
  /** What the checksum is made of, while no level of the side changed. */
  #asksCrc = 0;
  #bidsCrc = 0;
  #bidsLength = 0;
  #asksFolded = false;
  #bidsFolded = false;
  /** The digits that the last `#fold` fed. */
  #foldedLength = 0;
  #freeLevels: number[] = [];
  #unusedLevel = 1;

  constructor(depth: number) {
    this.depth = depth;
    this.bids = new Ladder(depth, 0);
    this.asks = new Ladder(depth, 0);
  }

  clear(): void {
    this.bids.clear();
    this.asks.clear();
    this.orders.clear();
    this.ids.clear();
    this.#freeLevels = [];
    this.#unusedLevel = 1;
    this.#asksFolded = false;
    this.#bidsFolded = false;
    this.pricePrecision = UNKNOWN;
    this.quantityPrecision = UNKNOWN;
  }

  /** Applies a message, then cuts both sides to the depth. */
  apply(batch: OrderBatch): void {
    this.pricePrecision = Math.max(batch.pricePrecision, 0);
    this.quantityPrecision = Math.max(batch.quantityPrecision, 0);
    batch.sortAdds(0, batch.bidCount);
    batch.sortAdds(batch.bidCount, batch.count);
    for (let i = 0; i < batch.bidCount; i++) this.#applyEvent(batch, batch.order[i]!, true);
    for (let i = batch.bidCount; i < batch.count; i++) {
      this.#applyEvent(batch, batch.order[i]!, false);
    }
    this.#truncate(this.bids);
    this.#truncate(this.asks);
    if (this.ids.kept > this.orders.count * 2 + SPARE_IDS) {
      this.ids.sweep((head, tail) => this.orders.find(head, tail) !== 0);
    }
  }

  /**
   * Kraken's checksum as a signed 32-bit integer: every order of the ten best levels, asks first.
   * Most messages touch one side: the other's part is kept.
   */
  checksum(): number {
    if (!this.#asksFolded) {
      this.#asksCrc = this.#fold(this.asks, CRC_INITIAL);
      this.#asksFolded = true;
    }
    if (!this.#bidsFolded) {
      this.#bidsCrc = this.#fold(this.bids, 0);
      this.#bidsLength = this.#foldedLength;
      this.#bidsFolded = true;
    }
    return ~(crcShiftFar(this.#asksCrc, this.#bidsLength) ^ this.#bidsCrc);
  }

  sideOf(slot: number): 'bids' | 'asks' {
    return this.#isBid[this.orders.levels[slot]!] === 1 ? 'bids' : 'asks';
  }

  /** The ladder's index of an order's level. */
  levelIndexOf(slot: number): number {
    const level = this.orders.levels[slot]!;
    const ladder = this.#isBid[level] === 1 ? this.bids : this.asks;
    return ladder.indexOf(this.#keys[level]!, this.#keyTails[level]!);
  }

  #applyEvent(batch: OrderBatch, event: number, isBid: boolean): void {
    const known = this.orders.find(batch.idHeads[event]!, batch.idTails[event]!);
    const kind = batch.kinds[event]!;
    if (kind !== ADD && known === 0) {
      this.unknownOrders++;
      return;
    }
    if (kind === DELETE || batch.quantities[event] === 0) {
      if (known !== 0) this.#remove(known);
      return;
    }
    const sign = isBid ? 1 : -1;
    const key = sign * batch.prices[event]!;
    const keyTail = batch.wide ? sign * batch.priceTails[event]! : 0;
    if (known !== 0) {
      const level = this.orders.levels[known]!;
      if (
        kind !== ADD &&
        this.#keys[level] === key &&
        this.#keyTails[level] === keyTail &&
        this.#isBid[level] === Number(isBid)
      ) {
        this.orders.update(batch, event, known);
        this.#change(level);
        this.#lengths[level] = STALE;
        return;
      }
      // Re-announced, or moved to another price: it joins the end of the queue.
      this.#remove(known);
    }
    this.#append(batch, event, this.#levelOf(isBid, key, keyTail));
  }

  /** The level of a key, made where there is none. */
  #levelOf(isBid: boolean, key: number, keyTail: number): number {
    const ladder = isBid ? this.bids : this.asks;
    const at = ladder.indexOf(key, keyTail);
    if (at >= 0) return ladder.quantities[at]!;
    const level = this.#freeLevels.pop() ?? this.#unusedLevel++;
    if (level === this.first.length) this.#growLevels();
    this.first[level] = 0;
    this.last[level] = 0;
    this.counts[level] = 0;
    this.#crcs[level] = 0;
    this.#lengths[level] = 0;
    this.#keys[level] = key;
    this.#keyTails[level] = keyTail;
    this.#isBid[level] = Number(isBid);
    if (ladder.wide || keyTail !== 0) ladder.setWide(key, keyTail, level, 0, 0, 0);
    else ladder.set(key, level, 0, 0);
    return level;
  }

  #append(batch: OrderBatch, event: number, level: number): void {
    const { orders } = this;
    const slot = orders.add(batch, event, level);
    const last = this.last[level]!;
    orders.previous[slot] = last;
    orders.next[slot] = 0;
    if (last === 0) this.first[level] = slot;
    else orders.next[last] = slot;
    this.last[level] = slot;
    this.counts[level]!++;
    this.#change(level);
    const length = this.#lengths[level]!;
    if (length === STALE) return;
    const digits = orders.lengths[slot]!;
    this.#crcs[level] = crcShift(this.#crcs[level]!, digits) ^ orders.crcs[slot]!;
    this.#lengths[level] = length + digits;
  }

  #remove(slot: number): void {
    const { orders } = this;
    const level = orders.levels[slot]!;
    const previous = orders.previous[slot]!;
    const next = orders.next[slot]!;
    if (previous === 0) this.first[level] = next;
    else orders.next[previous] = next;
    if (next === 0) this.last[level] = previous;
    else orders.previous[next] = previous;
    orders.remove(slot);
    this.#change(level);
    this.#lengths[level] = STALE;
    if (--this.counts[level]! > 0) return;
    const ladder = this.#isBid[level] === 1 ? this.bids : this.asks;
    const key = this.#keys[level]!;
    if (ladder.wide) ladder.setWide(key, this.#keyTails[level]!, 0, 0, 0, 0);
    else ladder.set(key, 0, 0, 0);
    this.#freeLevels.push(level);
  }

  /** A level's orders, or the level itself, are other than they were. */
  #change(level: number): void {
    if (this.#isBid[level] === 1) this.#bidsFolded = false;
    else this.#asksFolded = false;
  }

  /** Drops the worst levels with their orders: no delete is ever sent for them. */
  #truncate(ladder: Ladder): void {
    while (ladder.count > this.depth) {
      const level = ladder.quantities[ladder.low]!;
      for (let slot = this.first[level]!; slot !== 0; ) {
        const next = this.orders.next[slot]!;
        this.orders.remove(slot);
        slot = next;
      }
      this.#freeLevels.push(level);
      ladder.low++;
    }
  }

  #fold(ladder: Ladder, register: number): number {
    const end = Math.max(ladder.low, ladder.high - CHECKSUM_LEVELS);
    let total = 0;
    for (let at = ladder.high - 1; at >= end; at--) {
      const level = ladder.quantities[at]!;
      if (this.#lengths[level] === STALE) this.#refresh(level);
      const length = this.#lengths[level]!;
      register = crcShiftFar(register, length) ^ this.#crcs[level]!;
      total += length;
    }
    this.#foldedLength = total;
    return register;
  }

  #refresh(level: number): void {
    const { crcs, lengths, next } = this.orders;
    let register = 0;
    let total = 0;
    for (let slot = this.first[level]!; slot !== 0; slot = next[slot]!) {
      const digits = lengths[slot]!;
      register = crcShift(register, digits) ^ crcs[slot]!;
      total += digits;
    }
    this.#crcs[level] = register;
    this.#lengths[level] = total;
  }

  #growLevels(): void {
    const capacity = this.first.length * 2;
    this.first = grown(this.first, new Int32Array(capacity));
    this.last = grown(this.last, new Int32Array(capacity));
    this.counts = grown(this.counts, new Int32Array(capacity));
    this.#crcs = grown(this.#crcs, new Int32Array(capacity));
    this.#lengths = grown(this.#lengths, new Int32Array(capacity));
    this.#keys = grown(this.#keys, new Float64Array(capacity));
    this.#keyTails = grown(this.#keyTails, new Float64Array(capacity));
    this.#isBid = grown(this.#isBid, new Uint8Array(capacity));
  }
}

function grown<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
