/** https://docs.kraken.com/api/docs/rest-api/get-orders-info */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { orderSchema } from './order.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-orders-info */
export const queryOrdersParamsSchema = openObject({
  /** Comma-separated, at most 50. */
  txid: z.string(),
  trades: z.optional(z.boolean()),
  userref: z.optional(integerSchema),
  consolidate_taker: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type QueryOrdersParams = z.output<typeof queryOrdersParamsSchema>;

/**
 * By order id.
 * https://docs.kraken.com/api/docs/rest-api/get-orders-info
 */
export const queryOrdersResultSchema = z.record(z.string(), orderSchema);
export type QueryOrdersResult = z.output<typeof queryOrdersResultSchema>;
