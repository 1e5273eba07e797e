/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics and liquidity-pool-stats: public. */
import * as z from 'zod/mini';
import { integerSchema, openEnum, openIntegers, openObject } from '../primitives/index.ts';

const spanFields = {
  /** Seconds. */
  since: integerSchema,
  /** Seconds. */
  interval: openIntegers([60, 300, 900, 1800, 3600, 14400, 43200, 86400, 604800]),
  /** Seconds. */
  to: z.optional(integerSchema),
};

/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics */
export const analyticsTypeSchema = openEnum([
  'open-interest',
  'aggressor-differential',
  'trade-volume',
  'trade-count',
  'liquidation-volume',
  'rolling-volatility',
  'long-short-ratio',
  'long-short-info',
  'cvd',
  'top-traders',
  'orderbook',
  'spreads',
  'liquidity',
  'slippage',
  'future-basis',
  'funding',
]);

/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics */
export const analyticsParamsSchema = openObject({
  symbol: z.string(),
  analytics_type: analyticsTypeSchema,
  ...spanFields,
});
export type AnalyticsParams = z.output<typeof analyticsParamsSchema>;

/** One value a timestamp: in a list, or in lists by name (and by side, for the book's analytics). */
const resultFields = {
  result: openObject({
    /** Seconds. */
    timestamp: z.array(integerSchema),
    more: z.boolean(),
    data: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  }),
  errors: z.array(
    openObject({
      severity: z.optional(z.string()),
      error_class: z.optional(z.string()),
      type: z.optional(z.string()),
      msg: z.optional(z.string()),
      value: z.optional(z.string()),
      field: z.optional(z.string()),
    }),
  ),
};

/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics */
export const analyticsResultSchema = openObject(resultFields);
export type AnalyticsResult = z.output<typeof analyticsResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics */
export const liquidityPoolParamsSchema = openObject(spanFields);
export type LiquidityPoolParams = z.output<typeof liquidityPoolParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/market-analytics */
export const liquidityPoolResultSchema = openObject(resultFields);
export type LiquidityPoolResult = z.output<typeof liquidityPoolResultSchema>;
