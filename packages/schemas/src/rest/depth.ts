/** https://docs.kraken.com/api/docs/rest-api/get-order-book */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openObject } from '../primitives/index.ts';
import { tokenizedPairSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-order-book */
export const depthParamsSchema = openObject({
  pair: z.string(),
  /** 1 to 500 levels a side; 100 when absent. */
  count: z.optional(integerSchema),
  asset_class: tokenizedPairSchema,
});
export type DepthParams = z.output<typeof depthParamsSchema>;

/**
 * Price, quantity, time (seconds). The decimals are not those of the checksum.
 * https://docs.kraken.com/api/docs/rest-api/get-order-book
 */
export const depthLevelSchema = z.tuple(
  [decimalStringSchema, decimalStringSchema, integerSchema],
  z.unknown(),
);
export type DepthLevel = z.output<typeof depthLevelSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-order-book */
export const depthSchema = openObject({
  asks: z.array(depthLevelSchema),
  bids: z.array(depthLevelSchema),
});
export type Depth = z.output<typeof depthSchema>;

/**
 * By pair id, whatever name was asked for.
 * https://docs.kraken.com/api/docs/rest-api/get-order-book
 */
export const depthResultSchema = z.record(z.string(), depthSchema);
export type DepthResult = z.output<typeof depthResultSchema>;
