/**
 * An order as OpenOrders, ClosedOrders and QueryOrders describe it.
 * https://docs.kraken.com/api/docs/rest-api/get-orders-info
 */
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { orderTypeSchema, sideSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-orders-info */
export const orderDescriptionSchema = openObject({
  /** Altname. */
  pair: z.string(),
  type: sideSchema,
  ordertype: orderTypeSchema,
  /** Can be relative: `+5.0%`. */
  price: z.string(),
  price2: z.string(),
  /** `none` or `5:1`. */
  leverage: z.string(),
  /** In words: `buy 0.50000000 XBTUSD @ limit 29500.0`. */
  order: z.string(),
  /** In words; empty without a conditional close. */
  close: z.string(),
  aclass: z.optional(z.string()),
});
export type OrderDescription = z.output<typeof orderDescriptionSchema>;

export const orderFields = {
  /** The order that placed it. */
  refid: z.nullable(z.string()),
  userref: z.nullable(integerSchema),
  cl_ord_id: z.optional(z.nullable(z.string())),
  status: openEnum(['pending', 'open', 'closed', 'canceled', 'expired']),
  /** Seconds with a fraction, as the times below. */
  opentm: decimalSchema,
  /** 0 when unset. */
  starttm: decimalSchema,
  /** 0 when unset. */
  expiretm: decimalSchema,
  descr: orderDescriptionSchema,
  vol: decimalStringSchema,
  vol_exec: decimalStringSchema,
  cost: decimalStringSchema,
  fee: decimalStringSchema,
  /** The average of its fills. */
  price: decimalStringSchema,
  stopprice: decimalStringSchema,
  limitprice: decimalStringSchema,
  trigger: z.optional(openEnum(['last', 'index'])),
  margin: z.optional(z.boolean()),
  /** Comma-separated: `stopped`, `touched`, `liquidated`, `partial`, `amended`. */
  misc: z.string(),
  /** Comma-separated: `post`, `fcib`, `fciq`, `nompp`, `viqc`. */
  oflags: z.string(),
  timeinforce: z.optional(openEnum(['GTC', 'IOC', 'FOK', 'GTD'])),
  sender_sub_id: z.optional(z.nullable(z.string())),
  /** Ids, when `trades` was asked for. */
  trades: z.optional(z.array(z.string())),
};

/** https://docs.kraken.com/api/docs/rest-api/get-orders-info */
export const orderSchema = openObject({
  ...orderFields,
  closetm: z.optional(decimalSchema),
  reason: z.optional(z.nullable(z.string())),
});
export type Order = z.output<typeof orderSchema>;
