import { type Level, type Order, remainingLots, type Side } from './types.ts';

/** One side of a book: its levels sorted, the best one last, where most changes happen. */
export class BookSide {
  readonly side: 'bid' | 'ask';
  readonly #levels: Level[] = [];
  readonly #direction: 1 | -1;

  constructor(side: 'bid' | 'ask') {
    this.side = side;
    this.#direction = side === 'bid' ? 1 : -1;
  }

  get size(): number {
    return this.#levels.length;
  }

  get best(): Level | undefined {
    return this.#levels[this.#levels.length - 1];
  }

  /** The level at a rank, 0 the best; `undefined` past the worst. */
  at(rank: number): Level | undefined {
    return this.#levels[this.#levels.length - 1 - rank];
  }

  /** True when a price is at least as good as the other. */
  isWithin(ticks: number, worst: number): boolean {
    return (ticks - worst) * this.#direction >= 0;
  }

  /** The price that many ticks better (or, below zero, worse). */
  better(ticks: number, by: number): number {
    return ticks + by * this.#direction;
  }

  get(ticks: number): Level | undefined {
    const level = this.#levels[this.#indexOf(ticks)];
    return level?.ticks === ticks ? level : undefined;
  }

  /** The rank of a price that stands in it. */
  rankOf(ticks: number): number {
    return this.#levels.length - 1 - this.#indexOf(ticks);
  }

  /** Puts an order at the end of its price's queue. Its visible lots are set. */
  append(order: Order, ticks: number): void {
    const index = this.#indexOf(ticks);
    let level = this.#levels[index];
    if (level?.ticks !== ticks) {
      level = { ticks, head: undefined, tail: undefined, lots: 0n, count: 0, digits: undefined };
      this.#levels.splice(index, 0, level);
    }
    order.level = level;
    order.previous = level.tail;
    order.next = undefined;
    if (level.tail === undefined) level.head = order;
    else level.tail.next = order;
    level.tail = order;
    level.lots += order.visibleLots;
    level.digits = undefined;
    level.count += 1;
  }

  remove(order: Order): void {
    const { level } = order;
    if (level === undefined) return;
    if (order.previous === undefined) level.head = order.next;
    else order.previous.next = order.next;
    if (order.next === undefined) level.tail = order.previous;
    else order.next.previous = order.previous;
    level.lots -= order.visibleLots;
    level.digits = undefined;
    level.count -= 1;
    order.level = undefined;
    order.previous = undefined;
    order.next = undefined;
    if (level.count === 0) this.#levels.splice(this.#indexOf(level.ticks), 1);
  }

  /** Changes what can be seen of an order in its place. */
  resize(order: Order, visibleLots: bigint): void {
    const { level } = order;
    if (level !== undefined) {
      level.lots += visibleLots - order.visibleLots;
      level.digits = undefined;
    }
    order.visibleLots = visibleLots;
  }

  /** Index of the worst level that is at least as good as a price; the number of levels when there is none. */
  #indexOf(ticks: number): number {
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const level = this.#levels[middle];
      if (level !== undefined && !this.isWithin(level.ticks, ticks)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The orders of one market: who trades next, and at what price. */
export class OrderBook {
  readonly bids: BookSide = new BookSide('bid');
  readonly asks: BookSide = new BookSide('ask');

  /** Where an order of this side rests. */
  sideOf(side: Side): BookSide {
    return side === 'buy' ? this.bids : this.asks;
  }

  /** What an order of this side trades with. */
  against(side: Side): BookSide {
    return side === 'buy' ? this.asks : this.bids;
  }

  /** True when an order with this limit (`undefined`: any price) would trade at once. */
  crosses(side: Side, limitTicks: number | undefined): boolean {
    const best = this.against(side).best;
    if (best === undefined) return false;
    return limitTicks === undefined || this.against(side).isWithin(best.ticks, limitTicks);
  }
}

/** What of an order can be seen when it joins a queue: all of it, or an iceberg's tip. */
export function visibleOf(order: Order): bigint {
  const left = remainingLots(order);
  const { displayLots } = order;
  return displayLots !== undefined && displayLots < left ? displayLots : left;
}
