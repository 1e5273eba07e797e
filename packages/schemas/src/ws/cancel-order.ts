/** https://docs.kraken.com/api/docs/websocket-v2/cancel_order */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';

/**
 * One kind of id a request. Each order is answered on its own, under the same `req_id`.
 * https://docs.kraken.com/api/docs/websocket-v2/cancel_order
 */
export const cancelOrderParamsSchema = openObject({
  order_id: z.optional(z.array(z.string())),
  cl_ord_id: z.optional(z.array(z.string())),
  /** One can stand for many orders. */
  order_userref: z.optional(z.array(integerSchema)),
  token: z.string(),
});
export type CancelOrderParams = z.output<typeof cancelOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_order */
export const cancelOrderRequestSchema = requestOf('cancel_order', cancelOrderParamsSchema);
export type CancelOrderRequest = z.output<typeof cancelOrderRequestSchema>;

/**
 * The id by which the order was named.
 * https://docs.kraken.com/api/docs/websocket-v2/cancel_order
 */
export const cancelOrderResultSchema = openObject({
  order_id: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  warnings: warningsSchema,
});
export type CancelOrderResult = z.output<typeof cancelOrderResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_order */
export const cancelOrderAckSchema = ackOf('cancel_order', cancelOrderResultSchema);
export type CancelOrderAck = z.output<typeof cancelOrderAckSchema>;
