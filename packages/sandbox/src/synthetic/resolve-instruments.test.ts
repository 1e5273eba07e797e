import { describe, expect, it } from 'vitest';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { MAX_INSTRUMENTS, NAMED_INSTRUMENTS } from './more-instruments.ts';
import { assetsOf, resolveInstruments } from './resolve-instruments.ts';

const OWN: SyntheticInstrument = {
  ...(DEFAULT_INSTRUMENTS[2] as SyntheticInstrument),
  symbol: 'ABC/EUR',
  base: 'ABC',
  quote: 'EUR',
};

describe('resolveInstruments', () => {
  it('gives all by default, and else those that are named or brought', () => {
    expect(resolveInstruments()).toEqual(DEFAULT_INSTRUMENTS);
    const both = resolveInstruments(['PEPE/USD', OWN]);
    expect(both.map(({ symbol }) => symbol)).toEqual(['PEPE/USD', 'ABC/EUR']);
    expect(assetsOf(both).map(({ id }) => id)).toEqual(['PEPE', 'USD', 'ABC', 'EUR']);
  });

  it('gives as many as asked for: those with a name first, then others, each of its own', () => {
    const all = resolveInstruments(MAX_INSTRUMENTS);
    expect(new Set(all.map(({ symbol }) => symbol)).size).toBe(1_500);
    expect(NAMED_INSTRUMENTS.length).toBeGreaterThanOrEqual(30);
    expect(all.slice(0, 40)).toEqual(resolveInstruments(40));
    expect(resolveInstruments(['SHIB/USD'])[0]?.pricePrecision).toBe(8);
    const whole = all.filter(({ minLots, maxLots, minimumLots, startTicks }) =>
      [minLots, maxLots, minimumLots, startTicks].every((each) => Number.isSafeInteger(each)),
    );
    // PEPE/USD has the largest quantities there are: past 2^53 lots.
    expect(whole.length).toBe(all.length - 1);
  });

  it.each([
    [0, 'symbols is 0'],
    [1_501, 'symbols is 1501'],
    [[], 'symbols is empty'],
    [['BTC/USD', 'BTC/USD'], 'symbols names BTC/USD twice'],
    [['XBT/USD'], 'the synthetic market has no XBT/USD: choose of BTC/USD, ETH/USD'],
    [[{ ...OWN, symbol: 'ABC"EUR' }], 'is no pair'],
    [[{ ...OWN, minLevels: 0 }], 'minLevels of ABC/EUR is 0'],
    [[{ ...OWN, startTicks: 1.5 }], 'startTicks of ABC/EUR is 1.5'],
    [[{ ...OWN, pricePrecision: -1 }], 'pricePrecision of ABC/EUR is -1'],
    [[{ ...OWN, minLevels: 200 }], 'minLevels of ABC/EUR is above its levels'],
    [[{ ...OWN, minLots: OWN.maxLots + 1 }], 'minLots of ABC/EUR is above its maxLots'],
    [[{ ...OWN, activity: Number.NaN }], 'activity of ABC/EUR is NaN'],
  ])('refuses %j', (wanted, message) => {
    expect(() => resolveInstruments(wanted)).toThrow(message);
  });
});
