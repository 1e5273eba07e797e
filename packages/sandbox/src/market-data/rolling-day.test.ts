import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingDay } from './rolling-day.ts';

const MINUTE = 60_000_000_000n;
const DAY = 1_440n * MINUTE;

describe('RollingDay', () => {
  it('says nothing before the first trade and a day after the last', () => {
    const day = new RollingDay();
    expect(day.read(0n)).toBeUndefined();
    day.add(100, 5n, 0n);
    expect(day.read(DAY - 1n)).toMatchObject({ last: 100, lots: 5n });
    expect(day.read(DAY)).toBeUndefined();
  });

  it('is the statistics of the trades in the minutes of the last 24 hours', () => {
    const trade = fc.record({
      ticks: fc.integer({ min: 1, max: 1e6 }),
      lots: fc.bigInt({ min: 1n, max: 10n ** 17n }),
      wait: fc.bigInt({ min: 0n, max: DAY / 4n }),
    });
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1 }), (trades) => {
        const day = new RollingDay();
        let now = 0n;
        const all = trades.map(({ ticks, lots, wait }) => {
          now += wait;
          day.add(ticks, lots, now);
          return { ticks, lots, at: now };
        });
        const kept = all.filter(({ at }) => at / MINUTE > now / MINUTE - 1_440n);
        const lots = kept.reduce((sum, each) => sum + each.lots, 0n);
        const cost = kept.reduce((sum, each) => sum + each.lots * BigInt(each.ticks), 0n);
        const prices = kept.map(({ ticks }) => ticks);
        expect(day.read(now)).toEqual({
          open: prices[0],
          last: prices.at(-1),
          high: Math.max(...prices),
          low: Math.min(...prices),
          lots,
          trades: kept.length,
          vwap: Number(cost / lots),
        });
      }),
    );
  });
});
