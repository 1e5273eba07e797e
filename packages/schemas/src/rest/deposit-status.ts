/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-deposits */
import * as z from 'zod/mini';
import {
  decimalOrStringSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { assetClassSchema, rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-deposits */
export const depositStatusParamsSchema = openObject({
  asset: z.optional(z.string()),
  aclass: z.optional(assetClassSchema),
  method: z.optional(z.string()),
  /** Unix seconds as text. */
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  /** True asks for pages, a text for the next one. */
  cursor: z.optional(z.union([z.boolean(), z.string()])),
  /** Per page; 25 when absent. */
  limit: z.optional(integerSchema),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type DepositStatusParams = z.output<typeof depositStatusParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-status-recent-deposits */
export const depositSchema = openObject({
  method: z.string(),
  aclass: z.string(),
  asset: z.string(),
  refid: z.string(),
  txid: z.nullable(z.string()),
  info: z.nullable(z.string()),
  amount: decimalStringSchema,
  fee: z.optional(z.nullable(decimalOrStringSchema)),
  /** Seconds. */
  time: integerSchema,
  status: openEnum(['Initial', 'Pending', 'EarlyConfirmed', 'Settled', 'Success', 'Failure']),
  'status-prop': z.optional(openEnum(['return', 'onhold'])),
  originators: z.optional(z.array(z.string())),
});
export type Deposit = z.output<typeof depositSchema>;

/**
 * An array; with `cursor` a page, under either of the names that were seen.
 * https://docs.kraken.com/api/docs/rest-api/get-status-recent-deposits
 */
export const depositStatusResultSchema = z.union([
  z.array(depositSchema),
  openObject({
    deposit: z.optional(z.array(depositSchema)),
    deposits: z.optional(z.array(depositSchema)),
    next_cursor: z.optional(z.nullable(z.string())),
  }),
]);
export type DepositStatusResult = z.output<typeof depositStatusResultSchema>;
