import { describe, expect, it } from 'vitest';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
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

  it.each([
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
