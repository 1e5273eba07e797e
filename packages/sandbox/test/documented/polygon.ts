import type { SyntheticInstrument } from '../../src/synthetic/instruments.ts';

/** The pair of the documentation's examples, with its precisions. */
export const POLYGON: SyntheticInstrument = {
  symbol: 'MATIC/USD',
  base: 'MATIC',
  quote: 'USD',
  pricePrecision: 4,
  quantityPrecision: 8,
  costPrecision: 5,
  startTicks: 5_666,
  levels: 100,
  minLevels: 12,
  minLots: 1_000_000_000,
  maxLots: 5_000_000_000_000,
  activity: 20,
  minimumLots: 1_000_000_000,
  minimumCost: '0.50',
  margin: { initial: '0.33', limitLong: 250_000, limitShort: 200_000 },
};
