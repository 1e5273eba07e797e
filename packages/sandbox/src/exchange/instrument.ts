import type { FeeTier } from './fees.ts';

/** What may be done in a market: https://docs.kraken.com/api/docs/websocket-v2/instrument */
export type TradingState =
  | 'online'
  | 'post_only'
  | 'limit_only'
  | 'cancel_only'
  | 'reduce_only'
  | 'maintenance';

/** What the exchange says of a pair. A tick is 1 in the last decimal of a price, a lot of a quantity. */
export interface ExchangeInstrument {
  /** `BTC/USD` */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly costPrecision: number;
  /** Ticks that a price must be a multiple of; default 1. */
  readonly incrementTicks?: number | undefined;
  /** The smallest order, in lots. */
  readonly minimumLots: number;
  /** The smallest cost of an order, decimal text in the quote currency. */
  readonly minimumCost: string;
  /** Absent: not marginable, and without an index price. */
  readonly margin?:
    | {
        /** The share of a position that must be there, decimal text: `0.20`, five times that can be moved. */
        readonly initial: string;
        /** The largest positions, in the base currency. */
        readonly limitLong: number;
        readonly limitShort: number;
        /** In per cent of what a position costs, decimal text; default: by what is advanced for it. */
        readonly openingFee?: string | undefined;
        /** The same for each four hours. */
        readonly rolloverFee?: string | undefined;
      }
    | undefined;
  /** Default: the exchange's schedule. */
  readonly fees?: readonly FeeTier[] | undefined;
}

/** What the exchange says of an asset. */
export interface ExchangeAsset {
  readonly id: string;
  readonly precision: number;
  readonly precisionDisplay: number;
  readonly collateralValue: string;
  readonly marginRate?: string | undefined;
}

/**
 * Decimals in which each asset is accounted: its own precision, or more where a market trades it in
 * smaller lots. Amounts in it are integers, so that a sum of them is exact.
 */
export function accountingScales(
  assets: readonly ExchangeAsset[],
  instruments: readonly ExchangeInstrument[],
): ReadonlyMap<string, number> {
  const scales = new Map(assets.map(({ id, precision }) => [id, precision]));
  for (const { base, quote, quantityPrecision, costPrecision } of instruments) {
    scales.set(base, Math.max(scales.get(base) ?? 0, quantityPrecision));
    if (!scales.has(quote)) scales.set(quote, costPrecision);
  }
  return scales;
}
