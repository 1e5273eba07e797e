/** https://docs.kraken.com/api/docs/rest-api/account-transfer */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';
import { assetClassSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/account-transfer */
export const accountTransferParamsSchema = openObject({
  asset: z.string(),
  asset_class: z.optional(assetClassSchema),
  amount: decimalStringSchema,
  /** An account's public id: `ABCD 1234 EFGH 5678`. */
  from: z.string(),
  to: z.string(),
});
export type AccountTransferParams = z.output<typeof accountTransferParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/account-transfer */
export const accountTransferResultSchema = openObject({
  transfer_id: z.string(),
  status: openEnum(['pending', 'complete']),
});
export type AccountTransferResult = z.output<typeof accountTransferResultSchema>;
