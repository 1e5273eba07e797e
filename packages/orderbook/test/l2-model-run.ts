import { expect } from 'vitest';
import { L2Book } from '../src/index.ts';
import { level, v2 } from './frames.ts';
import { NaiveL2, text } from './naive-l2.ts';
import { Random } from './random.ts';

type Entry = readonly ['bids' | 'asks', bigint, bigint];

/** How a run prints its numbers; every way must give the same book. */
type Printing = 'plain' | 'exponents' | 'trimmed' | 'spaced';

/**
 * One book fed with random messages beside the naive model: as frames in the usual layout, in
 * others, and as levels. Returns the number of entries applied.
 */
export function runL2Model(seed: number, messages: number): number {
  const random = new Random(seed);
  const depth = random.pick([1, 3, 10, 10, 25, 100]);
  const pricePrecision = random.pick([0, 1, 2, 5, 8, 12, 18]);
  const quantityPrecision = random.pick([0, 3, 8, 8, 8, 10, 18]);
  const huge = random.chance(0.2);
  const printing = random.pick<Printing>(['plain', 'plain', 'exponents', 'trimmed', 'spaced']);
  const options = { symbol: 'BTC/USD', depth, pricePrecision, quantityPrecision };
  const framed = new L2Book(options);
  const levelled = new L2Book(options);
  const naive = new NaiveL2(depth, pricePrecision, quantityPrecision);
  // Prices that wander one way for long carry the window of a ladder to the end of its arrays.
  const trend = random.pick([0, 0, 1, -1]);
  let wandered = 0;
  const price = (): bigint =>
    (huge ? 9_007_199_254_740_980n : 1_000_000n) +
    BigInt(wandered + random.below(Math.max(depth, 8) * 3));
  const quantity = (): bigint => {
    if (random.chance(0.3)) return 0n;
    if (huge && random.chance(0.5)) return 9_007_199_254_740_990n * BigInt(1 + random.below(1e9));
    return BigInt(1 + random.below(random.pick([9, 1e4, 1e9, 4e12])));
  };
  const print = (scaled: bigint, precision: number): string => {
    const plain = text(scaled, precision);
    if (printing === 'trimmed' && plain.includes('.')) return plain.replace(/\.?0+$/, '');
    if (printing === 'exponents' && random.chance(0.3)) return `${scaled}e-${precision}`;
    return plain;
  };
  let applied = 0;
  for (let message = 0; message < messages; message++) {
    const snapshot = message === 0 || random.chance(0.01);
    if (!huge) wandered += trend * random.below(depth + 3);
    const count = snapshot ? random.below(depth * 3) : random.below(6);
    const entries = Array.from({ length: count }, (): Entry => {
      return [random.pick(['bids', 'asks']), price(), quantity()];
    });
    naive.apply(snapshot, entries);
    applied += count;
    const texts = (wanted: 'bids' | 'asks'): string[] =>
      entries
        .filter(([side]) => side === wanted)
        .map(([, p, q]) => `${print(p, pricePrecision)} ${print(q, quantityPrecision)}`);
    const parts = { bids: texts('bids'), asks: texts('asks'), checksum: naive.checksum() };
    const frame = v2(snapshot ? 'snapshot' : 'update', parts);
    const sent = printing === 'spaced' ? frame.replaceAll(':', ' : ') : frame;
    expect(framed.apply(random.chance(0.5) ? sent : Buffer.from(sent))).toBe('verified');
    const levels = {
      bids: parts.bids.map(level),
      asks: parts.asks.map(level),
      checksum: parts.checksum,
    };
    const outcome = snapshot ? levelled.applySnapshot(levels) : levelled.applyUpdate(levels);
    expect(outcome).toBe('verified');
    if (message % 16 === 0 || message === messages - 1) {
      for (const side of ['bids', 'asks'] as const) {
        expect(framed[side]()).toEqual(naive.levels(side));
        expect(levelled[side]()).toEqual(naive.levels(side));
      }
      expect(framed.checksum()).toBe(parts.checksum);
    }
  }
  expect(framed.verified && levelled.verified).toBe(true);
  return applied;
}
