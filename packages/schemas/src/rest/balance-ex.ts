/** https://docs.kraken.com/api/docs/rest-api/get-extended-balance */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-extended-balance */
export const balanceExParamsSchema = openObject({ rebase_multiplier: rebaseMultiplierSchema });
export type BalanceExParams = z.output<typeof balanceExParamsSchema>;

/**
 * What can be spent is balance + credit - credit_used - hold_trade.
 * https://docs.kraken.com/api/docs/rest-api/get-extended-balance
 */
export const extendedBalanceSchema = openObject({
  balance: decimalStringSchema,
  hold_trade: decimalStringSchema,
  credit: z.optional(decimalStringSchema),
  credit_used: z.optional(decimalStringSchema),
});
export type ExtendedBalance = z.output<typeof extendedBalanceSchema>;

/**
 * By asset id.
 * https://docs.kraken.com/api/docs/rest-api/get-extended-balance
 */
export const balanceExResultSchema = z.record(z.string(), extendedBalanceSchema);
export type BalanceExResult = z.output<typeof balanceExResultSchema>;
