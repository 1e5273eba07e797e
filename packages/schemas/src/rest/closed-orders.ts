/** https://docs.kraken.com/api/docs/rest-api/get-closed-orders */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { orderFields } from './order.ts';

/** A time in seconds, or an order id. */
const boundSchema = z.optional(z.union([integerSchema, z.string()]));

/** https://docs.kraken.com/api/docs/rest-api/get-closed-orders */
export const closedOrdersParamsSchema = openObject({
  trades: z.optional(z.boolean()),
  userref: z.optional(integerSchema),
  cl_ord_id: z.optional(z.string()),
  /** Exclusive. */
  start: boundSchema,
  /** Inclusive. */
  end: boundSchema,
  ofs: z.optional(integerSchema),
  closetime: z.optional(openEnum(['open', 'close', 'both'])),
  consolidate_taker: z.optional(z.boolean()),
  without_count: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type ClosedOrdersParams = z.output<typeof closedOrdersParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-closed-orders */
export const closedOrderSchema = openObject({
  ...orderFields,
  closetm: decimalSchema,
  reason: z.optional(z.nullable(z.string())),
});
export type ClosedOrder = z.output<typeof closedOrderSchema>;

/**
 * 50 a page, by order id.
 * https://docs.kraken.com/api/docs/rest-api/get-closed-orders
 */
export const closedOrdersResultSchema = openObject({
  closed: z.record(z.string(), closedOrderSchema),
  /** Of all pages. */
  count: z.optional(integerSchema),
});
export type ClosedOrdersResult = z.output<typeof closedOrdersResultSchema>;
