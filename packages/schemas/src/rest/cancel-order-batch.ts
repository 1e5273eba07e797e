/** https://docs.kraken.com/api/docs/rest-api/cancel-order-batch */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/**
 * Sent as JSON; at most 50 in all. Documented as objects; plain ids are taken as well.
 * https://docs.kraken.com/api/docs/rest-api/cancel-order-batch
 */
export const cancelOrderBatchParamsSchema = openObject({
  orders: z.optional(
    z.array(
      z.union([
        z.string(),
        integerSchema,
        openObject({ txid: z.union([z.string(), integerSchema]) }),
      ]),
    ),
  ),
  cl_ord_ids: z.optional(z.array(z.union([z.string(), openObject({ cl_ord_id: z.string() })]))),
});
export type CancelOrderBatchParams = z.output<typeof cancelOrderBatchParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/cancel-order-batch */
export const cancelOrderBatchResultSchema = openObject({ count: integerSchema });
export type CancelOrderBatchResult = z.output<typeof cancelOrderBatchResultSchema>;
