import { L2Book, L3Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { at, TestExchange } from '../../test/exchange.ts';
import { openMarket } from '../../test/market.ts';
import { ReferenceBook } from '../../test/reference-book.ts';
import { ReferenceOrders } from '../../test/reference-orders.ts';
import type { Account, BookChange, Market } from '../exchange/index.ts';
import { BOOK_DEPTHS, ORDER_DEPTHS } from '../protocol/subscription.ts';
import { DEFAULT_INSTRUMENTS } from '../synthetic/instruments.ts';
import { BookView } from './book-view.ts';
import { OrderView } from './order-view.ts';

const OPEN_NS = 1_784_000_000_000_000_000n;
const text = (frame: { bytes: Uint8Array } | undefined): string =>
  frame === undefined ? '' : Buffer.from(frame.bytes).toString();

/** Ten levels a side, or fewer, two ticks apart, of BTC/USD. */
class SmallMarket {
  readonly test = new TestExchange();
  readonly maker: Account = this.test.account('maker', { USD: '1000000', BTC: '1000' });
  readonly market = this.test.exchange.markets.get('BTC/USD') as Market;

  constructor(levels: number) {
    for (let level = 0; level < levels; level += 1) {
      this.add('buy', 1_000 - 2 * level);
      this.add('sell', 1_002 + 2 * level);
    }
  }

  add(side: 'buy' | 'sell', ticks: number, quantity = '1'): string {
    const limitPrice = at((ticks / 10).toFixed(1));
    return this.test.add(this.maker, { side, quantity, limitPrice }).id;
  }

  /** What this did, as a view is told. */
  changes(act: () => void): readonly BookChange[] {
    const from = this.test.batches.length;
    act();
    return this.test.batches
      .slice(from)
      .flatMap(({ markets }) => markets.get(this.market)?.changes ?? []);
  }

  cancel(side: 'bids' | 'asks', rank: number): void {
    const order = this.market.book[side].at(rank)?.head;
    this.test.exchange.cancel(this.maker, order?.id ?? '', this.test.nowNs);
  }
}

describe('BookView', () => {
  it('prints a snapshot best first, with trailing zeros, keys in wire order', () => {
    const view = new BookView(new SmallMarket(1).market, 10);
    expect(text(view.snapshot(OPEN_NS))).toMatch(
      /^\{"channel":"book","type":"snapshot","data":\[\{"symbol":"BTC\/USD","bids":\[\{"price":100\.0,"qty":1\.00000000\}\],"asks":\[\{"price":100\.2,"qty":1\.00000000\}\],"checksum":\d+,"timestamp":"2026-07-14T03:33:20\.000000Z"\}\]\}$/,
    );
  });

  it('republishes the level that moves up into the window after a removal', () => {
    const small = new SmallMarket(12);
    const view = new BookView(small.market, 10);
    const changes = small.changes(() => small.cancel('asks', 1));
    expect(text(view.update(changes, OPEN_NS))).toContain(
      '"bids":[],"asks":[{"price":100.4,"qty":0.00000000},{"price":102.2,"qty":1.00000000}]',
    );
  });

  it('does not name a level that a better one pushed out', () => {
    const small = new SmallMarket(10);
    const view = new BookView(small.market, 10);
    const changes = small.changes(() => small.add('buy', 1_001, '0.005'));
    expect(text(view.update(changes, OPEN_NS))).toContain(
      '"bids":[{"price":100.1,"qty":0.00500000}],"asks":[]',
    );
  });

  it('makes no frame of a change below the window', () => {
    const small = new SmallMarket(12);
    const view = new BookView(small.market, 10);
    expect(
      view.update(
        small.changes(() => small.add('buy', 978)),
        OPEN_NS,
      ),
    ).toBeUndefined();
  });

  it('names a price once that shrinks order by order, twice one that went and came back', () => {
    const small = new SmallMarket(1);
    small.add('sell', 1_002);
    small.add('sell', 1_002);
    const taker = small.test.account('taker', { USD: '1000000' });
    const view = new BookView(small.market, 10);
    const taken = small.changes(() => {
      small.test.add(taker, { quantity: '2.5', limitPrice: at('100.2') });
    });
    expect(text(view.update(taken, OPEN_NS))).toContain(
      '"asks":[{"price":100.2,"qty":0.50000000}]',
    );
    const back = small.changes(() => {
      small.cancel('asks', 0);
      small.add('sell', 1_002);
    });
    expect(text(view.update(back, OPEN_NS))).toContain(
      '"asks":[{"price":100.2,"qty":0.00000000},{"price":100.2,"qty":1.00000000}]',
    );
  });
});

describe('OrderView', () => {
  it('announces the orders of a level that moves up, and names what leaves by its id', () => {
    const small = new SmallMarket(12);
    const view = new OrderView(small.market, 10);
    const id = small.market.book.asks.at(1)?.head?.id;
    const next = small.market.book.asks.at(10)?.head?.id;
    const changes = small.changes(() => small.cancel('asks', 1));
    const frame = text(view.update(changes, OPEN_NS));
    expect(frame).toContain(`{"event":"delete","order_id":"${id}","limit_price":100.4`);
    expect(frame).toContain(`{"event":"add","order_id":"${next}","limit_price":102.2`);
  });
});

const cases = DEFAULT_INSTRUMENTS.map((instrument) => [instrument.symbol, instrument] as const);

describe('the views of a synthetic market', () => {
  it.each(cases)('keep clients of %s right at every depth of levels', (symbol, instrument) => {
    const { market, step } = openMarket(instrument, 'views');
    const clients = BOOK_DEPTHS.map((depth) => {
      const view = new BookView(market, depth);
      const snapshot = text(view.snapshot(OPEN_NS));
      const [engine, naive] = [new L2Book({ symbol, depth }), new ReferenceBook(depth)];
      expect([engine.apply(snapshot), naive.apply(snapshot)]).toEqual(['verified', true]);
      return { depth, view, engine, naive, messages: 0, verified: 0 };
    });
    for (let count = 0; count < 250; count += 1) {
      const atNs = OPEN_NS + BigInt(count) * 10_000_000n;
      const changes = step(atNs);
      for (const client of clients) {
        const frame = client.view.update(changes, atNs);
        if (frame === undefined) continue;
        client.messages += 1;
        const isRight = client.engine.apply(frame.bytes) === 'verified';
        if (client.naive.apply(text(frame)) && isRight) client.verified += 1;
      }
    }
    for (const { depth, naive, messages, verified } of clients) {
      expect(verified).toBe(messages);
      expect(messages).toBeGreaterThan(80);
      expect(naive.size('bids')).toBe(Math.min(depth, market.book.bids.size));
      expect(naive.size('asks')).toBe(Math.min(depth, market.book.asks.size));
    }
  });

  it.each(cases)('keep clients of %s right at every depth of orders', (symbol, instrument) => {
    const { market, step } = openMarket(instrument, 'orders');
    const clients = ORDER_DEPTHS.map((depth) => {
      const view = new OrderView(market, depth);
      const snapshot = text(view.snapshot(OPEN_NS));
      const { pricePrecision, quantityPrecision } = instrument;
      const engine = new L3Book({ symbol, depth });
      const naive = new ReferenceOrders(depth, pricePrecision, quantityPrecision);
      expect([engine.apply(snapshot), naive.apply(snapshot)]).toEqual(['verified', true]);
      return { view, engine, naive, messages: 0, verified: 0 };
    });
    for (let count = 0; count < 400; count += 1) {
      const atNs = OPEN_NS + BigInt(count) * 10_000_000n;
      const changes = step(atNs);
      for (const client of clients) {
        const frame = client.view.update(changes, atNs);
        if (frame === undefined) continue;
        client.messages += 1;
        const isRight = client.engine.apply(frame.bytes) === 'verified';
        if (client.naive.apply(text(frame)) && isRight) client.verified += 1;
      }
    }
    for (const { messages, verified } of clients) {
      expect(verified).toBe(messages);
      expect(messages).toBeGreaterThan(80);
    }
  });
});
