/** https://docs.kraken.com/api/docs/rest-api/amend-order */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject, timestampSchema } from '../primitives/index.ts';
import { relativePriceSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/amend-order */
export const amendOrderParamsSchema = openObject({
  /** This or `cl_ord_id`. */
  txid: z.optional(z.string()),
  cl_ord_id: z.optional(z.string()),
  order_qty: z.optional(decimalStringSchema),
  display_qty: z.optional(decimalStringSchema),
  limit_price: z.optional(relativePriceSchema),
  trigger_price: z.optional(relativePriceSchema),
  /** Required for tokenized assets. */
  pair: z.optional(z.string()),
  post_only: z.optional(z.boolean()),
  deadline: z.optional(timestampSchema),
});
export type AmendOrderParams = z.output<typeof amendOrderParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/amend-order */
export const amendOrderResultSchema = openObject({ amend_id: z.string() });
export type AmendOrderResult = z.output<typeof amendOrderResultSchema>;
