/** https://docs.kraken.com/api/docs/futures-api/websocket/ticker_lite */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openObject } from '../primitives/index.ts';
import { greeksSchema, tagSchema } from './ticker.ts';

const decimal = z.optional(z.nullable(decimalSchema));

export const tickerLiteFrameSchema = openObject({
  feed: z.literal('ticker_lite'),
  product_id: z.string(),
  bid: decimal,
  ask: decimal,
  change: decimal,
  premium: decimal,
  volume: decimal,
  tag: z.optional(tagSchema),
  pair: z.optional(z.string()),
  dtm: z.optional(integerSchema),
  /** Milliseconds. */
  maturityTime: z.optional(integerSchema),
  volumeQuote: decimal,
  greeks: z.optional(greeksSchema),
});
export type TickerLiteFrame = z.output<typeof tickerLiteFrameSchema>;
