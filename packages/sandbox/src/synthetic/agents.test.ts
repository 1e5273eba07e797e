import { describe, expect, it } from 'vitest';
import { seedBook, stepMarket } from './agents.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { createRandom } from './random.ts';
import { SyntheticBook } from './synthetic-book.ts';

describe('the agents', () => {
  it.each(DEFAULT_INSTRUMENTS.map((instrument) => [instrument.symbol, instrument] as const))(
    'keep the book of %s whole: uncrossed, within its levels, near its price',
    (_symbol, instrument) => {
      const book = new SyntheticBook(instrument);
      const random = createRandom('long run');
      seedBook(book, random);
      const spreads: number[] = [];
      let broken = 0;
      for (let step = 0; step < 30_000; step += 1) {
        const { changes } = stepMarket(book, random);
        const [bid, ask] = [book.bids.best?.ticks ?? 0, book.asks.best?.ticks ?? 0];
        const sizes = [book.bids.size, book.asks.size];
        const isWhole =
          changes.length > 0 &&
          bid > 0 &&
          bid < ask &&
          Math.min(...sizes) >= instrument.minLevels &&
          Math.max(...sizes) < instrument.levels * 2;
        if (!isWhole) broken += 1;
        spreads.push(ask - bid);
      }
      expect(broken).toBe(0);
      expect(spreads.toSorted((a, b) => a - b)[15_000]).toBeLessThanOrEqual(5);
      const away = (book.bids.best?.ticks ?? 0) / instrument.startTicks;
      expect(away).toBeGreaterThan(0.7);
      expect(away).toBeLessThan(1.3);
    },
  );

  it('survive a market that starts at the smallest price', () => {
    const penny: SyntheticInstrument = {
      ...(DEFAULT_INSTRUMENTS[4] as SyntheticInstrument),
      startTicks: 2,
    };
    const book = new SyntheticBook(penny);
    const random = createRandom('penny');
    seedBook(book, random);
    for (let step = 0; step < 20_000; step += 1) {
      for (const { level } of stepMarket(book, random).changes) {
        if (level.ticks < 1) throw new Error(`a price of ${level.ticks} ticks`);
      }
    }
    expect(book.bids.size).toBeGreaterThan(0);
  });
});
