/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

const optional = z.optional(decimalSchema);

/**
 * Of options.
 * https://docs.kraken.com/api/docs/futures-api/websocket/ticker
 */
export const greeksSchema = openObject({
  iv: decimalSchema,
  delta: decimalSchema,
  gamma: optional,
  vega: optional,
  theta: optional,
  rho: optional,
});
export type Greeks = z.output<typeof greeksSchema>;

/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker */
export const tagSchema = openEnum(['perpetual', 'month', 'quarter', 'semiannual', 'week', 'day']);

/**
 * Whole in every message, at most one a second. Numbers have no trailing zeros; exponents occur.
 * https://docs.kraken.com/api/docs/futures-api/websocket/ticker
 */
export const tickerFrameSchema = openObject({
  feed: z.literal('ticker'),
  product_id: z.string(),
  /** Milliseconds. */
  time: integerSchema,
  bid: decimalSchema,
  ask: decimalSchema,
  bid_size: decimalSchema,
  ask_size: decimalSchema,
  volume: decimalSchema,
  /** Days to maturity. */
  dtm: integerSchema,
  /** `50x` */
  leverage: z.string(),
  index: decimalSchema,
  premium: decimalSchema,
  last: decimalSchema,
  change: decimalSchema,
  suspended: z.boolean(),
  tag: tagSchema,
  pair: z.string(),
  openInterest: decimalSchema,
  markPrice: decimalSchema,
  /** Milliseconds; 0 for perpetuals. */
  maturityTime: integerSchema,
  post_only: z.boolean(),
  // Absent in 2021 and 2022.
  volumeQuote: optional,
  open: optional,
  high: optional,
  low: optional,
  // Of perpetuals; absent when zero.
  funding_rate: optional,
  funding_rate_prediction: optional,
  relative_funding_rate: optional,
  relative_funding_rate_prediction: optional,
  /** Milliseconds. */
  next_funding_rate_time: z.optional(integerSchema),
  greeks: z.optional(greeksSchema),
  isUnderlyingMarketClosed: z.optional(z.boolean()),
});
export type TickerFrame = z.output<typeof tickerFrameSchema>;
