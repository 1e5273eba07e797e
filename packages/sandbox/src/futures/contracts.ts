import type { FeeTier } from '../exchange/fees.ts';
import type { SyntheticInstrument } from '../synthetic/instruments.ts';
import type { MarginLevel } from './margin-levels.ts';

/** A contract on margin, as the exchange lists it, and how its book behaves. */
export interface FuturesContract extends SyntheticInstrument {
  /**
   * `linear`: of so much of the base, worth its price in USD, settled in USD. `inverse`: of one USD,
   * worth `1 / price` of the base, settled in the base.
   */
  readonly kind: 'linear' | 'inverse';
  /** The name of the type in REST. */
  readonly type: 'flexible_futures' | 'futures_inverse';
  readonly tag: 'perpetual' | 'month' | 'quarter';
  /** As tickers have it: `XBT:USD`. */
  readonly pair: string;
  /** The currency of profits, losses, fees and funding. */
  readonly settlement: string;
  /** Where it is kept: a currency of the multi-collateral wallet, or a single-collateral wallet. */
  readonly wallet: string;
  /** Unix milliseconds of the last trade; `undefined`: never. */
  readonly maturityMs: number | undefined;
  readonly marginLevels: readonly MarginLevel[];
  /** A position may be no larger, in lots. */
  readonly maxPositionLots: bigint;
  /** What the market's own agents hold against each other, in lots: the rest of the open interest. */
  readonly standingLots: bigint;
}

/** https://support.kraken.com/hc/en-us/articles/360022835771, in millionths of the notional value. */
const FUTURES_FEES: readonly FeeTier[] = [
  { volume: 0, maker: 200, taker: 500 },
  { volume: 100_000, maker: 150, taker: 400 },
  { volume: 1_000_000, maker: 125, taker: 300 },
  { volume: 5_000_000, maker: 100, taker: 250 },
  { volume: 10_000_000, maker: 75, taker: 200 },
  { volume: 20_000_000, maker: 50, taker: 150 },
  { volume: 50_000_000, maker: 25, taker: 125 },
  { volume: 100_000_000, maker: 0, taker: 100 },
];

const SHARED = {
  quote: 'USD',
  costPrecision: 10,
  minimumLots: 1,
  minimumCost: '0',
  fees: FUTURES_FEES,
} as const;
const LINEAR = {
  ...SHARED,
  kind: 'linear',
  type: 'flexible_futures',
  settlement: 'USD',
  wallet: 'USD',
  tag: 'perpetual',
  maturityMs: undefined,
} as const;
const INVERSE = {
  ...SHARED,
  kind: 'inverse',
  type: 'futures_inverse',
  quantityPrecision: 0,
  tag: 'perpetual',
  maturityMs: undefined,
} as const;

/** As listed in July 2021 of the inverse ones; the first two levels of many. Contracts, then shares of the notional in millionths. */
const LEVELS: readonly MarginLevel[] = [
  { fromLots: 0n, initial: 20_000n, maintenance: 10_000n },
  { fromLots: 500_000n, initial: 40_000n, maintenance: 20_000n },
  { fromLots: 1_000_000n, initial: 60_000n, maintenance: 30_000n },
  { fromLots: 3_000_000n, initial: 100_000n, maintenance: 50_000n },
];

const INVERSE_XBT = {
  ...INVERSE,
  base: 'XBT',
  pair: 'XBT:USD',
  settlement: 'XBT',
  wallet: 'fi_xbtusd',
  pricePrecision: 1,
  incrementTicks: 5,
  startTicks: 645_250,
  levels: 120,
  minLevels: 15,
  minLots: 100,
  maxLots: 60_000,
  marginLevels: LEVELS,
  maxPositionLots: 75_000_000n,
  margin: { initial: '0.02', limitLong: 75_000_000, limitShort: 75_000_000 },
} as const;

