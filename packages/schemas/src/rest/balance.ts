/** https://docs.kraken.com/api/docs/rest-api/get-account-balance */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-account-balance */
export const balanceParamsSchema = openObject({ rebase_multiplier: rebaseMultiplierSchema });
export type BalanceParams = z.output<typeof balanceParamsSchema>;

/**
 * By asset id; suffixes mark staked (`.S`), yield-bearing (`.B`) and other kinds.
 * https://docs.kraken.com/api/docs/rest-api/get-account-balance
 */
export const balanceResultSchema = z.record(z.string(), decimalStringSchema);
export type BalanceResult = z.output<typeof balanceResultSchema>;
