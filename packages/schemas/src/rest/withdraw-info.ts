/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-information */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-information */
export const withdrawInfoParamsSchema = openObject({
  asset: z.string(),
  key: z.string(),
  amount: decimalStringSchema,
});
export type WithdrawInfoParams = z.output<typeof withdrawInfoParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-withdrawal-information */
export const withdrawInfoResultSchema = openObject({
  method: z.string(),
  /** The most that can be withdrawn now. */
  limit: decimalStringSchema,
  /** What arrives. */
  amount: decimalStringSchema,
  fee: decimalStringSchema,
});
export type WithdrawInfoResult = z.output<typeof withdrawInfoResultSchema>;
