import type { L3BookOptions } from './book-options.ts';
import { CHECKSUM_LEVELS, type Ladder } from './ladder.ts';
import { invalidLevel } from './lexeme.ts';
import { frameBuffer, loneSurrogate, unreadable } from './loaded-frame.ts';
import { MAX_DEPTH, wholeNumber } from './options.ts';
import { OrderBatch } from './order-batch.ts';
import { readOrder, readOrders, readTotals } from './order-reading.ts';
import { rescaledOrders } from './order-rescale.ts';
import { OrderSides } from './order-sides.ts';
import { parseLevel3 } from './parse-level3.ts';
import { isSame, lowered, type Precision, raised, readPrecision } from './precision.ts';
import { FOREIGN, SCANNED } from './scan-book.ts';
import { scanLevel3 } from './scan-level3.ts';
import { fillOrderBatch, readTextOrders, type TextOrders } from './text-orders.ts';
import type {
  ApplyOutcome,
  BookSide,
  L3Snapshot,
  Level,
  Order,
  OrderEvent,
  OrderSnapshotLevels,
  OrderUpdateLevels,
} from './types.ts';
import { Verification } from './verification.ts';
import { isAscii } from './wire-text.ts';

/** Of the message in hand: filled and applied within one call, so all books share it. */
const batch: OrderBatch = /* @__PURE__ */ new OrderBatch();

/**
 * An order-by-order (L3) book of one symbol, kept from Kraken's `level3` channel and verified by
 * the exchange's checksum on every message: https://docs.kraken.com/api/docs/guides/spot-ws-l3-v2
 *
 * Within one message the adds of a side join their queues in the order of their own timestamps; a
 * modification keeps its place; an order announced again joins the end; levels past the depth are
 * dropped after the whole message. As with `L2Book`, nothing is ever repaired.
 */
export class L3Book {
  readonly #given: Precision;
  readonly #state = new Verification();
  #sides: OrderSides;
  #symbol: string | undefined;
  /** The symbol where the scan can compare it. */
  #scanned: string | undefined;

  /** Throws INVALID_OPTION. */
  constructor(options: L3BookOptions) {
    this.#given = readPrecision(options);
    this.#sides = new OrderSides(wholeNumber('depth', options.depth, 1, MAX_DEPTH));
    if (options.symbol !== undefined) this.#name(options.symbol);
  }

  /**
   * The book of a `toSnapshot()`, as verified as it was. Throws INVALID_SNAPSHOT when its orders
   * do not have its checksum.
   */
  static fromSnapshot(snapshot: L3Snapshot): L3Book {
    const book = new L3Book(snapshot);
    if (snapshot.awaitingSnapshot) return book;
    book.applySnapshot(snapshot);
    book.#state.restore(snapshot);
    return book;
  }

  /** Price levels a side. */
  get depth(): number {
    return this.#sides.depth;
  }

  /** As given, else that of the first snapshot. */
  get symbol(): string | undefined {
    return this.#symbol;
  }

  /** True when the last message's checksum matched, and every one since the last snapshot did. */
  get verified(): boolean {
    return this.#state.verified;
  }

  /** True until a snapshot is applied: updates are not applied before it. */
  get awaitingSnapshot(): boolean {
    return !this.#state.live;
  }

  /** The decimals of every price in the book; undefined before the first snapshot. */
  get pricePrecision(): number | undefined {
    return this.#state.live ? this.#sides.pricePrecision : undefined;
  }

  /** The decimals of every quantity in the book; undefined before the first snapshot. */
  get quantityPrecision(): number | undefined {
    return this.#state.live ? this.#sides.quantityPrecision : undefined;
  }

  /** The checksum the last applied frame carried; undefined when it carried none. */
  get expectedChecksum(): number | undefined {
    return this.#state.expected;
  }

  /** Price levels on the side. */
  get bidCount(): number {
    return this.#sides.bids.count;
  }

  get askCount(): number {
    return this.#sides.asks.count;
  }

