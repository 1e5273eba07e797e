import type { ExchangeAsset, ExchangeInstrument } from '../exchange/index.ts';

/** One market of the synthetic source: what the exchange says of the pair, and how its book behaves. */
export interface SyntheticInstrument extends ExchangeInstrument {
  /** Where the market opens, in ticks. */
  readonly startTicks: number;
  /** Levels per side that the book keeps near. */
  readonly levels: number;
  /** The fewest levels a side ever has, as far as the market's own agents go. */
  readonly minLevels: number;
  /** Typical smallest and largest quantity of an order, in lots. */
  readonly minLots: number;
  readonly maxLots: number;
  /** Its share of the updates, against the others'. */
  readonly activity: number;
}

/** What the instrument channel says of an asset. */
export type SyntheticAsset = ExchangeAsset;

/**
 * Five markets that between them meet the hard cases of a book: 1,200 levels a side (depth 1000 is
 * cut and refilled), prices of nine decimals with quantities past 2^53 lots, and a thin pair with
 * fewer than ten levels on a side. Precisions are those of the exchange.
 */
export const DEFAULT_INSTRUMENTS: readonly SyntheticInstrument[] = [
  {
    symbol: 'BTC/USD',
    base: 'BTC',
    quote: 'USD',
    pricePrecision: 1,
    quantityPrecision: 8,
    costPrecision: 5,
    startTicks: 645_250,
    levels: 1_200,
    minLevels: 20,
    minLots: 5_000,
    maxLots: 500_000_000,
    activity: 35,
    minimumLots: 10_000,
    minimumCost: '0.50',
    margin: { initial: '0.20', limitLong: 300, limitShort: 240 },
  },
  {
    symbol: 'ETH/USD',
    base: 'ETH',
    quote: 'USD',
    pricePrecision: 2,
    quantityPrecision: 8,
    costPrecision: 5,
    startTicks: 179_725,
    levels: 600,
    minLevels: 20,
    minLots: 100_000,
    maxLots: 15_000_000_000,
    activity: 25,
    minimumLots: 200_000,
    minimumCost: '0.50',
    margin: { initial: '0.20', limitLong: 2_700, limitShort: 1_700 },
  },
  {
    symbol: 'SOL/USD',
    base: 'SOL',
    quote: 'USD',
    pricePrecision: 2,
    quantityPrecision: 8,
    costPrecision: 5,
    startTicks: 11_789,
    levels: 150,
    minLevels: 12,
    minLots: 5_000_000,
    maxLots: 250_000_000_000,
    activity: 20,
    minimumLots: 5_000_000,
    minimumCost: '0.50',
    margin: { initial: '0.25', limitLong: 37_000, limitShort: 24_000 },
  },
  {
    symbol: 'PEPE/USD',
    base: 'PEPE',
    quote: 'USD',
    pricePrecision: 9,
    quantityPrecision: 5,
    costPrecision: 5,
    startTicks: 11_234,
    levels: 60,
    minLevels: 12,
    minLots: 300_000_000_000,
    maxLots: 40_000_000_000_000_000,
    activity: 15,
    minimumLots: 300_000_000_000,
    minimumCost: '0.50',
  },
  {
    symbol: 'MLN/EUR',
    base: 'MLN',
    quote: 'EUR',
    pricePrecision: 3,
    quantityPrecision: 8,
    costPrecision: 5,
    startTicks: 16_380,
    levels: 5,
    minLevels: 1,
    minLots: 5_000_000,
    maxLots: 5_000_000_000,
    activity: 5,
    minimumLots: 30_000_000,
    minimumCost: '0.45',
  },
];

/** The assets of {@link DEFAULT_INSTRUMENTS}. */
export const DEFAULT_ASSETS: readonly SyntheticAsset[] = [
  {
    id: 'USD',
    precision: 4,
    precisionDisplay: 2,
    collateralValue: '1.00',
    marginRate: '0.025000',
  },
  {
    id: 'EUR',
    precision: 4,
    precisionDisplay: 2,
    collateralValue: '1.00',
    marginRate: '0.020000',
  },
  {
    id: 'BTC',
    precision: 10,
    precisionDisplay: 5,
    collateralValue: '1.00',
    marginRate: '0.010000',
  },
  {
    id: 'ETH',
    precision: 10,
    precisionDisplay: 5,
    collateralValue: '1.00',
    marginRate: '0.020000',
  },
  {
    id: 'SOL',
    precision: 10,
    precisionDisplay: 5,
    collateralValue: '0.90',
    marginRate: '0.020000',
  },
  { id: 'PEPE', precision: 2, precisionDisplay: 0, collateralValue: '0.00' },
  { id: 'MLN', precision: 10, precisionDisplay: 5, collateralValue: '0.00' },
];
