import type { Account, BookSide, Exchange, Market, Order, Side } from '../exchange/index.ts';
import type { Print } from './mirror.ts';

/** Lots that left a level before a paper order's turn, and when. */
interface Gone {
  readonly atNs: bigint;
  lots: bigint;
}

/** A trade that is told later than this after the book lost it is another one. */
export const LATE_NS = 500_000_000n;

/** What the recorded market does in a market of the exchange: its orders are the house's, and theirs alone are touched. */
export class Hand {
  readonly market: Market;
  readonly #exchange: Exchange;
  readonly #house: Account;
  /** By side and ticks. */
  readonly #gone = new Map<string, Gone>();
  #nowNs = 0n;

  constructor(exchange: Exchange, house: Account, market: Market) {
    this.#exchange = exchange;
    this.#house = house;
    this.market = market;
  }

  /** Does several things at one time, published as one batch. */
  act(nowNs: bigint, acts: () => void): void {
    this.#nowNs = nowNs;
    acts();
    this.#exchange.commit(nowNs);
  }

  /** The house's orders at a price, the first to trade first. */
  ordersAt(side: BookSide, ticks: number): Order[] {
    const orders: Order[] = [];
    for (let order = side.get(ticks)?.head; order !== undefined; order = order.next) {
      if (order.account === this.#house) orders.push(order);
    }
    return orders;
  }

  /** All of the house's orders of a side. */
  orders(side: BookSide): Order[] {
    const orders: Order[] = [];
    for (let rank = 0; rank < side.size; rank += 1) {
      for (let order = side.at(rank)?.head; order !== undefined; order = order.next) {
        if (order.account === this.#house) orders.push(order);
      }
    }
    return orders;
  }

  /** Places an order at the end of its queue; paper orders that it reaches trade with it first. */
  add(side: BookSide, ticks: number, lots: bigint, id?: string): Order {
    const terms = { market: this.market, side: sideOf(side), limitTicks: ticks, lots, id } as const;
    return this.#exchange.quote(this.#house, terms, this.#nowNs);
  }

  /** Lets an order stand with so many lots in its place; 0 takes it back. `told`: what of it a trade took before. */
  set(order: Order, lots: bigint, told = 0n): void {
    const gone = order.visibleLots - lots - told;
    if (gone > 0n && isBeforePaper(order)) this.#note(order, gone);
    if (lots === 0n) this.#exchange.withdraw(order, this.#nowNs);
    else this.#exchange.resize(order, lots);
  }

  /**
   * Lets a recorded trade take what is first in the queue. A book and its trades are told apart, in no
   * fixed order: what stood before a paper order and is gone since a moment was what the trade took, and
   * does not bring the paper order its turn. What the queue has not is told all the same.
   */
  print({ side, ticks, lots, tradeId }: Print): void {
    const { market } = this;
    if (tradeId !== undefined && tradeId > market.tradeId) market.tradeId = tradeId - 1;
    const wanted = lots - this.#absorb(keyOf(side === 'buy' ? 'sell' : 'buy', ticks), lots);
    const terms = { market, side, limitTicks: ticks, lots: wanted, immediate: true };
    const found =
      wanted === 0n ? 0n : this.#exchange.quote(this.#house, terms, this.#nowNs).filledLots;
    const rest = lots - found;
    if (rest > 0n) this.#exchange.tell(market, { side, ticks, lots: rest }, this.#nowNs);
  }

  #note({ side, limitTicks = 0 }: Order, lots: bigint): void {
    for (const [key, { atNs }] of this.#gone) {
      if (this.#nowNs - atNs > LATE_NS) this.#gone.delete(key);
    }
    const key = keyOf(side, limitTicks);
    const before = this.#gone.get(key)?.lots ?? 0n;
    this.#gone.set(key, { atNs: this.#nowNs, lots: before + lots });
  }

  /** How much of a trade is what left just before it. */
  #absorb(key: string, lots: bigint): bigint {
    const gone = this.#gone.get(key);
    if (gone === undefined || this.#nowNs - gone.atNs > LATE_NS) return 0n;
    const known = gone.lots < lots ? gone.lots : lots;
    gone.lots -= known;
    return known;
  }
}

function sideOf({ side }: BookSide): Side {
  return side === 'bid' ? 'buy' : 'sell';
}

const keyOf = (maker: Side, ticks: number): string => `${maker} ${ticks}`;

function isBeforePaper({ next }: Order): boolean {
  for (let order = next; order !== undefined; order = order.next) {
    if (!order.account.isHouse) return true;
  }
  return false;
}
