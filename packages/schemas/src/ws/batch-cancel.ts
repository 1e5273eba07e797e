/** https://docs.kraken.com/api/docs/websocket-v2/batch_cancel */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { ackFields, requestOf, warningsSchema } from './envelope.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/batch_cancel */
export const batchCancelParamsSchema = openObject({
  /** 2 to 50 order ids, or user references as text. */
  orders: z.array(z.string()),
  cl_ord_id: z.optional(z.array(z.string())),
  token: z.string(),
});
export type BatchCancelParams = z.output<typeof batchCancelParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_cancel */
export const batchCancelRequestSchema = requestOf('batch_cancel', batchCancelParamsSchema);
export type BatchCancelRequest = z.output<typeof batchCancelRequestSchema>;

/**
 * The count is documented in `result`; the wire has it as `orders_cancelled` beside it.
 * https://docs.kraken.com/api/docs/websocket-v2/batch_cancel
 */
export const batchCancelAckSchema = openObject({
  method: z.literal('batch_cancel'),
  success: z.literal(true),
  result: z.optional(openObject({ count: z.optional(integerSchema), warnings: warningsSchema })),
  orders_cancelled: z.optional(integerSchema),
  ...ackFields,
});
export type BatchCancelAck = z.output<typeof batchCancelAckSchema>;
