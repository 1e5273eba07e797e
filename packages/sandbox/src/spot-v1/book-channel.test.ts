import { L2Book } from '@kr/orderbook';
import { describe, expect, it } from 'vitest';
import { at, TestExchange } from '../../test/exchange.ts';
import { ReferenceV1Book } from '../../test/reference-v1-book.ts';
import { PublicFeeds } from '../market-data/public-feeds.ts';
import type { Subscriber } from '../market-source.ts';
import { channelIdOf, type V1Subscription } from './subscription.ts';
import { v1Topic } from './topics.ts';

const BOOK: V1Subscription = { name: 'book', symbol: 'BTC/USD', depth: 10 };

/** A book of two levels a side, and what a client of it was sent. */
function open(): { market: TestExchange; texts: string[] } {
  const texts: string[] = [];
  const market: TestExchange = new TestExchange({ publish: (batch) => feeds.publish(batch) });
  const feeds = new PublicFeeds(market.exchange);
  const maker = market.account('maker', { USD: '100000', BTC: '100' });
  for (const [side, price] of [
    ['buy', '100.0'],
    ['buy', '99.5'],
    ['sell', '100.5'],
    ['sell', '101.0'],
  ] as const) {
    market.add(maker, { side, quantity: '1', limitPrice: at(price) });
  }
  const subscriber: Subscriber = {
    push: ({ bytes }) => texts.push(Buffer.from(bytes).toString()),
    ready: () => Promise.resolve(),
    closed: false,
    end: () => undefined,
  };
  feeds.attach(v1Topic(BOOK, channelIdOf(0, BOOK)), subscriber, market.nowNs);
  return { market, texts };
}

describe('a book of v1', () => {
  it('begins with both sides, prices of five decimals and a time for each level', () => {
    expect(open().texts).toEqual([
      '[32,{"as":[["100.50000","1.00000000","1784000000.000003"],["101.00000","1.00000000","1784000000.000004"]],"bs":[["100.00000","1.00000000","1784000000.000001"],["99.50000","1.00000000","1784000000.000002"]]},"book-10","XBT/USD"]',
    ]);
  });

  it('tells both sides in objects of their own, and the checksum in the last', () => {
    const { market, texts } = open();
    const taker = market.account('taker');
    market.add(taker, { side: 'buy', quantity: '1.5', limitPrice: at('100.5') });
    expect(texts[1]).toMatch(
      /^\[32,\{"a":\[\["100\.50000","0\.00000000","1784000000\.000005"\]\]\},\{"b":\[\["100\.50000","0\.50000000","1784000000\.000006"\]\],"c":"\d+"\},"book-10","XBT\/USD"\]$/,
    );
    const engine = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    const reference = new ReferenceV1Book(10);
    expect(texts.map((text) => engine.apply(text))).toEqual(['unchecked', 'verified']);
    expect(texts.map((text) => reference.apply(text))).toEqual([true, true]);
  });
});
