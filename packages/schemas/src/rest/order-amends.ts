/** https://docs.kraken.com/api/docs/rest-api/get-order-amends */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  idSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-order-amends */
export const orderAmendsParamsSchema = openObject({
  order_id: z.string(),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type OrderAmendsParams = z.output<typeof orderAmendsParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-order-amends */
export const orderAmendSchema = openObject({
  amend_id: z.string(),
  amend_type: openEnum(['original', 'user', 'restated']),
  order_qty: decimalStringSchema,
  display_qty: z.optional(decimalStringSchema),
  remaining_qty: decimalStringSchema,
  limit_price: z.optional(decimalStringSchema),
  trigger_price: z.optional(decimalStringSchema),
  reason: z.optional(z.string()),
  post_only: z.boolean(),
  /** As digits: documented in nanoseconds, seen in milliseconds. */
  timestamp: idSchema,
});
export type OrderAmend = z.output<typeof orderAmendSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-order-amends */
export const orderAmendsResultSchema = openObject({
  count: integerSchema,
  amends: z.array(orderAmendSchema),
});
export type OrderAmendsResult = z.output<typeof orderAmendsResultSchema>;
