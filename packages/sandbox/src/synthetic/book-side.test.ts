import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BookSide, createLevel } from './book-side.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';

const BTC = DEFAULT_INSTRUMENTS[0] as SyntheticInstrument;

describe('BookSide', () => {
  it.each(['bid', 'ask'] as const)('keeps a %s side as a sorted map would', (name) => {
    const change = fc.record({
      ticks: fc.integer({ min: 1, max: 30 }),
      lots: fc.bigInt({ min: 0n, max: 3n }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
        const side = new BookSide(name);
        const model = new Map<number, bigint>();
        for (const { ticks, lots } of changes) {
          if (lots === 0n) {
            side.delete(ticks);
            model.delete(ticks);
          } else {
            side.set(createLevel(BTC, ticks, lots));
            model.set(ticks, lots);
          }
        }
        const sign = name === 'bid' ? -1 : 1;
        const expected = [...model].toSorted(([a], [b]) => (a - b) * sign);
        const levels = expected.map((_, rank) => side.at(rank));
        expect(levels.map((level) => [level?.ticks, level?.lots])).toEqual(expected);
        expect(side.size).toBe(expected.length);
        expect(side.best).toBe(side.at(0));
        expect(side.at(expected.length)).toBeUndefined();
        for (const [ticks, lots] of expected) expect(side.get(ticks)?.lots).toBe(lots);
        expect(side.get(31)).toBeUndefined();
      }),
    );
  });

  it('prints a level with the digits of its precisions, and the checksum reads them stripped', () => {
    expect(createLevel(BTC, 645_250, 5_100n)).toEqual({
      ticks: 645_250,
      lots: 5_100n,
      json: '{"price":64525.0,"qty":0.00005100}',
      digits: '6452505100',
    });
    const pepe = DEFAULT_INSTRUMENTS[3] as SyntheticInstrument;
    expect(createLevel(pepe, 11_234, 12_345_678_901_234_567n)).toMatchObject({
      json: '{"price":0.000011234,"qty":123456789012.34567}',
      digits: '1123412345678901234567',
    });
  });
});
