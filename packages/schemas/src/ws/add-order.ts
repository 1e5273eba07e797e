/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { ackOf, requestOf, warningsSchema } from './envelope.ts';
import {
  conditionalSchema,
  feePreferenceSchema,
  orderTypeSchema,
  priceTypeSchema,
  selfTradePreventionSchema,
  sideSchema,
  triggersSchema,
} from './order-fields.ts';

/** One order, as `add_order` and `batch_add` take it. */
export const newOrderFields = {
  order_type: orderTypeSchema,
  side: sideSchema,
  /** In base units; absent when `cash_order_qty` stands. */
  order_qty: z.optional(decimalSchema),
  limit_price: z.optional(decimalSchema),
  /** For trailing-stop-limit only. */
  limit_price_type: z.optional(priceTypeSchema),
  triggers: z.optional(triggersSchema),
  /** `gtc` when absent. Lower case here, upper case in executions and REST. */
  time_in_force: z.optional(openEnum(['gtc', 'gtd', 'ioc', 'fok'])),
  margin: z.optional(z.boolean()),
  post_only: z.optional(z.boolean()),
  reduce_only: z.optional(z.boolean()),
  effective_time: z.optional(timestampSchema),
  /** For `gtd` only. */
  expire_time: z.optional(timestampSchema),
  /** A UUID, 32 hex digits or at most 18 ASCII characters; not beside `order_userref`. */
  cl_ord_id: z.optional(z.string()),
  order_userref: z.optional(integerSchema),
  conditional: z.optional(conditionalSchema),
  /** Of an iceberg: at least a fifteenth of `order_qty`. */
  display_qty: z.optional(decimalSchema),
  fee_preference: z.optional(feePreferenceSchema),
  stp_type: z.optional(selfTradePreventionSchema),
  /** In quote units, for market buys without margin. */
  cash_order_qty: z.optional(decimalSchema),
  sender_sub_id: z.optional(z.string()),
  /** @deprecated ignored since 18 September 2025 */
  no_mpp: z.optional(z.boolean()),
  /** @deprecated use `triggers` */
  stop_price: z.optional(decimalSchema),
  /** @deprecated use `triggers.reference` */
  trigger: z.optional(openEnum(['index', 'last'])),
};

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const addOrderParamsSchema = openObject({
  ...newOrderFields,
  symbol: z.string(),
  /** 500 ms to 60 s from now; 5 s when absent. */
  deadline: z.optional(timestampSchema),
  /** True: checked, not placed; the answer's `order_id` is empty. */
  validate: z.optional(z.boolean()),
  token: z.string(),
});
export type AddOrderParams = z.output<typeof addOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const addOrderRequestSchema = requestOf('add_order', addOrderParamsSchema);
export type AddOrderRequest = z.output<typeof addOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const addOrderResultSchema = openObject({
  order_id: z.string(),
  cl_ord_id: z.optional(z.string()),
  order_userref: z.optional(integerSchema),
  warnings: warningsSchema,
});
export type AddOrderResult = z.output<typeof addOrderResultSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
export const addOrderAckSchema = ackOf('add_order', addOrderResultSchema);
export type AddOrderAck = z.output<typeof addOrderAckSchema>;
