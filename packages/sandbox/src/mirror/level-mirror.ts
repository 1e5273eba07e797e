import { type ApplyOutcome, L2Book } from '@kr/orderbook';
import { toScaled } from '@kr/orderbook/decimal';
import type { Hand } from './hand.ts';
import type { Mirror, Print } from './mirror.ts';

const SIDES = ['bids', 'asks'] as const;
type SideName = (typeof SIDES)[number];

/**
 * Mirrors a recorded `book`: levels without their orders. Where a paper order stands in the queue of a
 * level can then only be supposed, and is supposed to its disadvantage: what a level loses without a
 * recorded trade was cancelled behind the paper order, what it gains comes behind it, and only trades
 * take what is before it.
 */
export class LevelMirror implements Mirror {
  readonly #hand: Hand;
  readonly #book: L2Book;
  /** What stands recorded, in lots by ticks. */
  readonly #recorded: Record<SideName, Map<number, bigint>> = { bids: new Map(), asks: new Map() };
  /** What paper orders took of it. */
  readonly #eaten: Record<SideName, Map<number, bigint>> = { bids: new Map(), asks: new Map() };

  constructor(hand: Hand, depth: number) {
    this.#hand = hand;
    this.#book = new L2Book({ symbol: hand.market.instrument.symbol, depth });
  }

  apply(frame: Uint8Array, nowNs: bigint): ApplyOutcome {
    const outcome = this.#book.apply(frame);
    if (outcome === 'foreign' || outcome === 'awaitingSnapshot') return outcome;
    for (const side of SIDES) this.#read(side);
    this.#hand.act(nowNs, () => {
      // What is gone first: between the frame's entries the recorded sides may cross.
      for (const side of SIDES) this.#shrink(side);
      for (const side of SIDES)
        for (const ticks of this.#recorded[side].keys()) this.#grow(side, ticks);
    });
    return outcome;
  }

  print(print: Print, nowNs: bigint): void {
    const side = print.side === 'buy' ? 'asks' : 'bids';
    this.#hand.act(nowNs, () => {
      this.#hand.print(print);
      // The book's own frame says how much is left, before this one or after it: what was taken at the
      // head of the queue is put back at its end until then.
      for (const ticks of [...this.#recorded[side].keys()]) this.#grow(side, ticks);
    });
  }

  eat(side: SideName, ticks: number, lots: bigint): void {
    const eaten = this.#eaten[side];
    if (this.#recorded[side].has(ticks)) eaten.set(ticks, (eaten.get(ticks) ?? 0n) + lots);
  }

  #read(side: SideName): void {
    const { pricePrecision, quantityPrecision } = this.#hand.market.instrument;
    const levels = this.#recorded[side];
    levels.clear();
    for (const { price, quantity } of this.#book[side]()) {
      levels.set(Number(toScaled(price, pricePrecision)), toScaled(quantity, quantityPrecision));
    }
    const eaten = this.#eaten[side];
    for (const ticks of eaten.keys()) if (!levels.has(ticks)) eaten.delete(ticks);
  }

  /** Takes back what a level has too much of, from the end of its queue. */
  #shrink(side: SideName): void {
    const bookSide = this.#hand.market.book[side];
    const byLevel = new Map<number, bigint>();
    for (const order of this.#hand.orders(bookSide)) {
      const { limitTicks = 0, visibleLots } = order;
      byLevel.set(limitTicks, (byLevel.get(limitTicks) ?? 0n) + visibleLots);
    }
    for (const [ticks, have] of byLevel) {
      let excess = have - this.#target(side, ticks);
      for (const order of excess > 0n ? this.#hand.ordersAt(bookSide, ticks).toReversed() : []) {
        const cut = order.visibleLots < excess ? order.visibleLots : excess;
        this.#hand.set(order, order.visibleLots - cut);
        excess -= cut;
        if (excess === 0n) break;
      }
    }
  }

  /** Adds what a level has too little of, at the end of its queue. */
  #grow(side: SideName, ticks: number): void {
    const bookSide = this.#hand.market.book[side];
    let missing = this.#target(side, ticks);
    for (const { visibleLots } of this.#hand.ordersAt(bookSide, ticks)) missing -= visibleLots;
    if (missing <= 0n) return;
    // What paper orders that stand in its way take of it is eaten, as what they take later.
    const { filledLots } = this.#hand.add(bookSide, ticks, missing);
    if (filledLots > 0n) this.eat(side, ticks, filledLots);
  }

  #target(side: SideName, ticks: number): bigint {
    const left = (this.#recorded[side].get(ticks) ?? 0n) - (this.#eaten[side].get(ticks) ?? 0n);
    return left > 0n ? left : 0n;
  }
}
