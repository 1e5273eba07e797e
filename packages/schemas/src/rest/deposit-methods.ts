/** https://docs.kraken.com/api/docs/rest-api/get-deposit-methods */
import * as z from 'zod/mini';
import { decimalOrStringSchema, decimalStringSchema, openObject } from '../primitives/index.ts';
import { assetClassSchema, rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-methods */
export const depositMethodsParamsSchema = openObject({
  asset: z.string(),
  aclass: z.optional(assetClassSchema),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type DepositMethodsParams = z.output<typeof depositMethodsParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-methods */
export const depositMethodSchema = openObject({
  method: z.string(),
  /** The most that can be deposited now, or `false`. */
  limit: z.union([z.boolean(), decimalOrStringSchema]),
  fee: z.optional(decimalStringSchema),
  'address-setup-fee': z.optional(decimalStringSchema),
  'gen-address': z.optional(z.boolean()),
  minimum: z.optional(decimalStringSchema),
});
export type DepositMethod = z.output<typeof depositMethodSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-deposit-methods */
export const depositMethodsResultSchema = z.array(depositMethodSchema);
export type DepositMethodsResult = z.output<typeof depositMethodsResultSchema>;
