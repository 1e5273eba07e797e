/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-withdrawals */
import * as z from 'zod/mini';
import {
  decimalOrStringSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { assetClassSchema, rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-withdrawals */
export const withdrawStatusParamsSchema = openObject({
  asset: z.optional(z.string()),
  aclass: z.optional(assetClassSchema),
  method: z.optional(z.string()),
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  cursor: z.optional(z.union([z.boolean(), z.string()])),
  /** Per page; 500 when absent. */
  limit: z.optional(integerSchema),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type WithdrawStatusParams = z.output<typeof withdrawStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-withdrawals */
export const withdrawalSchema = openObject({
  method: z.string(),
  network: z.optional(z.nullable(z.string())),
  aclass: z.string(),
  asset: z.string(),
  refid: z.string(),
  txid: z.nullable(z.string()),
  info: z.nullable(z.string()),
  amount: decimalStringSchema,
  fee: z.optional(z.nullable(decimalOrStringSchema)),
  /** Seconds. */
  time: integerSchema,
  status: openEnum(['Initial', 'Pending', 'Settled', 'Success', 'Failure']),
  'status-prop': z.optional(
    openEnum(['cancel-pending', 'canceled', 'cancel-denied', 'return', 'onhold']),
  ),
  key: z.optional(z.string()),
});
export type Withdrawal = z.output<typeof withdrawalSchema>;

/**
 * An array; with `cursor` a page, under either of the names that were seen.
 * https://docs.kraken.com/api/docs/rest-api/get-status-recent-withdrawals
 */
export const withdrawStatusResultSchema = z.union([
  z.array(withdrawalSchema),
  openObject({
    withdrawal: z.optional(z.array(withdrawalSchema)),
    withdrawals: z.optional(z.array(withdrawalSchema)),
    next_cursor: z.optional(z.nullable(z.string())),
  }),
]);
export type WithdrawStatusResult = z.output<typeof withdrawStatusResultSchema>;
