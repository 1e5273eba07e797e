import { type ApplyOutcome, L3Book } from '@kr/orderbook';
import { toScaled } from '@kr/orderbook/decimal';
import { isOpen, type Order } from '../exchange/index.ts';
import type { Hand } from './hand.ts';
import type { Mirror, Print } from './mirror.ts';

const SIDES = ['bids', 'asks'] as const;
type SideName = (typeof SIDES)[number];

/** A recorded order and the one of the exchange that stands for it. */
interface Entry {
  readonly order: Order;
  /** What paper orders took of it, as far as it was counted, and its fills up to then. */
  eaten: bigint;
  counted: bigint;
}

/**
 * Mirrors a recorded `level3`: each order by itself, so that a paper order keeps its exact place in the
 * queue.
 */
export class OrderMirror implements Mirror {
  readonly #hand: Hand;
  readonly #book: L3Book;
  readonly #entries = new Map<string, Entry>();

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
            this.#set(entry, lots);
          } else {
            added.push(() => {
              this.#add(side, orderId, ticks, lots);
            });
          }
        }
      }
      for (const [id, entry] of this.#entries) {
        if (seen.has(id)) continue;
        this.#set(entry, 0n);
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
    });
    // What the recorded trade took is no paper order's.
    for (const entry of this.#entries.values()) entry.counted = entry.order.filledLots;
  }

  /** Counted from the orders themselves. */
  eat(): void {
    return;
  }

  #add(side: SideName, id: string, ticks: number, lots: bigint): void {
    const before = this.#entries.get(id);
    // One that was taken whole by paper orders is recorded still, and stays gone.
    if (before !== undefined && !isOpen(before.order) && before.order.limitTicks === ticks) {
      count(before);
      if (before.eaten >= lots) return;
    }
    if (before !== undefined && isOpen(before.order)) this.#hand.set(before.order, 0n);
    const order = this.#hand.add(this.#hand.market.book[side], ticks, lots, id);
    this.#entries.set(id, { order, eaten: 0n, counted: 0n });
  }

  #set(entry: Entry, lots: bigint): void {
    const { order } = entry;
    count(entry);
    const left = lots > entry.eaten ? lots - entry.eaten : 0n;
    if (isOpen(order) && left !== order.visibleLots) this.#hand.set(order, left);
  }
}

/** Fills that were not counted yet are what paper orders took. */
function count(entry: Entry): void {
  entry.eaten += entry.order.filledLots - entry.counted;
  entry.counted = entry.order.filledLots;
}
