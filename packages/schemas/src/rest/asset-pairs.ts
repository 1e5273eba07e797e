/** https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs */
import * as z from 'zod/mini';
import {
  decimalSchema,
  decimalStringSchema,
  integerSchema,
  openEnum,
  openObject,
} from '../primitives/index.ts';
import { assetClassSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs */
export const assetPairsParamsSchema = openObject({
  /** Comma-separated; all when absent. */
  pair: z.optional(z.string()),
  aclass_base: z.optional(assetClassSchema),
  /** Which part of each row; `info`, all of it, when absent. */
  info: z.optional(openEnum(['info', 'leverage', 'fees', 'margin'])),
  /** ISO 3166-1 alpha-2, with a region for some: `US:TX`. */
  country_code: z.optional(z.string()),
  /** Comma-separated, `international` or `bitnomial_exchange`. */
  execution_venue: z.optional(z.string()),
});
export type AssetPairsParams = z.output<typeof assetPairsParamsSchema>;

/**
 * A 30-day volume and the fee, in percent, from it on.
 * https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs
 */
export const feeTierSchema = z.tuple([decimalSchema, decimalSchema], z.unknown());

const leverageFields = {
  leverage_buy: z.array(integerSchema),
  leverage_sell: z.array(integerSchema),
};
const feeFields = {
  fees: z.array(feeTierSchema),
  fees_maker: z.optional(z.array(feeTierSchema)),
  fee_volume_currency: z.string(),
};
const marginFields = {
  margin_call: integerSchema,
  margin_stop: integerSchema,
};

/** https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs */
export const assetPairSchema = openObject({
  altname: z.string(),
  /** The v1 socket's symbol, `XBT/USD`. Dark pools had none. */
  wsname: z.optional(z.string()),
  aclass_base: assetClassSchema,
  base: z.string(),
  aclass_quote: assetClassSchema,
  quote: z.string(),
  execution_venue: z.optional(openEnum(['international', 'bitnomial_exchange'])),
  /** @deprecated always `unit` */
  lot: z.optional(z.string()),
  cost_decimals: z.optional(integerSchema),
  pair_decimals: integerSchema,
  lot_decimals: integerSchema,
  lot_multiplier: z.optional(integerSchema),
  ...leverageFields,
  ...feeFields,
  ...marginFields,
  ordermin: z.optional(decimalStringSchema),
  costmin: z.optional(decimalStringSchema),
  tick_size: z.optional(decimalStringSchema),
  /** Missing on about an eighth of the rows. */
  status: z.optional(openEnum(['online', 'cancel_only', 'post_only', 'limit_only', 'reduce_only'])),
  long_position_limit: z.optional(integerSchema),
  short_position_limit: z.optional(integerSchema),
});
export type AssetPair = z.output<typeof assetPairSchema>;

/**
 * By pair id.
 * https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs
 */
export const assetPairsResultSchema = z.record(z.string(), assetPairSchema);
export type AssetPairsResult = z.output<typeof assetPairsResultSchema>;

/**
 * With `info: 'leverage'`.
 * https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs
 */
export const assetPairsLeverageResultSchema = z.record(z.string(), openObject(leverageFields));
export type AssetPairsLeverageResult = z.output<typeof assetPairsLeverageResultSchema>;

/**
 * With `info: 'fees'`.
 * https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs
 */
export const assetPairsFeesResultSchema = z.record(z.string(), openObject(feeFields));
export type AssetPairsFeesResult = z.output<typeof assetPairsFeesResultSchema>;

/**
 * With `info: 'margin'`.
 * https://docs.kraken.com/api/docs/rest-api/get-tradable-asset-pairs
 */
export const assetPairsMarginResultSchema = z.record(z.string(), openObject(marginFields));
export type AssetPairsMarginResult = z.output<typeof assetPairsMarginResultSchema>;
