/** https://docs.kraken.com/api/docs/rest-api/get-ledgers-info */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { ledgerSchema } from './ledgers.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-ledgers-info */
export const queryLedgersParamsSchema = openObject({
  /** Comma-separated, at most 20. */
  id: z.string(),
  trades: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type QueryLedgersParams = z.output<typeof queryLedgersParamsSchema>;

/**
 * By ledger id.
 * https://docs.kraken.com/api/docs/rest-api/get-ledgers-info
 */
export const queryLedgersResultSchema = z.record(z.string(), ledgerSchema);
export type QueryLedgersResult = z.output<typeof queryLedgersResultSchema>;
