/** https://docs.kraken.com/api/docs/rest-api/get-open-orders */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { orderSchema } from './order.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-open-orders */
export const openOrdersParamsSchema = openObject({
  trades: z.optional(z.boolean()),
  userref: z.optional(integerSchema),
  cl_ord_id: z.optional(z.string()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type OpenOrdersParams = z.output<typeof openOrdersParamsSchema>;

/**
 * By order id.
 * https://docs.kraken.com/api/docs/rest-api/get-open-orders
 */
export const openOrdersResultSchema = openObject({ open: z.record(z.string(), orderSchema) });
export type OpenOrdersResult = z.output<typeof openOrdersResultSchema>;
