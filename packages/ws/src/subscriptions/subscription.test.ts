import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Connection, SubscribeResult } from '../index.ts';
import { spotV2 } from '../protocol/spot-v2.ts';
import { parseIntent } from './subscription.ts';

const variantOf = (params: object): string =>
  parseIntent(spotV2, 'subscribe', { ...params }).variant;

// Never called: what counts is that it compiles.
async function check(connection: Connection): Promise<SubscribeResult[]> {
  const symbol = ['BTC/USD'] as const;
  await connection.subscribe({ channel: 'book', symbol, depth: 25 });
  await connection.subscribe({ channel: 'ohlc', symbol, interval: 5 });
  await connection.subscribe({ channel: 'instrument', snapshot: false });
  // @ts-expect-error a lone string is what Kraken refuses
  await connection.subscribe({ channel: 'book', symbol: 'BTC/USD' });
  // @ts-expect-error a depth is a number
  await connection.subscribe({ channel: 'book', symbol, depth: '10' });
  // @ts-expect-error trades are of symbols
  await connection.subscribe({ channel: 'trade' });
  return connection.unsubscribe({ channel: 'book', symbol });
}

describe('parseIntent', () => {
  it('sees one subscription where only the beginning of the stream differs', () => {
    const plain = variantOf({ channel: 'book', symbol: ['A'] });
    expect(variantOf({ channel: 'book', symbol: ['A'], depth: 10 })).toBe(plain);
    expect(variantOf({ channel: 'book', symbol: ['A'], snapshot: false })).toBe(plain);
    expect(variantOf({ channel: 'book', symbol: ['A'], depth: undefined })).not.toBe(
      variantOf({ channel: 'book', symbol: ['A'], depth: 25 }),
    );
    expect(variantOf({ channel: 'other', b: 1, a: 2 })).toBe(
      variantOf({ a: 2, b: 1, channel: 'other' }),
    );
    expect(variantOf({ channel: 'constructor' })).toBe('[]');
  });

  it('keeps each symbol once, in the order given', () => {
    const { targets } = parseIntent(spotV2, 'subscribe', {
      channel: 'book',
      symbol: ['B', 'A', 'B'],
    });
    expect(targets).toStrictEqual(['B', 'A']);
  });
});

describe('the types of subscribe()', () => {
  it('follow the channel', () => {
    expectTypeOf(check).returns.resolves.toEqualTypeOf<SubscribeResult[]>();
    expect(check).toBeTypeOf('function');
  });
});
