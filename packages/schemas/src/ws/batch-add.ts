/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
import * as z from 'zod/mini';
import { integerSchema, openObject, timestampSchema } from '../primitives/index.ts';
import { newOrderFields } from './add-order.ts';
import { ackFields, ackOf, requestOf, warningsSchema } from './envelope.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
export const batchOrderSchema = openObject(newOrderFields);
export type BatchOrder = z.output<typeof batchOrderSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
export const batchAddParamsSchema = openObject({
  symbol: z.string(),
  /** 2 to 15. All are refused when one is malformed; the engine refuses them one by one. */
  orders: z.array(batchOrderSchema),
  deadline: z.optional(timestampSchema),
  validate: z.optional(z.boolean()),
  token: z.string(),
});
export type BatchAddParams = z.output<typeof batchAddParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
export const batchAddRequestSchema = requestOf('batch_add', batchAddParamsSchema);
export type BatchAddRequest = z.output<typeof batchAddRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
export const batchAddRowSchema = openObject({
  order_id: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  order_userref: z.optional(integerSchema),
  success: z.optional(z.boolean()),
  error: z.optional(z.string()),
  warnings: warningsSchema,
});
export type BatchAddRow = z.output<typeof batchAddRowSchema>;

/**
 * One row an order, in the order of the request. Documented as an array; seen as an object too.
 * https://docs.kraken.com/api/docs/websocket-v2/batch_add
 */
export const batchAddResultSchema = z.union([
  z.array(batchAddRowSchema),
  openObject({ orders: z.array(batchAddRowSchema) }),
]);
export type BatchAddResult = z.output<typeof batchAddResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
export const batchAddAckSchema = ackOf('batch_add', batchAddResultSchema);
export type BatchAddAck = z.output<typeof batchAddAckSchema>;

/**
 * Refused row by row. A batch that is refused before its rows are looked at is a `FailedAck`.
 * https://docs.kraken.com/api/docs/websocket-v2/batch_add
 */
export const batchAddFailedAckSchema = openObject({
  method: z.literal('batch_add'),
  success: z.optional(z.literal(false)),
  error: z.optional(z.string()),
  result: batchAddResultSchema,
  ...ackFields,
});
export type BatchAddFailedAck = z.output<typeof batchAddFailedAckSchema>;
