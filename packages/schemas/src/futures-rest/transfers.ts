/** https://docs.kraken.com/api/docs/futures-api/trading/transfers */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { successFields, successResultSchema } from './envelope.ts';

/**
 * Between wallets.
 * https://docs.kraken.com/api/docs/futures-api/trading/transfers
 */
export const transferParamsSchema = openObject({
  fromAccount: z.string(),
  toAccount: z.string(),
  unit: z.string(),
  amount: decimalStringSchema,
});
export type TransferParams = z.output<typeof transferParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/transfers */
export const transferResultSchema = successResultSchema;
export type TransferResult = z.output<typeof transferResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/sub-account-transfer */
export const subaccountTransferParamsSchema = openObject({
  fromUser: z.string(),
  toUser: z.string(),
  fromAccount: z.string(),
  toAccount: z.string(),
  unit: z.string(),
  amount: decimalStringSchema,
});
export type SubaccountTransferParams = z.output<typeof subaccountTransferParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/transfers */
export const subaccountTransferResultSchema = successResultSchema;
export type SubaccountTransferResult = z.output<typeof subaccountTransferResultSchema>;

/** To the Spot wallet. https://docs.kraken.com/api/docs/futures-api/trading/withdrawal */
export const withdrawalParamsSchema = openObject({
  currency: z.string(),
  amount: decimalStringSchema,
  /** `cash` when absent. */
  sourceWallet: z.optional(z.string()),
});
export type WithdrawalParams = z.output<typeof withdrawalParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/trading/transfers */
export const withdrawalResultSchema = openObject({ ...successFields, uid: z.string() });
export type WithdrawalResult = z.output<typeof withdrawalResultSchema>;
