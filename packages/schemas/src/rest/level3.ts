/** https://docs.kraken.com/api/docs/rest-api/get-level-3-order-book */
import * as z from 'zod/mini';
import { decimalStringSchema, idSchema, openIntegers, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-level-3-order-book */
export const level3ParamsSchema = openObject({
  pair: z.string(),
  /** Levels a side, 0 for all; 100 when absent. */
  depth: z.optional(openIntegers([0, 10, 25, 100, 250, 1000])),
});
export type Level3Params = z.output<typeof level3ParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-level-3-order-book */
export const level3OrderSchema = openObject({
  price: decimalStringSchema,
  qty: decimalStringSchema,
  order_id: z.string(),
  /** Nanoseconds since the epoch, past 2^53: as digits. */
  timestamp: idSchema,
});
export type Level3Order = z.output<typeof level3OrderSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-level-3-order-book */
export const level3ResultSchema = openObject({
  pair: z.string(),
  bids: z.array(level3OrderSchema),
  asks: z.array(level3OrderSchema),
});
export type Level3Result = z.output<typeof level3ResultSchema>;
