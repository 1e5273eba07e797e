/** https://docs.kraken.com/api/docs/rest-api/wallet-transfer */
import * as z from 'zod/mini';
import { decimalStringSchema, openEnum, openObject } from '../primitives/index.ts';

/**
 * Spot to Futures alone; the way back is the futures API's withdrawal.
 * https://docs.kraken.com/api/docs/rest-api/wallet-transfer
 */
export const walletTransferParamsSchema = openObject({
  asset: z.string(),
  from: openEnum(['Spot Wallet']),
  to: openEnum(['Futures Wallet']),
  amount: decimalStringSchema,
});
export type WalletTransferParams = z.output<typeof walletTransferParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/wallet-transfer */
export const walletTransferResultSchema = openObject({ refid: z.string() });
export type WalletTransferResult = z.output<typeof walletTransferResultSchema>;
