import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookUpdate } from '../../test/scripted-server.ts';
import { DataRouter } from './data-router.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function tradeOf(symbol: string): string {
  return `{"channel":"trade","data":[{"symbol":"${symbol}"}]}`;
}

function visited(router: DataRouter<string>, text: string): string[] {
  const values: string[] = [];
  router.route(encode(text), (value) => values.push(value));
  return values;
}

describe('DataRouter', () => {
  it('finds the subscription of a frame by channel and symbol', () => {
    const router = new DataRouter<string>();
    router.set('book', 'BTC/USD', 'book BTC');
    router.set('book', 'ETH/USD', 'book ETH');
    router.set('bookish', 'BTC/USD', 'bookish');
    router.set('instrument', undefined, 'instrument');
    expect(visited(router, bookUpdate('ETH/USD'))).toStrictEqual(['book ETH']);
    expect(visited(router, bookUpdate('BTC/USDT'))).toStrictEqual([]);
    expect(visited(router, bookUpdate('BTC/US'))).toStrictEqual([]);
    expect(visited(router, '{"channel":"heartbeat"}')).toStrictEqual([]);
    expect(
      visited(router, '{"channel":"instrument","data":{"pairs":[{"symbol":"BTC/USD"}]}}'),
    ).toStrictEqual(['instrument']);
  });

  it('looks at every row where a frame may hold several symbols', () => {
    const router = new DataRouter<string>();
    router.set('trade', 'BTC/USD', 'BTC');
    router.set('trade', 'ETH/USD', 'ETH');
    const rows = ['SOL/USD', 'ETH/USD', 'BTC/USD'].map(
      (symbol) => `{"symbol":"${symbol}","qty":1}`,
    );
    expect(visited(router, `{"channel":"trade","data":[${rows.join(',')}]}`)).toStrictEqual([
      'ETH',
      'BTC',
    ]);
  });

  it('forgets, and replaces', () => {
    const router = new DataRouter<string>();
    router.set('book', 'BTC/USD', 'old');
    router.set('book', 'BTC/USD', 'new');
    expect(visited(router, bookUpdate('BTC/USD'))).toStrictEqual(['new']);
    router.delete('book', 'BTC/USD');
    router.delete('book', 'BTC/USD');
    router.delete('instrument', undefined);
    expect(visited(router, bookUpdate('BTC/USD'))).toStrictEqual([]);
  });

  it.each([
    '',
    '{"channel":"',
    '{"channel":"book',
    '{"channel":"book","data":[{"symbol":"BTC/US',
    '{"channel":"book","data":[{"symbol":"BTC\\/USD"}]}',
    '{"channel":"book","y',
  ])('finds nothing in %j', (text) => {
    const router = new DataRouter<string>();
    router.set('book', 'BTC/USD', 'BTC');
    expect(visited(router, text)).toStrictEqual([]);
  });

  it('keeps symbols apart whose hashes are equal', () => {
    // Equal in FNV-1a of 32 bits: a known pair of colliding words.
    const router = new DataRouter<string>();
    router.set('trade', 'costarring', 'one');
    router.set('trade', 'liquid', 'two');
    expect(visited(router, tradeOf('costarring'))).toStrictEqual(['one']);
    expect(visited(router, tradeOf('liquid'))).toStrictEqual(['two']);
    router.delete('trade', 'costarring');
    expect(visited(router, tradeOf('costarring'))).toStrictEqual([]);
    expect(visited(router, tradeOf('liquid'))).toStrictEqual(['two']);
  });

  it('agrees with JSON.parse on any rows', () => {
    const symbols = fc.constantFrom('BTC/USD', 'ETH/USD', 'Ωmega/€', 'TSLAx/USD', 'y', 'symbol');
    fc.assert(
      fc.property(fc.uniqueArray(symbols), fc.array(symbols), (subscribed, rows) => {
        const router = new DataRouter<string>();
        for (const symbol of subscribed) router.set('trade', symbol, symbol);
        const data = rows.map((symbol) => ({ trade_id: 1, symbol, side: 'buy', note: 'symbol' }));
        const text = JSON.stringify({ channel: 'trade', type: 'update', data });
        expect(visited(router, text)).toStrictEqual(
          rows.filter((symbol) => subscribed.includes(symbol)),
        );
      }),
    );
  });
});
