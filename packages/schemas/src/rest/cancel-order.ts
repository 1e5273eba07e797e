/** https://docs.kraken.com/api/docs/rest-api/cancel-order */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/cancel-order */
export const cancelOrderParamsSchema = openObject({
  /** Order id or user reference; this or `cl_ord_id`. */
  txid: z.optional(z.union([z.string(), integerSchema])),
  cl_ord_id: z.optional(z.string()),
});
export type CancelOrderParams = z.output<typeof cancelOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/cancel-order */
export const cancelOrderResultSchema = openObject({
  count: integerSchema,
  /** True: not all of them are cancelled yet. */
  pending: z.optional(z.boolean()),
});
export type CancelOrderResult = z.output<typeof cancelOrderResultSchema>;
