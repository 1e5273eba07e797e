/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-addresses */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { assetClassSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-addresses */
export const withdrawAddressesParamsSchema = openObject({
  asset: z.optional(z.string()),
  aclass: z.optional(assetClassSchema),
  method: z.optional(z.string()),
  /** The name under which it was set up. */
  key: z.optional(z.string()),
  verified: z.optional(z.boolean()),
});
export type WithdrawAddressesParams = z.output<typeof withdrawAddressesParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-addresses */
export const withdrawAddressSchema = openObject({
  address: z.string(),
  asset: z.string(),
  method: z.string(),
  key: z.string(),
  tag: z.optional(z.nullable(z.string())),
  memo: z.optional(z.nullable(z.string())),
  verified: z.boolean(),
});
export type WithdrawAddress = z.output<typeof withdrawAddressSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-addresses */
export const withdrawAddressesResultSchema = z.array(withdrawAddressSchema);
export type WithdrawAddressesResult = z.output<typeof withdrawAddressesResultSchema>;
