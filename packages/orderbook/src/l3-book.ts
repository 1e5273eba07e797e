import { Book } from './book.ts';
import type { Digits } from './entries.ts';
import { CHECKSUM_LEVELS, type Ladder } from './ladder.ts';
import { LEVEL3_CHANNEL } from './level3-channel.ts';
import { formatScaled, joinScaled, tailOf } from './lexeme.ts';
import type { L3BookOptions } from './options.ts';
import { ADD, DELETE, MODIFY, OrderBatch } from './order-batch.ts';
import { OrderIds } from './order-id.ts';
import {
  appendOrder,
  type OrderQueue,
  refreshQueue,
  removeOrder,
  STALE,
  slotsOf,
} from './order-queue.ts';
import { OrderStore } from './order-store.ts';
import { formatOrderTime, parseOrderTime } from './order-time.ts';
import { scanOrders } from './scan-orders.ts';
import type { BookSide, L3Snapshot, Level, Order, OrderEvent } from './types.ts';

const KINDS = { add: ADD, modify: MODIFY, delete: DELETE } as const;
/** Ids of an unusual form are forgotten in sweeps, when this many more are kept than needed. */
const SPARE_IDS = 1024;

/** Of the message in hand: filled and applied within one call, so all books share it. */
const batch: OrderBatch = /* @__PURE__ */ new OrderBatch();

/**
 * An order-by-order (L3) book of one symbol, kept from Kraken's `level3` channel and verified by
 * the exchange's checksum on every message: https://docs.kraken.com/api/docs/guides/spot-ws-l3-v2
 *
 * Within one message the adds of a side join their queues in the order of their own timestamps; a
 * modification keeps its place; an order announced again joins the end; levels past the depth are
 * dropped after the whole message.
 *
 * Its ladders keep a queue's number, 1 and up, where an L2 book's keep the quantity. Each queue
 * caches its CRC. A new order is appended to it; any other change makes it stale, and only those of
 * the ten best levels are ever made anew.
 */
export class L3Book extends Book<Order, OrderEvent> {
  readonly #orders = new OrderStore();
  readonly #ids = new OrderIds();
  readonly #queues: OrderQueue[] = [];
  #freeQueues: number[] = [];
  #unknownOrders = 0;

  /** Throws INVALID_OPTION. */
  constructor(options: L3BookOptions) {
    super(LEVEL3_CHANNEL, options);
  }

  /**
   * The book of a `toSnapshot()`, as verified as it was. Throws INVALID_SNAPSHOT when its orders
   * do not have its checksum.
   */
  static fromSnapshot(snapshot: L3Snapshot): L3Book {
    return new L3Book(snapshot).restore(snapshot);
  }

  /** Orders on both sides. */
  get orderCount(): number {
    return this.#orders.count;
  }

  /** Modifications and deletions of orders that were not in the book: ignored, and counted here. */
  get unknownOrders(): number {
    return this.#unknownOrders;
  }

  /** The orders of one level by rank (0 is the best), first in the queue first. */
  ordersAt(side: BookSide, rank: number): Order[] {
    const ladder = this.ladder(side);
    const at = ladder.indexOf(rank);
    return at < 0 ? [] : this.#slots(ladder, at).map((slot) => this.#order(ladder, at, slot));
  }

  /** The orders of the best `count` levels, in book order; all without `count`. */
  orders(side: BookSide, count: number = this.depth): Order[] {
    return this.entries(this.ladder(side), count);
  }

  /** How many orders a level has, by rank; 0 past the last level. */
  orderCountAt(side: BookSide, rank: number): number {
    const ladder = this.ladder(side);
    const at = ladder.indexOf(rank);
    return at < 0 ? 0 : this.#queueAt(ladder, at).count;
  }

