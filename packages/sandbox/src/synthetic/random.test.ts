import { describe, expect, it } from 'vitest';
import { seedBook, stepMarket } from './agents.ts';
import { DEFAULT_INSTRUMENTS } from './instruments.ts';
import { createRandom } from './random.ts';
import { SyntheticBook } from './synthetic-book.ts';

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
      const book = new SyntheticBook(instrument);
      const random = createRandom(`pinned ${instrument.symbol}`);
      seedBook(book, random);
      for (let step = 0; step < 2_000; step += 1) stepMarket(book, random);
      return [instrument.symbol, book.checksum()];
    });
    expect(Object.fromEntries(states)).toMatchInlineSnapshot(`
      {
        "BTC/USD": 1817611070,
        "ETH/USD": 241561557,
        "MLN/EUR": 2838769026,
        "PEPE/USD": 1527362840,
        "SOL/USD": 1273875339,
      }
    `);
  });
});