  /** Orders on both sides. */
  get orderCount(): number {
    return this.#sides.orders.count;
  }

  /** Modifications and deletions of orders that were not in the book: ignored, and counted here. */
  get unknownOrders(): number {
    return this.#sides.unknownOrders;
  }

  /** Applies a frame as received, bytes or text. Throws MALFORMED_FRAME (see `L2Book.apply`). */
  apply(frame: Uint8Array | string): ApplyOutcome {
    if (!frameBuffer.load(frame)) throw this.#lost(loneSurrogate());
    if (this.#scanned !== undefined) {
      const { live } = this.#state;
      const known = live ? this.#sides : this.#given;
      batch.pricePrecision = known.pricePrecision;
      batch.quantityPrecision = known.quantityPrecision;
      const scan = scanLevel3(frameBuffer, this.#scanned, batch);
      if (scan === FOREIGN) return 'foreign';
      if (scan === SCANNED) {
        if (!batch.snapshot && !live) return 'awaitingSnapshot';
        if (batch.snapshot) this.#sides.clear();
        this.#sides.apply(batch);
        return this.#state.settle(batch, this.#sides.checksum());
      }
    }
    try {
      return this.#applyParsed();
    } catch (error) {
      throw this.#lost(unreadable(error));
    }
  }

  /** Replaces the whole book. Throws INVALID_LEVEL, with the book as it was. */
  applySnapshot(snapshot: OrderSnapshotLevels): ApplyOutcome {
    const { checksum } = snapshot;
    const bids = snapshot.bids.map(toAdd);
    return this.#applyEvents({ bids, asks: snapshot.asks.map(toAdd), checksum }, true);
  }

  /** Applies order events by the rules above. Throws INVALID_LEVEL, with the book as it was. */
  applyUpdate(update: OrderUpdateLevels): ApplyOutcome {
    return this.#applyEvents(update, false);
  }

  /** The best level: its price and the sum of its orders. */
  bestBid(): Level | undefined {
    return this.bids(1)[0];
  }

  bestAsk(): Level | undefined {
    return this.asks(1)[0];
  }

  /** The best `count` bid levels, orders summed up, best first; all without `count`. */
  bids(count: number = this.depth): Level[] {
    return readTotals(this.#sides, this.#sides.bids, count);
  }

  /** The best `count` ask levels, orders summed up, best first; all without `count`. */
  asks(count: number = this.depth): Level[] {
    return readTotals(this.#sides, this.#sides.asks, count);
  }

  /** The orders of one level by rank (0 is the best), first in the queue first. */
  ordersAt(side: BookSide, rank: number): Order[] {
    const ladder = this.#ladder(side);
    return ladder.has(rank) ? readOrders(this.#sides, ladder, rank, 1) : [];
  }

  /** The orders of the best `count` levels, in book order; all without `count`. */
  orders(side: BookSide, count: number = this.depth): Order[] {
    return readOrders(this.#sides, this.#ladder(side), 0, count);
  }

  /** How many orders a level has, by rank; 0 past the last level. */
  orderCountAt(side: BookSide, rank: number): number {
    const ladder = this.#ladder(side);
    if (!ladder.has(rank)) return 0;
    return this.#sides.counts[ladder.quantities[ladder.high - 1 - rank]!]!;
  }

  /** An order with its side and the rank of its level; undefined when it is not in the book. */
  order(orderId: string): (Order & { readonly side: BookSide; readonly rank: number }) | undefined {
    const { ids, orders } = this.#sides;
    ids.pack(orderId, false);
    const slot = orders.find(ids.head, ids.tail);
    if (slot === 0) return undefined;
    const side = this.#sides.sideOf(slot);
    const ladder = this.#ladder(side);
    const at = this.#sides.levelIndexOf(slot);
    return { ...readOrder(this.#sides, ladder, at, slot), side, rank: ladder.high - 1 - at };
  }

  /** The orders that the checksum covers: `explainChecksum` shows how. */
  checksumLevels(side: BookSide): Order[] {
    return this.orders(side, CHECKSUM_LEVELS);
  }

  /** Kraken's checksum of the book as it is: unsigned 32-bit, 0 for an empty book. */
  checksum(): number {
    return this.#sides.checksum() >>> 0;
  }

  /** The whole book as plain data: `L3Book.fromSnapshot` makes the same book of it. */
  toSnapshot(): L3Snapshot {
    return {
      symbol: this.symbol,
      depth: this.depth,
      pricePrecision: this.pricePrecision,
      quantityPrecision: this.quantityPrecision,
      bids: this.orders('bids'),
      asks: this.orders('asks'),
      checksum: this.checksum(),
      verified: this.verified,
      awaitingSnapshot: this.awaitingSnapshot,
    };
  }

  /** Forgets everything but the options and the symbol: the book awaits a snapshot again. */
  clear(): void {
    this.#sides.clear();
    this.#state.clear();
  }

  #applyParsed(): ApplyOutcome {
    let outcome: ApplyOutcome = 'foreign';
    for (const message of parseLevel3(frameBuffer.bytes, frameBuffer.length)) {
      if (this.#symbol === undefined && message.snapshot) this.#name(message.symbol);
      if (this.#symbol !== undefined && message.symbol !== this.#symbol) continue;
      const next = this.#applyEvents(message, message.snapshot);
      outcome = outcome === 'mismatch' && !message.snapshot ? 'mismatch' : next;
    }
    return outcome;
  }

  #applyEvents(message: OrderUpdateLevels, snapshot: boolean): ApplyOutcome {
    const events = readTextOrders(message);
    const { checksum } = message;
    if (checksum !== undefined) wholeNumber('checksum', checksum, 0, 0xffffffff);
    if (!snapshot && !this.#state.live) return 'awaitingSnapshot';
    const precision = raised(snapshot ? this.#given : this.#sides, events.shown);
    const sides = snapshot ? new OrderSides(this.depth) : this.#atPrecision(precision);
    batch.snapshot = snapshot;
    batch.hasChecksum = checksum !== undefined;
    batch.checksum = (checksum ?? 0) | 0;
    batch.pricePrecision = precision.pricePrecision;
    batch.quantityPrecision = precision.quantityPrecision;
    fillOrderBatch(events, batch, sides.ids);
    sides.unknownOrders = this.#sides.unknownOrders;
    this.#sides = sides;
    sides.apply(batch);
    if (batch.hasChecksum && sides.checksum() !== batch.checksum) this.#tryFewer(events);
    return this.#state.settle(batch, this.#sides.checksum());
  }

  #atPrecision(precision: Precision): OrderSides {
    if (isSame(precision, this.#sides)) return this.#sides;
    const sides = rescaledOrders(this.#sides, precision);
    if (sides !== undefined) return sides;
    const { pricePrecision, quantityPrecision } = precision;
    const decimals = `${pricePrecision} and ${quantityPrecision} decimals`;
    throw invalidLevel(decimals, 'would be too many for some order');
  }

  /** As in `L2Book`: fewer decimals are dropped zeros or a new precision, as the checksum says. */
  #tryFewer({ shown }: TextOrders): void {
    const fewer = lowered(this.#sides, shown);
    const sides = fewer === undefined ? undefined : rescaledOrders(this.#sides, fewer);
    if (sides?.checksum() === batch.checksum) this.#sides = sides;
  }

  /** What a frame said is lost, so the book is no longer known to be right. */
  #lost(error: unknown): unknown {
    this.#state.lose();
    return error;
  }

  #name(symbol: string): void {
    this.#symbol = symbol;
    this.#scanned = isAscii(symbol) ? symbol : undefined;
  }

  #ladder(side: BookSide): Ladder {
    return side === 'bids' ? this.#sides.bids : this.#sides.asks;
  }
}

function toAdd(order: Order): OrderEvent {
  return { ...order, event: 'add' };
}