  /** An order with its side and the rank of its level; undefined when it is not in the book. */
  order(orderId: string): (Order & { readonly side: BookSide; readonly rank: number }) | undefined {
    this.#ids.pack(orderId, false);
    const slot = this.#orders.find(this.#ids.head, this.#ids.tail);
    if (slot === 0) return undefined;
    const { key, keyTail, isAsk } = this.#queues[this.#orders.levels[slot]!]!;
    const side = isAsk ? 'asks' : 'bids';
    const ladder = this.ladder(side);
    const at = ladder.find(key, keyTail);
    return { ...this.#order(ladder, at, slot), side, rank: ladder.high - 1 - at };
  }

  protected override levels(ladder: Ladder, count: number): Level[] {
    const { quantities, quantityTails } = this.#orders;
    return ladder.best(count).map((at) => {
      let total = 0n;
      for (const slot of this.#slots(ladder, at)) {
        total += BigInt(quantities[slot]!) + BigInt(quantityTails[slot]!);
      }
      return {
        price: formatScaled(ladder.priceAt(at), this.priceDecimals),
        quantity: formatScaled(total, this.quantityDecimals),
      };
    });
  }

  protected override entries(ladder: Ladder, count: number): Order[] {
    return ladder
      .best(count)
      .flatMap((at) => this.#slots(ladder, at).map((slot) => this.#order(ladder, at, slot)));
  }

  protected override clearLevels(): void {
    super.clearLevels();
    this.#orders.clear();
    this.#ids.clear();
    this.#queues.length = 1;
    this.#freeQueues = [];
  }

  protected override begin(): void {
    batch.count = 0;
  }

  protected override put(digits: Digits, isAsk: boolean): void {
    const { price, quantity, crc, length } = digits;
    const event = digits.entry as OrderEvent;
    if (batch.count === batch.capacity) batch.grow();
    const at = batch.count++;
    const { seconds, nanos } = parseOrderTime(event.timestamp);
    const key = isAsk ? -price : price;
    // A deletion's id too: an add later in the array may come before it in time.
    this.#ids.pack(event.orderId, true);
    batch.kinds[at] = KINDS[event.event ?? 'add'];
    batch.isAsk[at] = Number(isAsk);
    batch.idHeads[at] = this.#ids.head;
    batch.idTails[at] = this.#ids.tail;
    batch.keys[at] = Number(key);
    batch.keyTails[at] = tailOf(key);
    batch.quantities[at] = Number(quantity);
    batch.quantityTails[at] = tailOf(quantity);
    batch.crcs[at] = crc;
    batch.lengths[at] = length;
    batch.seconds[at] = seconds;
    batch.nanos[at] = nanos;
  }

  override scanSide(
    bytes: Uint8Array,
    start: number,
    length: number,
    isAsk: boolean,
    snapshot: boolean,
  ): number {
    batch.priceDecimals = this.priceDecimals;
    batch.quantityDecimals = this.quantityDecimals;
    const at = scanOrders(bytes, start, length, batch, isAsk, snapshot);
    this.priceDecimals = batch.priceDecimals;
    this.quantityDecimals = batch.quantityDecimals;
    return at;
  }

  protected override commit(snapshot: boolean): void {
    batch.sortAdds(snapshot);
    for (let i = 0; i < batch.count; i++) this.#apply(batch.order[i]!);
    this.#truncate(this.bidLadder);
    this.#truncate(this.askLadder);
    if (this.#ids.kept > this.#orders.count * 2 + SPARE_IDS) {
      this.#ids.sweep((head, tail) => this.#orders.find(head, tail) !== 0);
    }
  }

  /** Brings the digests of the best levels up to date, where the ladder looks for them. */
  protected override fold(ladder: Ladder, register: number): number {
    const { digests, folded, high } = ladder;
    for (let rank = folded; rank < CHECKSUM_LEVELS && rank < ladder.count; rank++) {
      const at = high - 1 - rank;
      const queue = this.#queueAt(ladder, at);
      if (queue.length === STALE) refreshQueue(this.#orders, queue);
      digests[at << 1] = queue.crc;
      digests[(at << 1) + 1] = queue.length;
    }
    return ladder.fold(register);
  }

  #apply(event: number): void {
    const orders = this.#orders;
    const known = orders.find(batch.idHeads[event]!, batch.idTails[event]!);
    const kind = batch.kinds[event]!;
    if (kind !== ADD && known === 0) {
      this.#unknownOrders++;
      return;
    }
    if (kind === DELETE || batch.quantities[event] === 0) {
      if (known !== 0) this.#remove(known);
      return;
    }
    const key = batch.keys[event]!;
    const keyTail = batch.keyTails[event]!;
    if (known !== 0) {
      const queue = this.#queues[orders.levels[known]!]!;
      if (kind === MODIFY && queue.key === key && queue.keyTail === keyTail) {
        orders.update(known, batch, event);
        this.#spoil(queue);
        return;
      }
      // Announced again, or moved to another price: it joins the end of the queue.
      this.#remove(known);
    }
    this.#append(event, this.#levelOf(batch.isAsk[event] === 1, key, keyTail));
  }

  /** The number of a key's queue, made where there is none. */
  #levelOf(isAsk: boolean, key: number, keyTail: number): number {
    const ladder = isAsk ? this.askLadder : this.bidLadder;
    if (keyTail !== 0) ladder.widen();
    const at = ladder.find(key, keyTail);
    if (ladder.isAt(at, key, keyTail)) {
      ladder.touch(at);
      return ladder.quantities[at]!;
    }
    const level = this.#freeQueues.pop() ?? this.#queues.length;
    const empty = { isAsk, key, keyTail, first: 0, last: 0, count: 0, crc: 0, length: 0 };
    this.#queues[level] = empty;
    ladder.set(key, keyTail, level, 0, 0, 0);
    return level;
  }

  #append(event: number, level: number): void {
    const orders = this.#orders;
    appendOrder(orders, this.#queues[level]!, orders.add(batch, event, level));
  }

  #remove(slot: number): void {
    const orders = this.#orders;
    const level = orders.levels[slot]!;
    const queue = this.#queues[level]!;
    removeOrder(orders, queue, slot);
    this.#spoil(queue);
    if (queue.count > 0) return;
    const ladder = queue.isAsk ? this.askLadder : this.bidLadder;
    ladder.set(queue.key, queue.keyTail, 0, 0, 0, 0);
    this.#freeQueues.push(level);
  }

