/** https://docs.kraken.com/api/docs/websocket-v2/amend_order */
import * as z from 'zod/mini';
import { decimalSchema, openObject, timestampSchema } from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';
import { priceTypeSchema } from './order-fields.ts';

/**
 * In place: the ids, the fills and, where possible, the place in the queue stay.
 * https://docs.kraken.com/api/docs/websocket-v2/amend_order
 */
export const amendOrderParamsSchema = openObject({
  /** This or `cl_ord_id`. */
  order_id: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  /** Below what is filled already: the rest is cancelled. */
  order_qty: z.optional(decimalSchema),
  limit_price: z.optional(decimalSchema),
  limit_price_type: z.optional(priceTypeSchema),
  display_qty: z.optional(decimalSchema),
  trigger_price: z.optional(decimalSchema),
  trigger_price_type: z.optional(priceTypeSchema),
  post_only: z.optional(z.boolean()),
  deadline: z.optional(timestampSchema),
  /** Required for tokenized assets. */
  symbol: z.optional(z.string()),
  token: z.string(),
});
export type AmendOrderParams = z.output<typeof amendOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/amend_order */
export const amendOrderRequestSchema = requestOf('amend_order', amendOrderParamsSchema);
export type AmendOrderRequest = z.output<typeof amendOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/amend_order */
export const amendOrderResultSchema = openObject({
  /** Empty for derivatives: no key. */
  amend_id: z.string(),
  order_id: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  warnings: warningsSchema,
});
export type AmendOrderResult = z.output<typeof amendOrderResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/amend_order */
export const amendOrderAckSchema = ackOf('amend_order', amendOrderResultSchema);
export type AmendOrderAck = z.output<typeof amendOrderAckSchema>;
