import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PairDay, usdVolumes } from './usd-volume.ts';

const day = (symbol: string, price: string, more: Partial<PairDay> = {}): PairDay => {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, base, quote, price, vwap: price, volume: '1', trades: 1, ...more };
};

const usdOf = (days: readonly PairDay[], pair: string): string | undefined =>
  usdVolumes(days).rows.find((row) => row.pair === pair)?.usd_volume_24h;

/** Floats, every simple way, no queue: another road to the same figures. */
const naiveRate = (days: readonly PairDay[], asset: string): number | undefined => {
  let best: { hops: number; quietest: number; text: string; rate: number } | undefined;
  const walk = (at: string, seen: string[], path: string[], rate: number, quietest: number) => {
    if (at === 'USD') {
      const found = { hops: path.length, quietest, text: path.join(' '), rate };
      const wins =
        best === undefined ||
        found.hops < best.hops ||
        (found.hops === best.hops &&
          (found.quietest > best.quietest ||
            (found.quietest === best.quietest && found.text < best.text)));
      if (wins) best = found;
      return;
    }
    for (const { symbol, base, quote, price, trades } of days) {
      if (Number(price) <= 0 || (base !== at && quote !== at)) continue;
      const to = base === at ? quote : base;
      if (seen.includes(to)) continue;
      const onward = base === at ? rate * Number(price) : rate / Number(price);
      walk(to, [...seen, to], [...path, symbol], onward, Math.min(quietest, trades));
    }
  };
  walk(asset, [asset], [], 1, Number.POSITIVE_INFINITY);
  return best?.rate;
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
        const rate = naiveRate(days, quote);
        const found = rows.find(({ pair }) => pair === symbol)?.usd_volume_24h;
        expect(found === undefined).toBe(rate === undefined);
        expect(missing.includes(quote)).toBe(rate === undefined);
        const expected = Number(volume) * Number(vwap) * (rate ?? Number.NaN);
        const error = Math.abs(Number(found) - expected);
        if (rate !== undefined && error > 0.005 + Math.abs(expected) * 1e-12) {
          throw new Error(`${symbol}: ${found} is not ${expected}`);
        }
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
