/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-methods */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { assetClassSchema, rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-methods */
export const withdrawMethodsParamsSchema = openObject({
  asset: z.optional(z.string()),
  aclass: z.optional(assetClassSchema),
  network: z.optional(z.string()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type WithdrawMethodsParams = z.output<typeof withdrawMethodsParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-methods */
export const withdrawMethodSchema = openObject({
  asset: z.string(),
  method: z.string(),
  method_id: z.optional(z.string()),
  network: z.optional(z.nullable(z.string())),
  network_id: z.optional(z.string()),
  minimum: z.optional(decimalStringSchema),
  limits: z.optional(z.unknown()),
  fee: z.optional(z.unknown()),
});
export type WithdrawMethod = z.output<typeof withdrawMethodSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-methods */
export const withdrawMethodsResultSchema = z.array(withdrawMethodSchema);
export type WithdrawMethodsResult = z.output<typeof withdrawMethodsResultSchema>;
