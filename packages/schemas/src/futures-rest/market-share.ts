/**
 * The account's share of the market, for rebates (`/api/stats/v1`).
 * https://github.com/krakenfx/api-specs/tree/main/futures-rest/stats
 */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';

/** https://github.com/krakenfx/api-specs/tree/main/futures-rest/stats */
export const selfMarketShareParamsSchema = openObject({});
export type SelfMarketShareParams = z.output<typeof selfMarketShareParamsSchema>;

/**
 * By contract.
 * https://github.com/krakenfx/api-specs/tree/main/futures-rest/stats
 */
export const selfMarketShareResultSchema = openObject({
  contracts: z.record(
    z.string(),
    openObject({
      marketShare: decimalStringSchema,
      volume: decimalStringSchema,
      usdRebateCredited: decimalStringSchema,
    }),
  ),
});
export type SelfMarketShareResult = z.output<typeof selfMarketShareResultSchema>;
