/** https://docs.kraken.com/api/docs/rest-api/edit-order */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';
import { orderTextsSchema } from './add-order.ts';
import { relativePriceSchema, tokenizedPairSchema } from './fields.ts';

/**
 * Cancels and places anew, under another id: prefer AmendOrder.
 * https://docs.kraken.com/api/docs/rest-api/edit-order
 */
export const editOrderParamsSchema = openObject({
  /** Order id or user reference. */
  txid: z.union([z.string(), integerSchema]),
  pair: z.string(),
  userref: z.optional(integerSchema),
  volume: z.optional(decimalStringSchema),
  displayvol: z.optional(decimalStringSchema),
  asset_class: tokenizedPairSchema,
  price: z.optional(relativePriceSchema),
  price2: z.optional(relativePriceSchema),
  /** `post` alone can be set. */
  oflags: z.optional(z.string()),
  deadline: z.optional(timestampSchema),
  cancel_response: z.optional(z.boolean()),
  validate: z.optional(z.boolean()),
});
export type EditOrderParams = z.output<typeof editOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/edit-order */
export const editOrderResultSchema = openObject({
  status: openEnum(['ok', 'err']),
  txid: z.optional(z.string()),
  originaltxid: z.optional(z.string()),
  volume: z.optional(decimalStringSchema),
  price: z.optional(z.string()),
  price2: z.optional(z.string()),
  orders_cancelled: z.optional(integerSchema),
  descr: z.optional(orderTextsSchema),
  newuserref: z.optional(z.union([integerSchema, z.string()])),
  olduserref: z.optional(z.union([integerSchema, z.string()])),
  error_message: z.optional(z.string()),
});
export type EditOrderResult = z.output<typeof editOrderResultSchema>;
