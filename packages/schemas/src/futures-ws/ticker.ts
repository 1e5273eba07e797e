/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

const decimal = z.optional(z.nullable(decimalSchema));

/** Of options. */
export const greeksSchema = openObject({
  iv: decimal,
  delta: decimal,
  gamma: decimal,
  vega: decimal,
  theta: decimal,
  rho: decimal,
});
export type Greeks = z.output<typeof greeksSchema>;

export const tagSchema = openEnum(['perpetual', 'month', 'quarter', 'semiannual', 'week', 'day']);

/** Whole in every message, at most one a second. Numbers have no trailing zeros; exponents occur. */
export const tickerFrameSchema = openObject({
  feed: z.literal('ticker'),
  product_id: z.string(),
  /** Milliseconds. */
  time: integerSchema,
  bid: decimal,
  ask: decimal,
  bid_size: decimal,
  ask_size: decimal,
  volume: decimal,
  /** Days to maturity. */
  dtm: z.optional(integerSchema),
  leverage: z.optional(z.string()),
  index: decimal,
  premium: decimal,
  last: decimal,
  change: decimal,
  suspended: z.optional(z.boolean()),
  tag: z.optional(tagSchema),
  pair: z.optional(z.string()),
  openInterest: decimal,
  markPrice: decimal,
  /** Milliseconds; 0 for perpetuals. */
  maturityTime: z.optional(integerSchema),
  post_only: z.optional(z.boolean()),
  volumeQuote: decimal,
  open: decimal,
  high: decimal,
  low: decimal,
  // Of perpetuals; absent when zero.
  funding_rate: decimal,
  funding_rate_prediction: decimal,
  relative_funding_rate: decimal,
  relative_funding_rate_prediction: decimal,
  /** Milliseconds. */
  next_funding_rate_time: z.optional(integerSchema),
  greeks: z.optional(greeksSchema),
  isUnderlyingMarketClosed: z.optional(z.boolean()),
});
export type TickerFrame = z.output<typeof tickerFrameSchema>;
