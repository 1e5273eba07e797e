/** https://docs.kraken.com/api/docs/rest-api/get-ledgers */
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** A time in seconds, or a ledger id. */
const boundSchema = z.optional(z.union([integerSchema, z.string()]));

/** https://docs.kraken.com/api/docs/rest-api/get-ledgers */
export const ledgersParamsSchema = openObject({
  /** Comma-separated; all when absent. */
  asset: z.optional(z.string()),
  aclass: z.optional(z.string()),
  type: z.optional(
    openEnum([
      'all',
      'trade',
      'deposit',
      'withdrawal',
      'transfer',
      'margin',
      'adjustment',
      'rollover',
      'credit',
      'settled',
      'staking',
      'dividend',
      'sale',
      'nft_rebate',
    ]),
  ),
  /** Exclusive. */
  start: boundSchema,
  /** Inclusive. */
  end: boundSchema,
  ofs: z.optional(integerSchema),
  without_count: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type LedgersParams = z.output<typeof ledgersParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-ledgers */
export const ledgerSchema = openObject({
  refid: z.string(),
  /** Seconds with a fraction. */
  time: decimalSchema,
  type: openEnum([
    'none',
    'trade',
    'deposit',
    'withdrawal',
    'transfer',
    'margin',
    'adjustment',
    'rollover',
    'spend',
    'receive',
    'settled',
    'credit',
    'staking',
    'reward',
    'dividend',
    'sale',
    'conversion',
    'nfttrade',
    'nftcreatorfee',
    'nftrebate',
    'custodytransfer',
  ]),
  subtype: z.string(),
  aclass: z.string(),
  asset: z.string(),
  /** Signed. */
  amount: decimalStringSchema,
  fee: decimalStringSchema,
  /** After it. */
  balance: decimalStringSchema,
});
export type Ledger = z.output<typeof ledgerSchema>;

/**
 * 50 a page, by ledger id.
 * https://docs.kraken.com/api/docs/rest-api/get-ledgers
 */
export const ledgersResultSchema = openObject({
  ledger: z.record(z.string(), ledgerSchema),
  /** Of all pages. */
  count: z.optional(integerSchema),
});
export type LedgersResult = z.output<typeof ledgersResultSchema>;
