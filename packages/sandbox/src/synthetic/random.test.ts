import { describe, expect, it } from 'vitest';
import { openMarket } from '../../test/market.ts';
import { bookChecksum, ordersChecksum } from '../market-data/checksum.ts';
import { DEFAULT_INSTRUMENTS } from './instruments.ts';
import { createRandom } from './random.ts';

function take(seed: string): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, () => random.below(1_000_000));
}

describe('createRandom', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(take('a')).toEqual(take('a'));
    expect(take('a')).not.toEqual(take('b'));
    expect(take('')).not.toEqual(take('0'));
  });

  it('is even, and has the means it says', () => {
    const random = createRandom('even');
    const counts = Array<number>(10).fill(0);
    let ranks = 0;
    for (let draw = 0; draw < 100_000; draw += 1) {
      const bucket = random.below(10);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      ranks += random.rank(4);
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    expect(ranks / 100_000).toBeCloseTo(4, 0);
  });

  it('spreads over every size below a bound', () => {
    const random = createRandom('spread');
    for (const bound of [1, 2, 3, 1_000]) {
      const seen = new Set<number>();
      for (let draw = 0; draw < 5_000; draw += 1) seen.add(random.spread(bound));
      expect(Math.min(...seen)).toBe(0);
      expect(Math.max(...seen)).toBeLessThan(bound);
    }
  });
});

describe('the market of a seed', () => {
  it('is the same today as when this was written', () => {
    const states = DEFAULT_INSTRUMENTS.map((instrument) => {
      const { market, step } = openMarket(instrument, 'pinned');
      for (let count = 0; count < 2_000; count += 1) step(BigInt(count));
      return [instrument.symbol, [bookChecksum(market.book), ordersChecksum(market.book)]];
    });
    expect(Object.fromEntries(states)).toMatchInlineSnapshot(`
      {
        "BTC/USD": [
          3442974831,
          2913767829,
        ],
        "ETH/USD": [
          341514822,
          1594720862,
        ],
        "MLN/EUR": [
          3542609050,
          3542609050,
        ],
        "PEPE/USD": [
          3787199945,
          2965770126,
        ],
        "SOL/USD": [
          1484969267,
          1296104089,
        ],
      }
    `);
  });
});