  /** Drops the worst levels with their orders: no delete is ever sent for them. */
  #truncate(ladder: Ladder): void {
    for (; ladder.count > this.depth; ladder.low++) {
      for (const slot of this.#slots(ladder, ladder.low)) this.#orders.remove(slot);
      this.#freeQueues.push(ladder.quantities[ladder.low]!);
    }
  }

  /** An order in the queue is other than it was, or gone. */
  #spoil(queue: OrderQueue): void {
    const ladder = queue.isAsk ? this.askLadder : this.bidLadder;
    ladder.touch(ladder.find(queue.key, queue.keyTail));
    queue.length = STALE;
  }

  #queueAt(ladder: Ladder, at: number): OrderQueue {
    return this.#queues[ladder.quantities[at]!]!;
  }

  /** The orders of a level, first in the queue first. */
  #slots(ladder: Ladder, at: number): number[] {
    return slotsOf(this.#orders, this.#queueAt(ladder, at));
  }

  #order(ladder: Ladder, at: number, slot: number): Order {
    const orders = this.#orders;
    const quantity = joinScaled(orders.quantities[slot]!, orders.quantityTails[slot]!);
    return {
      orderId: this.#ids.unpack(orders.idHeads[slot]!, orders.idTails[slot]!),
      price: formatScaled(ladder.priceAt(at), this.priceDecimals),
      quantity: formatScaled(quantity, this.quantityDecimals),
      timestamp: formatOrderTime(orders.seconds[slot]!, orders.nanos[slot]!),
    };
  }
}
