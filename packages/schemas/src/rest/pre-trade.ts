/** https://docs.kraken.com/api/docs/rest-api/get-pre-trade */
import * as z from 'zod/mini';
import { decimalOrStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-pre-trade */
export const preTradeParamsSchema = openObject({
  /** `BTC/USD` */
  symbol: z.string(),
});
export type PreTradeParams = z.output<typeof preTradeParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-pre-trade */
export const preTradeLevelSchema = openObject({
  side: openEnum(['BUY', 'SELL']),
  price: decimalOrStringSchema,
  qty: decimalOrStringSchema,
  /** Orders at the level. */
  count: integerSchema,
  publication_ts: z.string(),
});
export type PreTradeLevel = z.output<typeof preTradeLevelSchema>;

/**
 * Transparency data: the ten best levels, in the words of the European rules.
 * https://docs.kraken.com/api/docs/rest-api/get-pre-trade
 */
export const preTradeResultSchema = openObject({
  symbol: z.string(),
  description: z.string(),
  base_asset: z.string(),
  base_notation: openEnum(['NOML', 'UNIT']),
  quote_asset: z.string(),
  quote_notation: openEnum(['MONE']),
  venue: openEnum(['PGSL']),
  system: openEnum(['CLOB']),
  bids: z.array(preTradeLevelSchema),
  asks: z.array(preTradeLevelSchema),
});
export type PreTradeResult = z.output<typeof preTradeResultSchema>;
