/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker_lite */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openObject } from '../primitives/index.ts';
import { greeksSchema, tagSchema } from './ticker.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker_lite */
export const tickerLiteFrameSchema = openObject({
  feed: z.literal('ticker_lite'),
  product_id: z.string(),
  bid: decimalSchema,
  ask: decimalSchema,
  change: decimalSchema,
  premium: decimalSchema,
  volume: decimalSchema,
  tag: tagSchema,
  pair: z.string(),
  /** Days to maturity. */
  dtm: integerSchema,
  /** Milliseconds; 0 for perpetuals. */
  maturityTime: integerSchema,
  /** Absent in 2021. */
  volumeQuote: z.optional(decimalSchema),
  greeks: z.optional(greeksSchema),
});
export type TickerLiteFrame = z.output<typeof tickerLiteFrameSchema>;
