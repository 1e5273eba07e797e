/** https://docs.kraken.com/api/docs/rest-api/get-trades-info */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';
import { accountTradeSchema } from './trade.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-trades-info */
export const queryTradesParamsSchema = openObject({
  /** Comma-separated, at most 20. */
  txid: z.string(),
  trades: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type QueryTradesParams = z.output<typeof queryTradesParamsSchema>;

/**
 * By trade id.
 * https://docs.kraken.com/api/docs/rest-api/get-trades-info
 */
export const queryTradesResultSchema = z.record(z.string(), accountTradeSchema);
export type QueryTradesResult = z.output<typeof queryTradesResultSchema>;
