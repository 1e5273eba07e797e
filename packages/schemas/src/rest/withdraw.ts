/** https://docs.kraken.com/api/docs/rest-api/withdraw-funds */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { assetClassSchema, rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/withdraw-funds */
export const withdrawParamsSchema = openObject({
  asset: z.string(),
  aclass: z.optional(assetClassSchema),
  /** The name under which the address was set up. */
  key: z.string(),
  /** To check that `key` stands for it. */
  address: z.optional(z.string()),
  amount: decimalStringSchema,
  /** Refused when the fee is higher. */
  max_fee: z.optional(decimalStringSchema),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type WithdrawParams = z.output<typeof withdrawParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/withdraw-funds */
export const withdrawResultSchema = openObject({ refid: z.string() });
export type WithdrawResult = z.output<typeof withdrawResultSchema>;
