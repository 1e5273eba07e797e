import {
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  signOfDecimal,
} from '@kr/orderbook/decimal';

/** What a pair traded in 24 hours. */
export interface PairDay {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** In the base, exact. */
  readonly volume: string;
  /** Its average price, weighted by volume. */
  readonly vwap: string;
  /** Of the last trade. */
  readonly price: string;
}

export interface RankedPairs {
  /** By what they traded in USD, the largest first. */
  readonly symbols: readonly string[];
  /** Pairs whose quote no pair leads from to USD: without a rank. */
  readonly unranked: readonly string[];
}

const TARGET = 'USD';
const SCALE = 8;

/**
 * Ranks pairs by turnover in USD. A quote becomes USD by the pair of the two, crossed either way; a
 * quote without one has no value in USD, and none is counted as 1:1.
 */
export const rankByUsdVolume = (days: readonly PairDay[]): RankedPairs => {
  const traded = days.filter(({ price }) => signOfDecimal(price) > 0);
  const direct = new Map(
    traded.filter(({ quote }) => quote === TARGET).map(({ base, price }) => [base, price]),
  );
  const inverse = new Map(
    traded.filter(({ base }) => base === TARGET).map(({ quote, price }) => [quote, price]),
  );
  const toUsd = (amount: string, asset: string): string | undefined => {
    if (asset === TARGET) return amount;
    const times = direct.get(asset);
    if (times !== undefined) return multiplyDecimals(amount, times);
    const over = inverse.get(asset);
    return over === undefined ? undefined : divideDecimals(amount, over, SCALE);
  };
  const ranked: { symbol: string; usd: string }[] = [];
  const unranked: string[] = [];
  for (const { symbol, quote, volume, vwap } of days) {
    const usd = toUsd(multiplyDecimals(volume, vwap), quote);
    if (usd === undefined) unranked.push(symbol);
    else ranked.push({ symbol, usd });
  }
  const sorted = ranked.toSorted(
    (a, b) => compareDecimals(b.usd, a.usd) || (a.symbol < b.symbol ? -1 : 1),
  );
  return { symbols: sorted.map(({ symbol }) => symbol), unranked };
};
