/** https://docs.kraken.com/api/docs/rest-api/get-credit-lines */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-credit-lines */
export const creditLinesParamsSchema = openObject({ rebase_multiplier: rebaseMultiplierSchema });
export type CreditLinesParams = z.output<typeof creditLinesParamsSchema>;

const amount = z.optional(z.nullable(decimalStringSchema));

/** https://docs.kraken.com/api/docs/rest-api/get-credit-lines */
export const creditLineSchema = openObject({
  balance: decimalStringSchema,
  credit_limit: decimalStringSchema,
  credit_used: decimalStringSchema,
  available_credit: decimalStringSchema,
});
export type CreditLine = z.output<typeof creditLineSchema>;

/**
 * Null for accounts without one.
 * https://docs.kraken.com/api/docs/rest-api/get-credit-lines
 */
export const creditLinesResultSchema = z.nullable(
  openObject({
    asset_details: z.record(z.string(), creditLineSchema),
    limits_monitor: openObject({
      total_credit_usd: amount,
      total_credit_used_usd: amount,
      total_collateral_value_usd: amount,
      equity_usd: amount,
      ongoing_balance: amount,
      debt_to_equity: amount,
    }),
  }),
);
export type CreditLinesResult = z.output<typeof creditLinesResultSchema>;
