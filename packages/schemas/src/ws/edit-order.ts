/** https://docs.kraken.com/api/docs/websocket-v2/edit_order */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';
import { feePreferenceSchema, triggersSchema } from './order-fields.ts';

/**
 * Cancels and places anew, under another id and at the end of the queue: prefer `amend_order`.
 * https://docs.kraken.com/api/docs/websocket-v2/edit_order
 */
export const editOrderParamsSchema = openObject({
  order_id: z.string(),
  symbol: z.string(),
  order_qty: z.optional(decimalSchema),
  limit_price: z.optional(decimalSchema),
  display_qty: z.optional(decimalSchema),
  /** That of the new order. */
  order_userref: z.optional(integerSchema),
  post_only: z.optional(z.boolean()),
  reduce_only: z.optional(z.boolean()),
  fee_preference: z.optional(feePreferenceSchema),
  triggers: z.optional(triggersSchema),
  deadline: z.optional(timestampSchema),
  validate: z.optional(z.boolean()),
  token: z.string(),
  /** @deprecated use `limit_price` */
  price: z.optional(decimalSchema),
  /** @deprecated use `triggers.reference` */
  trigger: z.optional(openEnum(['index', 'last'])),
  /** @deprecated use `triggers.price` */
  stop_price: z.optional(decimalSchema),
  /** @deprecated ignored since 18 September 2025 */
  no_mpp: z.optional(z.boolean()),
});
export type EditOrderParams = z.output<typeof editOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/edit_order */
export const editOrderRequestSchema = requestOf('edit_order', editOrderParamsSchema);
export type EditOrderRequest = z.output<typeof editOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/edit_order */
export const editOrderResultSchema = openObject({
  /** That of the new order. */
  order_id: z.string(),
  original_order_id: z.string(),
  warnings: warningsSchema,
});
export type EditOrderResult = z.output<typeof editOrderResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/edit_order */
export const editOrderAckSchema = ackOf('edit_order', editOrderResultSchema);
export type EditOrderAck = z.output<typeof editOrderAckSchema>;
