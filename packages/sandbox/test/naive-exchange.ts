/** What the naive exchange knows of an order: plain numbers, one list, sorted anew for each fill. */
export interface NaiveOrder {
  readonly name: number;
  readonly owner: number;
  readonly side: 'buy' | 'sell';
  /** `undefined`: at any price. */
  readonly price: number | undefined;
  left: number;
  readonly shows: number;
  readonly life: 'gtc' | 'ioc' | 'fok';
  readonly postOnly: boolean;
  readonly selfTrade: 'cancel_newest' | 'cancel_oldest' | 'cancel_both';
  visible: number;
  turn: number;
}

export interface NaiveFill {
  readonly taker: number;
  readonly maker: number;
  readonly price: number;
  readonly lots: number;
}

/** Price-time priority as it is told in one sentence: the best price first, then who came first. Slow on purpose. */
export class NaiveExchange {
  readonly fills: NaiveFill[] = [];
  book: NaiveOrder[] = [];
  #turns = 0;

  /** True when it was taken at all. */
  add(order: NaiveOrder): boolean {
    if (order.postOnly && this.#queue(order)[0] !== undefined) return false;
    if (order.life === 'fok' && !this.#copy().#fillsWhole({ ...order })) return true;
    this.#match(order);
    if (order.left > 0 && order.price !== undefined && order.life === 'gtc') this.#rest(order);
    return true;
  }

  cancel(name: number): void {
    this.book = this.book.filter((order) => order.name !== name);
  }

  amend(name: number, price: number, lots: number): void {
    const order = this.book.find((each) => each.name === name);
    if (order === undefined) return;
    if (price === order.price && lots <= order.left) {
      order.left = lots;
      order.visible = Math.min(order.visible, lots);
      return;
    }
    this.cancel(name);
    this.add({ ...order, price, left: lots });
  }

  #fillsWhole(order: NaiveOrder): boolean {
    return this.#match(order) && order.left === 0;
  }

  #copy(): NaiveExchange {
    const copy = new NaiveExchange();
    copy.book = this.book.map((order) => ({ ...order }));
    copy.#turns = this.#turns;
    return copy;
  }

  #rest(order: NaiveOrder): void {
    this.#turns += 1;
    order.turn = this.#turns;
    order.visible = Math.min(order.shows, order.left);
    this.book.push(order);
  }

  /** What an order can trade with, in turn. */
  #queue(taker: NaiveOrder): NaiveOrder[] {
    const sign = taker.side === 'buy' ? 1 : -1;
    const reaches = ({ price = 0 }: NaiveOrder): boolean =>
      taker.price === undefined || (taker.price - price) * sign >= 0;
    return this.book
      .filter((order) => order.side !== taker.side && reaches(order))
      .toSorted((a, b) => ((a.price ?? 0) - (b.price ?? 0)) * sign || a.turn - b.turn);
  }

  /** False when self-trade prevention ended the order. */
  #match(taker: NaiveOrder): boolean {
    while (taker.left > 0) {
      const [maker] = this.#queue(taker);
      if (maker === undefined) return true;
      if (maker.owner === taker.owner) {
        if (taker.selfTrade !== 'cancel_newest') this.cancel(maker.name);
        if (taker.selfTrade === 'cancel_oldest') continue;
        taker.left = 0;
        return false;
      }
      const lots = Math.min(taker.left, maker.visible);
      this.fills.push({ taker: taker.name, maker: maker.name, price: maker.price ?? 0, lots });
      taker.left -= lots;
      maker.left -= lots;
      maker.visible -= lots;
      if (maker.visible > 0) continue;
      this.cancel(maker.name);
      if (maker.left > 0) this.#rest(maker);
    }
    return true;
  }
}
