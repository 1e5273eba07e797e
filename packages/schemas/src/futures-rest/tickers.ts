/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers and get-ticker */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { contractTypeSchema, optionalDecimal, optionalTime } from './fields.ts';

/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers */
export const greeksSchema = openObject({
  iv: decimalSchema,
  delta: decimalSchema,
  gamma: optionalDecimal,
  vega: optionalDecimal,
  theta: optionalDecimal,
  rho: optionalDecimal,
});
export type Greeks = z.output<typeof greeksSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers */
export const tickersParamsSchema = openObject({
  contractType: z.optional(z.array(contractTypeSchema)),
  symbol: z.optional(z.array(z.string())),
});
export type TickersParams = z.output<typeof tickersParamsSchema>;

// Absent before the first trade of it, and of the day.
const lastFields = {
  last: optionalDecimal,
  lastTime: optionalTime,
  open24h: optionalDecimal,
  high24h: optionalDecimal,
  low24h: optionalDecimal,
  change24h: optionalDecimal,
};

/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers */
export const marketTickerSchema = openObject({
  symbol: z.string(),
  ...lastFields,
  lastSize: optionalDecimal,
  tag: openEnum(['perpetual', 'month', 'quarter', 'semiannual', 'week', 'day']),
  pair: z.string(),
  markPrice: decimalSchema,
  // A side can be empty.
  bid: optionalDecimal,
  bidSize: optionalDecimal,
  ask: optionalDecimal,
  askSize: optionalDecimal,
  vol24h: decimalSchema,
  volumeQuote: decimalSchema,
  openInterest: decimalSchema,
  extrinsicValue: optionalDecimal,
  fundingRate: optionalDecimal,
  fundingRatePrediction: optionalDecimal,
  indexPrice: decimalSchema,
  suspended: z.boolean(),
  postOnly: z.boolean(),
  greeks: z.optional(z.nullable(greeksSchema)),
  isUnderlyingMarketClosed: z.optional(z.boolean()),
});
export type MarketTicker = z.output<typeof marketTickerSchema>;

/**
 * A market's ticker of a wrong shape is no index's.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-tickers
 */
export const indexTickerSchema = openObject({ symbol: z.string(), ...lastFields }).check(
  z.refine((ticker) => !('markPrice' in ticker), { abort: true }),
);
export type IndexTicker = z.output<typeof indexTickerSchema>;

/**
 * Of a market or of an index: `'markPrice' in ticker` narrows.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-tickers
 */
export const tickerSchema = z.union([marketTickerSchema, indexTickerSchema]);
export type Ticker = z.output<typeof tickerSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers */
export const tickersResultSchema = openObject({ ...successFields, tickers: z.array(tickerSchema) });
export type TickersResult = z.output<typeof tickersResultSchema>;

/**
 * Of the path.
 * https://docs.kraken.com/api/docs/futures-api/trading/get-tickers
 */
export const tickerParamsSchema = openObject({ symbol: z.string() });
export type TickerParams = z.output<typeof tickerParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers */
export const tickerResultSchema = openObject({ ...successFields, ticker: tickerSchema });
export type TickerResult = z.output<typeof tickerResultSchema>;
