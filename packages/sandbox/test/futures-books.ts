import type { Market } from '../src/exchange/index.ts';
import { numberText } from '../src/futures/number-text.ts';
import { BookSequences, topicOf } from '../src/futures/socket/market-topics.ts';
import type { Subscriber } from '../src/market-source.ts';
import type { WireFrame } from '../src/protocol/wire-frame.ts';
import type { FuturesTraders } from './futures-traders.ts';

interface Told {
  readonly feed: string;
  readonly seq: number;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly qty: number;
  readonly bids: readonly { readonly price: number; readonly qty: number }[];
  readonly asks: readonly { readonly price: number; readonly qty: number }[];
}

/** A client's book of one product, kept from the frames alone and compared with the exchange's after each batch. */
export class WatchedBook {
  /** What was wrong; nothing should be. */
  readonly faults: string[] = [];
  compared = 0;
  updates = 0;
  readonly #market: Market;
  #sides = { buy: new Map<number, number>(), sell: new Map<number, number>() };
  #seq = 0;

  constructor({ desk }: FuturesTraders, market: Market) {
    this.#market = market;
    const { symbol } = market.instrument;
    const subscriber: Subscriber = {
      push: (frame) => {
        this.#take(frame);
      },
      ready: () => Promise.resolve(),
      closed: false,
      end: () => undefined,
    };
    const topic = topicOf(desk, new BookSequences(), 'book', symbol);
    desk.source.feeds.attach(topic, subscriber, desk.now(market));
    desk.onBatch(({ markets }) => {
      if (markets.has(market)) this.#compare();
    });
  }

  #take(frame: WireFrame): void {
    const told = JSON.parse(Buffer.from(frame.bytes).toString()) as Told;
    if (told.feed === 'book_snapshot') {
      const side = (levels: Told['bids']): Map<number, number> =>
        new Map(levels.map(({ price, qty }) => [price, qty]));
      this.#sides = { buy: side(told.bids), sell: side(told.asks) };
    } else {
      this.updates += 1;
      if (told.seq !== this.#seq + 1) this.faults.push(`${told.seq} follows ${this.#seq}`);
      if (told.qty === 0) this.#sides[told.side].delete(told.price);
      else this.#sides[told.side].set(told.price, told.qty);
    }
    this.#seq = told.seq;
  }

  #compare(): void {
    this.compared += 1;
    const { book, instrument } = this.#market;
    for (const [name, side] of [
      ['buy', book.bids],
      ['sell', book.asks],
    ] as const) {
      const held = this.#sides[name];
      if (held.size !== side.size) {
        this.faults.push(`${this.#seq}: ${held.size} levels to ${name}, and not ${side.size}`);
      }
      for (let rank = 0; rank < side.size; rank += 1) {
        const level = side.at(rank);
        if (level === undefined) break;
        const price = Number(numberText(level.ticks, instrument.pricePrecision));
        const quantity = Number(numberText(level.lots, instrument.quantityPrecision));
        if (held.get(price) !== quantity) {
          this.faults.push(`${this.#seq}: ${held.get(price)} at ${price}, and not ${quantity}`);
        }
      }
    }
  }
}
