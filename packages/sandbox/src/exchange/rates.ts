import type { Account } from './account.ts';
import { type FeeRates, type FeeTier, KRAKEN_FEES, tierOf } from './fees.ts';
import { FREE } from './house.ts';
import type { Market } from './market.ts';

/** What an account pays in a market: by the market's tiers, or else these, and by what it traded in 30 days. */
export function ratesFrom(
  otherwise: readonly FeeTier[] = KRAKEN_FEES,
): (account: Account, market: Market, nowNs: bigint) => FeeRates {
  return (account, market, nowNs) => {
    if (account.isHouse) return FREE;
    const tiers = market.instrument.fees ?? otherwise;
    const { maker, taker } = tierOf(tiers, account.recentVolume(nowNs));
    return { maker: BigInt(maker), taker: BigInt(taker) };
  };
}
