/** https://docs.kraken.com/api/docs/rest-api/cancel-withdrawal */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/cancel-withdrawal */
export const withdrawCancelParamsSchema = openObject({ asset: z.string(), refid: z.string() });
export type WithdrawCancelParams = z.output<typeof withdrawCancelParamsSchema>;

/**
 * Whether it will be tried.
 * https://docs.kraken.com/api/docs/rest-api/cancel-withdrawal
 */
export const withdrawCancelResultSchema = z.boolean();
export type WithdrawCancelResult = z.output<typeof withdrawCancelResultSchema>;
