/** https://docs.kraken.com/api/docs/rest-api/get-post-trade */
import * as z from 'zod/mini';
import { decimalOrStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-post-trade */
export const postTradeParamsSchema = openObject({
  symbol: z.optional(z.string()),
  /** ISO 8601, exclusive. */
  from_ts: z.optional(z.string()),
  /** ISO 8601, inclusive. */
  to_ts: z.optional(z.string()),
  /** 1 to 1000, which is what is given when absent. */
  count: z.optional(integerSchema),
});
export type PostTradeParams = z.output<typeof postTradeParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-post-trade */
export const postTradeSchema = openObject({
  trade_id: z.string(),
  price: decimalOrStringSchema,
  quantity: decimalOrStringSchema,
  symbol: z.string(),
  description: z.string(),
  base_asset: z.string(),
  base_notation: openEnum(['UNIT']),
  quote_asset: z.string(),
  quote_notation: openEnum(['MONE']),
  trade_venue: z.string(),
  trade_ts: z.string(),
  publication_venue: z.string(),
  publication_ts: z.string(),
});
export type PostTrade = z.output<typeof postTradeSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-post-trade */
export const postTradeResultSchema = openObject({
  last_ts: z.string(),
  count: integerSchema,
  trades: z.array(postTradeSchema),
});
export type PostTradeResult = z.output<typeof postTradeResultSchema>;
