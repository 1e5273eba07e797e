/** https://docs.kraken.com/api/docs/websocket-v1/openorders */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { orderTypeSchema } from '../ws/order-fields.ts';
import { epochSchema } from './fields.ts';

const decimal = z.optional(z.nullable(decimalStringSchema));
const text = z.optional(z.nullable(z.string()));

/** https://docs.kraken.com/api/docs/websocket-v1/openorders */
export const openOrderDescriptionSchema = openObject({
  pair: z.string(),
  position: text,
  type: openEnum(['buy', 'sell']),
  ordertype: orderTypeSchema,
  price: z.string(),
  price2: z.string(),
  leverage: text,
  order: z.string(),
  close: text,
});
export type OpenOrderDescription = z.output<typeof openOrderDescriptionSchema>;

/**
 * Whole in the snapshot; in updates what changed, at least the status.
 * https://docs.kraken.com/api/docs/websocket-v1/openorders
 */
export const openOrderSchema = openObject({
  status: z.optional(openEnum(['pending', 'open', 'closed', 'canceled', 'expired'])),
  refid: text,
  userref: z.optional(z.nullable(integerSchema)),
  cl_ord_id: text,
  opentm: z.optional(z.nullable(epochSchema)),
  starttm: z.optional(z.nullable(epochSchema)),
  expiretm: z.optional(z.nullable(epochSchema)),
  lastupdated: z.optional(z.nullable(epochSchema)),
  display_volume: decimal,
  display_volume_remain: decimal,
  contingent: z.optional(
    z.nullable(
      openObject({
        ordertype: z.optional(z.nullable(orderTypeSchema)),
        price: text,
        price2: text,
        oflags: text,
      }),
    ),
  ),
  descr: z.optional(openOrderDescriptionSchema),
  margin: z.optional(z.boolean()),
  vol: decimal,
  vol_exec: decimal,
  cost: decimal,
  fee: decimal,
  avg_price: decimal,
  stopprice: decimal,
  limitprice: decimal,
  misc: text,
  oflags: text,
  timeinforce: z.optional(z.nullable(openEnum(['GTC', 'GTD', 'IOC', 'FOK']))),
  cancel_reason: text,
  amend_reason: text,
  amended: z.optional(z.boolean()),
  ratecount: z.optional(integerSchema),
  sender_sub_id: text,
});
export type OpenOrder = z.output<typeof openOrderSchema>;

/**
 * Orders by id, channel, and a sequence that counts up by one a message.
 * https://docs.kraken.com/api/docs/websocket-v1/openorders
 */
export const openOrdersFrameSchema = z.tuple([
  z.array(z.record(z.string(), openOrderSchema)),
  z.literal('openOrders'),
  openObject({ sequence: integerSchema }),
]);
export type OpenOrdersFrame = z.output<typeof openOrdersFrameSchema>;
