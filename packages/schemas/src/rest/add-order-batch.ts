/** https://docs.kraken.com/api/docs/rest-api/add-order-batch */
import * as z from 'zod/mini';
import { openObject, timestampSchema } from '../primitives/index.ts';
import { newOrderFields, orderTextsSchema } from './add-order.ts';
import { tokenizedPairSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/add-order-batch */
export const addOrderBatchEntrySchema = openObject(newOrderFields);
export type AddOrderBatchEntry = z.output<typeof addOrderBatchEntrySchema>;

/**
 * Sent as JSON.
 * https://docs.kraken.com/api/docs/rest-api/add-order-batch
 */
export const addOrderBatchParamsSchema = openObject({
  pair: z.string(),
  /** 2 to 15. */
  orders: z.array(addOrderBatchEntrySchema),
  asset_class: tokenizedPairSchema,
  deadline: z.optional(timestampSchema),
  validate: z.optional(z.boolean()),
  broker: z.optional(z.nullable(z.string())),
});
export type AddOrderBatchParams = z.output<typeof addOrderBatchParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/add-order-batch */
export const addOrderBatchRowSchema = openObject({
  descr: z.optional(orderTextsSchema),
  /** One id here, an array of them in AddOrder. */
  txid: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  error: z.optional(z.string()),
});
export type AddOrderBatchRow = z.output<typeof addOrderBatchRowSchema>;

/**
 * One row an order, in the order of the request; a refused one says so in its row.
 * https://docs.kraken.com/api/docs/rest-api/add-order-batch
 */
export const addOrderBatchResultSchema = openObject({ orders: z.array(addOrderBatchRowSchema) });
export type AddOrderBatchResult = z.output<typeof addOrderBatchResultSchema>;