const PERPETUALS: readonly FuturesContract[] = [
  {
    ...LINEAR,
    symbol: 'PF_XBTUSD',
    base: 'XBT',
    pair: 'XBT:USD',
    pricePrecision: 0,
    quantityPrecision: 4,
    startTicks: 64_525,
    levels: 200,
    minLevels: 20,
    minLots: 20,
    maxLots: 20_000,
    activity: 35,
    marginLevels: [
      { fromLots: 0n, initial: 20_000n, maintenance: 10_000n },
      { fromLots: 250_000n, initial: 40_000n, maintenance: 20_000n },
      { fromLots: 1_000_000n, initial: 100_000n, maintenance: 50_000n },
    ],
    maxPositionLots: 20_000_000n,
    standingLots: 24_103_518n,
    margin: { initial: '0.02', limitLong: 2_000, limitShort: 2_000 },
  },
  {
    ...LINEAR,
    symbol: 'PF_ETHUSD',
    base: 'ETH',
    pair: 'ETH:USD',
    pricePrecision: 1,
    quantityPrecision: 3,
    startTicks: 17_972,
    levels: 150,
    minLevels: 20,
    minLots: 50,
    maxLots: 50_000,
    activity: 25,
    marginLevels: [
      { fromLots: 0n, initial: 20_000n, maintenance: 10_000n },
      { fromLots: 500_000n, initial: 40_000n, maintenance: 20_000n },
    ],
    maxPositionLots: 30_000_000n,
    standingLots: 31_887_204n,
    margin: { initial: '0.02', limitLong: 30_000, limitShort: 30_000 },
  },
  {
    ...LINEAR,
    symbol: 'PF_SOLUSD',
    base: 'SOL',
    pair: 'SOL:USD',
    pricePrecision: 2,
    quantityPrecision: 2,
    startTicks: 11_789,
    levels: 100,
    minLevels: 12,
    minLots: 50,
    maxLots: 60_000,
    activity: 15,
    marginLevels: [{ fromLots: 0n, initial: 40_000n, maintenance: 20_000n }],
    maxPositionLots: 30_000_000n,
    standingLots: 88_310_977n,
    margin: { initial: '0.04', limitLong: 300_000, limitShort: 300_000 },
  },
  { ...INVERSE_XBT, symbol: 'PI_XBTUSD', activity: 15, standingLots: 43_967_525n },
  {
    ...INVERSE,
    symbol: 'PI_ETHUSD',
    base: 'ETH',
    pair: 'ETH:USD',
    settlement: 'ETH',
    wallet: 'fi_ethusd',
    pricePrecision: 2,
    incrementTicks: 5,
    startTicks: 179_725,
    levels: 80,
    minLevels: 12,
    minLots: 50,
    maxLots: 20_000,
    activity: 10,
    marginLevels: LEVELS,
    maxPositionLots: 35_000_000n,
    standingLots: 12_340_011n,
    margin: { initial: '0.02', limitLong: 35_000_000, limitShort: 35_000_000 },
  },
];

const DAY_MS = 86_400_000;
/** A dated contract that would end sooner than this is not listed any more. */
const LEAST_LIFE_MS = 7 * DAY_MS;
const MATURITY_HOUR_MS = 8 * 3_600_000;

/** All contracts as they are listed at a time: which one is dated depends on it. */
export function contractsAt(wallMs: number): readonly FuturesContract[] {
  const maturityMs = quarterEnd(wallMs + LEAST_LIFE_MS);
  const day = new Date(maturityMs).toISOString().slice(2, 10).replaceAll('-', '');
  return [
    ...PERPETUALS,
    {
      ...INVERSE_XBT,
      symbol: `FI_XBTUSD_${day}`,
      tag: 'quarter',
      maturityMs,
      startTicks: 651_500,
      activity: 8,
      standingLots: 7_790_153n,
    },
  ];
}

/** 08:00 UTC of the last Friday of a quarter, the first after a time. */
function quarterEnd(afterMs: number): number {
  const after = new Date(afterMs);
  for (let month = after.getUTCMonth(); ; month += 1) {
    if (month % 3 !== 2) continue;
    const lastDay = new Date(Date.UTC(after.getUTCFullYear(), month + 1, 0));
    const sinceFriday = (lastDay.getUTCDay() + 2) % 7;
    const endMs = lastDay.getTime() - sinceFriday * DAY_MS + MATURITY_HOUR_MS;
    if (endMs > afterMs) return endMs;
  }
}
