/** https://docs.kraken.com/api/docs/websocket-v1/addorder and its neighbours. */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
  relativePriceSchema,
} from '../primitives/index.ts';
import { orderTypeSchema, selfTradePreventionSchema } from '../ws/order-fields.ts';

const text = z.optional(z.string());
const decimal = z.optional(decimalStringSchema);
const price = z.optional(relativePriceSchema);
const requestFields = { token: z.string(), reqid: z.optional(integerSchema) };
const answerFields = {
  status: openEnum(['ok', 'error']),
  errorMessage: text,
  reqid: z.optional(integerSchema),
};

/**
 * Prices may be relative: `+5`, `-1.5%`.
 * https://docs.kraken.com/api/docs/websocket-v1/addorder
 */
export const addOrderRequestSchema = openObject({
  event: z.literal('addOrder'),
  ordertype: orderTypeSchema,
  type: openEnum(['buy', 'sell']),
  pair: z.string(),
  price,
  price2: price,
  volume: decimalStringSchema,
  leverage: text,
  margin: z.optional(z.boolean()),
  reduce_only: z.optional(z.boolean()),
  oflags: text,
  starttm: text,
  expiretm: text,
  deadline: text,
  cl_ord_id: text,
  userref: text,
  stp_type: z.optional(selfTradePreventionSchema),
  validate: text,
  timeinforce: z.optional(openEnum(['GTC', 'GTD', 'IOC'])),
  'close[ordertype]': z.optional(orderTypeSchema),
  'close[price]': price,
  'close[price2]': price,
  ...requestFields,
});
export type AddOrderRequest = z.output<typeof addOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const addOrderStatusSchema = openObject({
  event: z.literal('addOrderStatus'),
  txid: text,
  descr: text,
  cl_ord_id: text,
  ...answerFields,
});
export type AddOrderStatus = z.output<typeof addOrderStatusSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const amendOrderRequestSchema = openObject({
  event: z.literal('amendOrder'),
  txid: text,
  cl_ord_id: text,
  volume: decimal,
  display_volume: decimal,
  limit_price: price,
  trigger_price: price,
  post_only: z.optional(z.boolean()),
  pair: text,
  deadline: text,
  ...requestFields,
});
export type AmendOrderRequest = z.output<typeof amendOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const amendOrderStatusSchema = openObject({
  event: z.literal('amendOrderStatus'),
  amend_id: text,
  txid: text,
  cl_ord_id: text,
  ...answerFields,
});
export type AmendOrderStatus = z.output<typeof amendOrderStatusSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const editOrderRequestSchema = openObject({
  event: z.literal('editOrder'),
  orderid: z.string(),
  pair: z.string(),
  price,
  price2: price,
  volume: decimal,
  oflags: text,
  newuserref: text,
  validate: text,
  ...requestFields,
});
export type EditOrderRequest = z.output<typeof editOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const editOrderStatusSchema = openObject({
  event: z.literal('editOrderStatus'),
  txid: text,
  originaltxid: text,
  descr: text,
  ...answerFields,
});
export type EditOrderStatus = z.output<typeof editOrderStatusSchema>;

/**
 * Each order is answered on its own.
 * https://docs.kraken.com/api/docs/websocket-v1/addorder
 */
export const cancelOrderRequestSchema = openObject({
  event: z.literal('cancelOrder'),
  /** Order ids or user references. */
  txid: z.optional(z.array(z.string())),
  cl_ord_id: z.optional(z.array(z.string())),
  ...requestFields,
});
export type CancelOrderRequest = z.output<typeof cancelOrderRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const cancelOrderStatusSchema = openObject({
  event: z.literal('cancelOrderStatus'),
  ...answerFields,
});
export type CancelOrderStatus = z.output<typeof cancelOrderStatusSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const cancelAllRequestSchema = openObject({
  event: z.literal('cancelAll'),
  ...requestFields,
});
export type CancelAllRequest = z.output<typeof cancelAllRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const cancelAllStatusSchema = openObject({
  event: z.literal('cancelAllStatus'),
  count: z.optional(integerSchema),
  ...answerFields,
});
export type CancelAllStatus = z.output<typeof cancelAllStatusSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const cancelAllOrdersAfterRequestSchema = openObject({
  event: z.literal('cancelAllOrdersAfter'),
  /** Seconds; 0 disarms. */
  timeout: integerSchema,
  ...requestFields,
});
export type CancelAllOrdersAfterRequest = z.output<typeof cancelAllOrdersAfterRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/addorder */
export const cancelAllOrdersAfterStatusSchema = openObject({
  event: z.literal('cancelAllOrdersAfterStatus'),
  currentTime: text,
  /** `"0"` when disarmed. */
  triggerTime: text,
  ...answerFields,
});
export type CancelAllOrdersAfterStatus = z.output<typeof cancelAllOrdersAfterStatusSchema>;
