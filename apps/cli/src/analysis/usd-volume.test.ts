import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PairDay, usdVolumes } from './usd-volume.ts';

const day = (symbol: string, price: string, more: Partial<PairDay> = {}): PairDay => {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, base, quote, price, vwap: price, volume: '1', trades: 1, ...more };
};

const usdOf = (days: readonly PairDay[], pair: string): string | undefined =>
  usdVolumes(days).rows.find((row) => row.pair === pair)?.usd_volume_24h;

/** Floats, every simple way, no queue: the rates of all ways that are equally good. */
const naiveRates = (days: readonly PairDay[], asset: string): readonly number[] => {
  let best = { hops: Number.POSITIVE_INFINITY, quietest: 0, rates: [] as number[] };
  const walk = (at: string, seen: readonly string[], rate: number, quietest: number): void => {
    const hops = seen.length - 1;
    if (at === 'USD') {
      const isEqual = hops === best.hops && quietest === best.quietest;
      const isBetter = hops < best.hops || (hops === best.hops && quietest > best.quietest);
      if (isEqual) best.rates.push(rate);
      if (isBetter) best = { hops, quietest, rates: [rate] };
      return;
    }
    for (const { base, quote, price, trades } of days) {
      if (Number(price) <= 0 || (base !== at && quote !== at)) continue;
      const to = base === at ? quote : base;
      if (seen.includes(to)) continue;
      const onward = base === at ? rate * Number(price) : rate / Number(price);
      walk(to, [...seen, to], onward, Math.min(quietest, trades));
    }
  };
  walk(asset, [asset], 1, Number.POSITIVE_INFINITY);
  return best.rates;
};

describe('the USD volume of a pair', () => {
  it('is volume times average price, of a pair that is paid with USD', () => {
    const days = [day('BTC/USD', '60000.0', { volume: '0.12345678', vwap: '61000.55' })];
    expect(usdVolumes(days).rows).toEqual([
      {
        pair: 'BTC/USD',
        base_volume_24h: '0.12345678',
        quote_volume_24h: '7530.93148123',
        usd_volume_24h: '7530.93',
        via: [],
      },
    ]);
  });

  it('goes over several pairs, and divides where one is crossed the other way', () => {
    const days = [day('USD/JPY', '150'), day('JPY/KRW', '9'), day('ABC/KRW', '2700')];
    expect(usdOf(days, 'ABC/KRW')).toBe('2.00');
    expect(usdVolumes(days).rows.at(0)?.via).toEqual(['JPY/KRW', 'USD/JPY']);
  });

  it('rounds once, at the end', () => {
    const days = [day('USD/AAA', '3'), day('AAA/BBB', '7'), day('X/BBB', '21', { volume: '5' })];
    expect(usdOf(days, 'X/BBB')).toBe('5.00');
  });

  it('takes the busier of two ways of the same length, in whatever order they come', () => {
    const days = [
      day('AAA/EUR', '2', { trades: 50 }),
      day('AAA/JPY', '900', { trades: 1 }),
      day('EUR/USD', '1', { trades: 100 }),
      day('USD/JPY', '150', { trades: 100 }),
      day('NEW/AAA', '1'),
    ];
    expect(usdOf(days, 'NEW/AAA')).toBe('2.00');
    expect(usdOf(days.toReversed(), 'NEW/AAA')).toBe('2.00');
  });

  it('is absent where no way leads to USD, and never 1:1', () => {
    const days = [day('BTC/USD', '1'), day('LONE/ISLE', '5'), day('NEVER/ZERO', '0.000')];
    const { rows, missing } = usdVolumes(days);
    expect(missing).toEqual(['ISLE', 'ZERO']);
    expect(rows.slice(1).map(({ usd_volume_24h }) => usd_volume_24h)).toEqual([
      undefined,
      undefined,
    ]);
    expect(rows.map(({ pair }) => pair)).toEqual(['BTC/USD', 'LONE/ISLE', 'NEVER/ZERO']);
  });

  it('is what a search through all ways finds, of any market', () => {
    const asset = fc.constantFrom('USD', 'AAA', 'BBB', 'CCC', 'DDD', 'EEE');
    const market = fc.uniqueArray(
      fc
        .record({
          base: asset,
          quote: asset,
          price: fc.integer({ min: 0, max: 100_000 }).map((ticks) => (ticks / 1000).toFixed(3)),
          volume: fc.integer({ min: 1, max: 10 ** 6 }).map(String),
          trades: fc.integer({ min: 0, max: 5 }),
        })
        .filter(({ base, quote }) => base !== quote),
      {
        minLength: 1,
        maxLength: 9,
        selector: ({ base, quote }) => [base, quote].toSorted().join(),
      },
    );
    const property = fc.property(market, (pairs) => {
      const days = pairs.map(({ base, quote, ...more }) =>
        day(`${base}/${quote}`, more.price, more),
      );
      const { rows, missing } = usdVolumes(days);
      for (const { symbol, quote, volume, vwap } of days) {
        const rates = naiveRates(days, quote);
        const found = rows.find(({ pair }) => pair === symbol)?.usd_volume_24h;
        expect(found === undefined).toBe(rates.length === 0);
        expect(missing.includes(quote)).toBe(rates.length === 0);
        const isRight = rates.some((rate) => {
          const expected = Number(volume) * Number(vwap) * rate;
          return Math.abs(Number(found) - expected) <= 0.00501 + Math.abs(expected) * 1e-12;
        });
        expect(isRight || found === undefined).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
