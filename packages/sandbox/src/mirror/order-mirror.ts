import { type ApplyOutcome, L3Book } from '@kr/orderbook';
import { toScaled } from '@kr/orderbook/decimal';
import { isOpen, type Order } from '../exchange/index.ts';
import { type Hand, LATE_NS } from './hand.ts';
import type { Mirror, Print } from './mirror.ts';

const SIDES = ['bids', 'asks'] as const;
type SideName = (typeof SIDES)[number];

/** A recorded order and the one of the exchange that stands for it. */
interface Entry {
  readonly order: Order;
  /** What paper orders took of it, as far as it was counted, and its fills up to then. */
  eaten: bigint;
  counted: bigint;
  /** What stands recorded of it. */
  recorded: bigint;
}

/**
 * Mirrors a recorded `level3`: each order by itself, so that a paper order keeps its exact place in the
 * queue. Trades reach paper orders alone; what they take of recorded ones the book's own frames say.
 */
export class OrderMirror implements Mirror {
  readonly #hand: Hand;
  readonly #book: L3Book;
  readonly #entries = new Map<string, Entry>();
  /** What trades took that the book's frames have not lost yet, by side and ticks. */
  readonly #told = new Map<string, { readonly atNs: bigint; lots: bigint }>();

  constructor(hand: Hand, depth: number) {
    this.#hand = hand;
    const { symbol, pricePrecision, quantityPrecision } = hand.market.instrument;
    this.#book = new L3Book({ symbol, depth, pricePrecision, quantityPrecision });
  }

  apply(frame: Uint8Array, nowNs: bigint): ApplyOutcome {
    const outcome = this.#book.apply(frame);
    if (outcome === 'foreign' || outcome === 'awaitingSnapshot') return outcome;
    const { pricePrecision, quantityPrecision } = this.#hand.market.instrument;
    const seen = new Set<string>();
    const added: (() => void)[] = [];
    this.#hand.act(nowNs, () => {
      for (const side of SIDES) {
        for (const { orderId, price, quantity } of this.#book.orders(side)) {
          const lots = toScaled(quantity, quantityPrecision);
          const ticks = Number(toScaled(price, pricePrecision));
          const entry = this.#entries.get(orderId);
          seen.add(orderId);
          if (entry !== undefined && entry.order.limitTicks === ticks && isOpen(entry.order)) {
            this.#set(entry, lots, nowNs);
          } else {
            added.push(() => {
              this.#add(side, orderId, ticks, lots);
            });
          }
        }
      }
      for (const [id, entry] of this.#entries) {
        if (seen.has(id)) continue;
        this.#set(entry, 0n, nowNs);
        this.#entries.delete(id);
      }
      for (const add of added) add();
    });
    return outcome;
  }

  print(print: Print, nowNs: bigint): void {
    for (const entry of this.#entries.values()) count(entry);
    this.#hand.act(nowNs, () => {
      this.#hand.print(print);
      for (const [id, entry] of [...this.#entries]) this.#restore(id, entry, nowNs);
    });
  }

  /** Counted from the orders themselves. */
  eat(): void {
    return;
  }

  /** Puts back what a trade took of a recorded order: the book's own frame says what is left of it. */
  #restore(id: string, entry: Entry, nowNs: bigint): void {
    const { order, recorded } = entry;
    const taken = order.filledLots - entry.counted;
    if (taken === 0n) return;
    entry.counted = order.filledLots;
    const key = keyOf(order);
    const before = this.#told.get(key);
    const known = before !== undefined && nowNs - before.atNs <= LATE_NS ? before.lots : 0n;
    this.#told.set(key, { atNs: nowNs, lots: known + taken });
    const { side, limitTicks = 0 } = order;
    if (isOpen(order)) this.#set(entry, recorded, nowNs);
    else this.#add(side === 'buy' ? 'bids' : 'asks', id, limitTicks, recorded);
  }

  /** A recorded order at the end of its queue; what paper orders took of it before stays taken. */
  #add(side: SideName, id: string, ticks: number, recorded: bigint): void {
    const before = this.#entries.get(id);
    if (before !== undefined) {
      count(before);
      if (isOpen(before.order)) this.#hand.set(before.order, 0n);
    }
    const eaten = before?.order.limitTicks === ticks ? before.eaten : 0n;
    if (before !== undefined && eaten >= recorded) {
      before.recorded = recorded;
      return;
    }
    const order = this.#hand.add(this.#hand.market.book[side], ticks, recorded - eaten, id);
    this.#entries.set(id, { order, eaten, counted: 0n, recorded });
  }

  #set(entry: Entry, recorded: bigint, nowNs: bigint): void {
    const { order } = entry;
    count(entry);
    entry.recorded = recorded;
    const left = recorded > entry.eaten ? recorded - entry.eaten : 0n;
    if (!isOpen(order) || left === order.visibleLots) return;
    this.#hand.set(order, left, this.#settle(order, order.visibleLots - left, nowNs));
  }

  /** How much of what an order loses was told as a trade before. */
  #settle(order: Order, lost: bigint, nowNs: bigint): bigint {
    const told = this.#told.get(keyOf(order));
    if (lost <= 0n || told === undefined || nowNs - told.atNs > LATE_NS) return 0n;
    const known = told.lots < lost ? told.lots : lost;
    told.lots -= known;
    return known;
  }
}

const keyOf = ({ side, limitTicks }: Order): string => `${side} ${limitTicks}`;

/** Fills that were not counted yet are what paper orders took. */
function count(entry: Entry): void {
  entry.eaten += entry.order.filledLots - entry.counted;
  entry.counted = entry.order.filledLots;
}
