/** https://docs.kraken.com/api/docs/rest-api/get-asset-info */
import * as z from 'zod/mini';
import { decimalOrStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { assetClassSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-asset-info */
export const assetsParamsSchema = openObject({
  /** Comma-separated; all when absent. */
  asset: z.optional(z.string()),
  aclass: z.optional(assetClassSchema),
});
export type AssetsParams = z.output<typeof assetsParamsSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-asset-info */
export const assetSchema = openObject({
  aclass: assetClassSchema,
  /** `XBT` of `XXBT`. */
  altname: z.string(),
  decimals: integerSchema,
  display_decimals: integerSchema,
  /** Seen as a number and as a string. */
  collateral_value: z.optional(decimalOrStringSchema),
  margin_rate: z.optional(decimalOrStringSchema),
  /** Bodies of 2021 had none. */
  status: z.optional(
    openEnum(['enabled', 'deposit_only', 'withdrawal_only', 'funding_temporarily_disabled']),
  ),
});
export type Asset = z.output<typeof assetSchema>;

/**
 * By asset id.
 * https://docs.kraken.com/api/docs/rest-api/get-asset-info
 */
export const assetsResultSchema = z.record(z.string(), assetSchema);
export type AssetsResult = z.output<typeof assetsResultSchema>;
