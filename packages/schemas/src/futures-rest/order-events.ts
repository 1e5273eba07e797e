/** What an instruction did, event by event: https://docs.kraken.com/api/docs/futures-api/trading/send-order */
import * as z from 'zod/mini';
import {
  decimalSchema,
  openEnum,
  openObject,
  openUnion,
  timestampSchema,
} from '../primitives/index.ts';
import { optionalTime, orderErrorSchema, sideSchema } from './fields.ts';

const decimalOrNull = z.nullable(decimalSchema);
const textOrNull = z.nullable(z.string());

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const orderSchema = openObject({
  orderId: z.string(),
  cliOrdId: textOrNull,
  type: openEnum([
    'lmt',
    'ioc',
    'post',
    'mkt',
    'liquidation',
    'assignment',
    'stp',
    'unwind',
    'block',
    'fok',
  ]),
  symbol: z.string(),
  side: sideSchema,
  quantity: decimalSchema,
  filled: decimalSchema,
  limitPrice: decimalSchema,
  reduceOnly: z.boolean(),
  timestamp: timestampSchema,
  lastUpdateTimestamp: timestampSchema,
});
export type Order = z.output<typeof orderSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const orderTriggerSchema = openObject({
  uid: z.string(),
  clientId: textOrNull,
  type: z.string(),
  symbol: z.string(),
  side: sideSchema,
  quantity: decimalOrNull,
  limitPrice: decimalOrNull,
  triggerPrice: decimalOrNull,
  triggerSide: z.nullable(openEnum(['trigger_above', 'trigger_below'])),
  triggerSignal: z.nullable(openEnum(['mark_price', 'last_price', 'spot_price'])),
  reduceOnly: z.boolean(),
  timestamp: timestampSchema,
  lastUpdateTimestamp: timestampSchema,
  startTime: optionalTime,
});
export type OrderTrigger = z.output<typeof orderTriggerSchema>;

const order = z.optional(z.nullable(orderSchema));
const orderTrigger = z.optional(z.nullable(orderTriggerSchema));

/**
 * Of an order, or of the trigger of one.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const placeEventSchema = openObject({
  type: z.literal('PLACE'),
  order,
  orderTrigger,
  reducedQuantity: z.optional(decimalOrNull),
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const cancelEventSchema = openObject({
  type: z.literal('CANCEL'),
  uid: z.string(),
  order,
  orderTrigger,
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const editEventSchema = openObject({
  type: z.literal('EDIT'),
  old: z.union([orderSchema, orderTriggerSchema]),
  new: z.union([orderSchema, orderTriggerSchema]),
  reducedQuantity: z.optional(decimalOrNull),
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const rejectEventSchema = openObject({
  type: z.literal('REJECT'),
  uid: z.string(),
  order,
  orderTrigger,
  reason: orderErrorSchema,
});
/** https://docs.kraken.com/api/docs/futures-api/trading/send-order */
export const executionEventSchema = openObject({
  type: z.literal('EXECUTION'),
  executionId: z.string(),
  price: decimalSchema,
  amount: decimalSchema,
  orderPriorEdit: order,
  orderPriorExecution: order,
  takerReducedQuantity: z.optional(decimalOrNull),
});

/**
 * `event.type === 'EXECUTION'` narrows.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const orderEventSchema = z.discriminatedUnion('type', [
  placeEventSchema,
  cancelEventSchema,
  editEventSchema,
  rejectEventSchema,
  executionEventSchema,
]);
export type OrderEvent = z.output<typeof orderEventSchema>;

/**
 * Events of a kind that is not known pass as they are.
 * https://docs.kraken.com/api/docs/futures-api/trading/send-order
 */
export const orderEventsSchema = z.array(openUnion('type', orderEventSchema));
