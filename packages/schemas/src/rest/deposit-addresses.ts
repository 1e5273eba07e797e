/** https://docs.kraken.com/api/docs/rest-api/get-deposit-addresses */
import * as z from 'zod/mini';
import { decimalOrStringSchema, openObject } from '../primitives/index.ts';
import { assetClassSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-addresses */
export const depositAddressesParamsSchema = openObject({
  asset: z.string(),
  aclass: z.optional(assetClassSchema),
  method: z.string(),
  /** Make a new one. */
  new: z.optional(z.boolean()),
  /** Of a Lightning invoice. */
  amount: z.optional(decimalOrStringSchema),
});
export type DepositAddressesParams = z.output<typeof depositAddressesParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-addresses */
export const depositAddressSchema = openObject({
  address: z.string(),
  /** Unix seconds as text, `0` for never. */
  expiretm: z.string(),
  new: z.optional(z.boolean()),
  tag: z.optional(z.string()),
  memo: z.optional(z.string()),
});
export type DepositAddress = z.output<typeof depositAddressSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-addresses */
export const depositAddressesResultSchema = z.array(depositAddressSchema);
export type DepositAddressesResult = z.output<typeof depositAddressesResultSchema>;
