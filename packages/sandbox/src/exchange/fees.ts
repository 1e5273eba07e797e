/** Millionths of the cost, from this volume of 30 days on, in the quote currency's units. */
export interface FeeTier {
  readonly volume: number;
  readonly maker: number;
  readonly taker: number;
}

export interface FeeRates {
  readonly maker: bigint;
  readonly taker: bigint;
}

/** https://www.kraken.com/features/fee-schedule, in millionths: 2500 is 0.25 %. */
export const KRAKEN_FEES: readonly FeeTier[] = [
  { volume: 0, maker: 2_500, taker: 4_000 },
  { volume: 10_000, maker: 2_000, taker: 3_500 },
  { volume: 50_000, maker: 1_400, taker: 2_400 },
  { volume: 100_000, maker: 1_200, taker: 2_200 },
  { volume: 250_000, maker: 1_000, taker: 2_000 },
  { volume: 500_000, maker: 800, taker: 1_800 },
  { volume: 1_000_000, maker: 600, taker: 1_600 },
  { volume: 2_500_000, maker: 400, taker: 1_400 },
  { volume: 5_000_000, maker: 200, taker: 1_200 },
  { volume: 10_000_000, maker: 0, taker: 1_000 },
];

const MILLION = 1_000_000n;

/** The tier of a volume, a whole number of quote units. */
export function tierOf(tiers: readonly FeeTier[], volume: number): FeeTier {
  const tier = tiers.findLast((each) => each.volume <= volume) ?? tiers[0];
  return tier ?? { volume: 0, maker: 0, taker: 0 };
}

/**
 * A fee of an exact amount, rounded down: the fees of an order's parts then never sum to more than
 * the fee of the whole that was held for it.
 */
export function feeOf(amount: bigint, rate: bigint): bigint {
  return (amount * rate) / MILLION;
}
