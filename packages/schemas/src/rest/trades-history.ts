/** https://docs.kraken.com/api/docs/rest-api/get-trade-history */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { accountTradeSchema } from './trade.ts';

/** A time in seconds, or a trade id. */
const boundSchema = z.optional(z.union([integerSchema, z.string()]));

/** https://docs.kraken.com/api/docs/rest-api/get-trade-history */
export const tradesHistoryParamsSchema = openObject({
  type: z.optional(
    openEnum(['all', 'any position', 'closed position', 'closing position', 'no position']),
  ),
  trades: z.optional(z.boolean()),
  /** Exclusive. */
  start: boundSchema,
  /** Inclusive. */
  end: boundSchema,
  ofs: z.optional(integerSchema),
  without_count: z.optional(z.boolean()),
  consolidate_taker: z.optional(z.boolean()),
  ledgers: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type TradesHistoryParams = z.output<typeof tradesHistoryParamsSchema>;

/**
 * 50 a page, by trade id.
 * https://docs.kraken.com/api/docs/rest-api/get-trade-history
 */
export const tradesHistoryResultSchema = openObject({
  trades: z.record(z.string(), accountTradeSchema),
  /** Of all pages. */
  count: z.optional(integerSchema),
});
export type TradesHistoryResult = z.output<typeof tradesHistoryResultSchema>;
