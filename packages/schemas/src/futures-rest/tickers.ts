/** https://docs.kraken.com/api/docs/futures-api/trading/get-tickers and get-ticker */
import * as z from 'zod/mini';
import { openEnum, openObject } from '../primitives/index.ts';
import { successFields } from './envelope.ts';
import { contractTypeSchema, optionalDecimal, optionalText } from './fields.ts';

export const greeksSchema = openObject({
  iv: optionalDecimal,
  delta: optionalDecimal,
  gamma: optionalDecimal,
  vega: optionalDecimal,
  theta: optionalDecimal,
  rho: optionalDecimal,
});
export type Greeks = z.output<typeof greeksSchema>;

export const tickersParamsSchema = openObject({
  contractType: z.optional(z.array(contractTypeSchema)),
  symbol: z.optional(z.array(z.string())),
});
export type TickersParams = z.output<typeof tickersParamsSchema>;

/** Of a market; an index has only `symbol`, `last` and `lastTime`. */
export const tickerSchema = openObject({
  symbol: z.string(),
  last: optionalDecimal,
  lastTime: optionalText,
  lastSize: optionalDecimal,
  tag: z.optional(openEnum(['perpetual', 'month', 'quarter', 'semiannual', 'week', 'day'])),
  pair: z.optional(z.string()),
  markPrice: optionalDecimal,
  bid: optionalDecimal,
  bidSize: optionalDecimal,
  ask: optionalDecimal,
  askSize: optionalDecimal,
  vol24h: optionalDecimal,
  volumeQuote: optionalDecimal,
  openInterest: optionalDecimal,
  open24h: optionalDecimal,
  high24h: optionalDecimal,
  low24h: optionalDecimal,
  change24h: optionalDecimal,
  extrinsicValue: optionalDecimal,
  fundingRate: optionalDecimal,
  fundingRatePrediction: optionalDecimal,
  indexPrice: optionalDecimal,
  suspended: z.optional(z.boolean()),
  postOnly: z.optional(z.boolean()),
  greeks: z.optional(z.nullable(greeksSchema)),
  isUnderlyingMarketClosed: z.optional(z.boolean()),
});
export type Ticker = z.output<typeof tickerSchema>;

export const tickersResultSchema = openObject({ ...successFields, tickers: z.array(tickerSchema) });
export type TickersResult = z.output<typeof tickersResultSchema>;

/** Of the path. */
export const tickerParamsSchema = openObject({ symbol: z.string() });
export type TickerParams = z.output<typeof tickerParamsSchema>;

export const tickerResultSchema = openObject({ ...successFields, ticker: tickerSchema });
export type TickerResult = z.output<typeof tickerResultSchema>;
