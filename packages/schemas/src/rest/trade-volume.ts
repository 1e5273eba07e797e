/** https://docs.kraken.com/api/docs/rest-api/get-trade-volume */
import * as z from 'zod/mini';
import { decimalStringSchema, openObject } from '../primitives/index.ts';
import { rebaseMultiplierSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-trade-volume */
export const tradeVolumeParamsSchema = openObject({
  /** Comma-separated, or classes of assets since June 2026. */
  pair: z.optional(
    z.union([z.string(), z.array(openObject({ asset: z.string(), aclass: z.string() }))]),
  ),
  fee_schedule: z.optional(z.boolean()),
  rebase_multiplier: rebaseMultiplierSchema,
});
export type TradeVolumeParams = z.output<typeof tradeVolumeParamsSchema>;

const percentage = z.optional(z.nullable(decimalStringSchema));

/**
 * Documented with underscores, on the wire without: both are known.
 * https://docs.kraken.com/api/docs/rest-api/get-trade-volume
 */
export const feeInfoSchema = openObject({
  fee: decimalStringSchema,
  minfee: percentage,
  maxfee: percentage,
  nextfee: percentage,
  tiervolume: percentage,
  nextvolume: percentage,
  min_fee: percentage,
  max_fee: percentage,
  next_fee: percentage,
  tier_volume: percentage,
  next_volume: percentage,
});
export type FeeInfo = z.output<typeof feeInfoSchema>;

/** https://docs.kraken.com/api/docs/rest-api/get-trade-volume */
export const tradeVolumeResultSchema = openObject({
  currency: z.string(),
  /** Over 30 days. */
  volume: decimalStringSchema,
  fees: z.optional(z.nullable(z.record(z.string(), feeInfoSchema))),
  fees_maker: z.optional(z.nullable(z.record(z.string(), feeInfoSchema))),
  /** With `fee_schedule`. */
  schedules: z.optional(z.unknown()),
});
export type TradeVolumeResult = z.output<typeof tradeVolumeResultSchema>;
