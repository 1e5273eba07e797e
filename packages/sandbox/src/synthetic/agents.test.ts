import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/exchange.ts';
import { openMarket } from '../../test/market.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { NAMED_INSTRUMENTS } from './more-instruments.ts';

const OPEN_NS = 1_784_000_000_000_000_000n;
const at = (step: number): bigint => OPEN_NS + BigInt(step) * 10_000_000n;
const named = (name: string): SyntheticInstrument =>
  NAMED_INSTRUMENTS.find(({ symbol }) => symbol === name) as SyntheticInstrument;

describe('the agents', () => {
  it.each([...DEFAULT_INSTRUMENTS, named('USD/JPY')].map((each) => [each.symbol, each] as const))(
    'keep the book of %s whole: uncrossed, within its levels, near its price',
    (_symbol, instrument) => {
      const { market, step, exchange } = openMarket(instrument, 'long run');
      const { bids, asks } = market.book;
      const spreads: number[] = [];
      let broken = 0;
      for (let count = 0; count < 15_000; count += 1) {
        const changes = step(at(count));
        const [bid, ask] = [bids.best?.ticks ?? 0, asks.best?.ticks ?? 0];
        const isWhole =
          changes.length > 0 &&
          bid > 0 &&
          bid < ask &&
          Math.min(bids.size, asks.size) >= instrument.minLevels &&
          Math.max(bids.size, asks.size) < instrument.levels * 2;
        if (!isWhole) broken += 1;
        spreads.push((ask - bid) / market.increment);
      }
      expect(broken).toBe(0);
      expect(spreads.toSorted((a, b) => a - b)[7_500]).toBeLessThanOrEqual(5);
      const away = (bids.best?.ticks ?? 0) / instrument.startTicks;
      expect(away).toBeGreaterThan(0.7);
      expect(away).toBeLessThan(1.3);
      expect(faultsOf(exchange, new Map())).toEqual([]);
    },
  );

  it('survive a market that starts at the smallest price', () => {
    const penny = { ...named('MLN/EUR'), startTicks: 2 };
    const { market, step } = openMarket(penny, 'penny');
    for (let count = 0; count < 20_000; count += 1) {
      for (const { ticks } of step(at(count))) {
        if (ticks < 1) throw new Error(`a price of ${ticks} ticks`);
      }
    }
    expect(market.book.bids.size).toBeGreaterThan(0);
  });

  it('go on when somebody takes a whole side away', () => {
    const { market, step, exchange } = openMarket(named('SOL/USD'), 'swept');
    const whale = exchange.openAccount('whale', { USD: '1000000000000' }, OPEN_NS);
    const { asks } = market.book;
    let lots = 0n;
    for (let rank = 0; rank < asks.size; rank += 1) lots += asks.at(rank)?.lots ?? 0n;
    const quantity = `${lots / 100_000_000n}.${String(lots % 100_000_000n).padStart(8, '0')}`;
    exchange.add(whale, { symbol: 'SOL/USD', side: 'buy', type: 'market', quantity }, OPEN_NS);
    expect(asks.size).toBe(0);
    for (let count = 0; count < 2_000; count += 1) step(at(count));
    expect(asks.size).toBeGreaterThan(50);
  });

  it('have trends: the price of an hour goes further than a coin would take it', () => {
    const { market, step } = openMarket(named('SOL/USD'), 'trends');
    const prices = Array.from({ length: 36_000 }, (_, count) => {
      step(OPEN_NS + BigInt(count) * 100_000_000n);
      return market.lastTicks ?? 0;
    });
    const range = Math.max(...prices) / Math.min(...prices) - 1;
    expect(range).toBeGreaterThan(0.005);
    expect(range).toBeLessThan(0.3);
  });
});
