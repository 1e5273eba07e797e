/** https://docs.kraken.com/api/docs/futures-api/charts/candles and its neighbours: public. */
import * as z from 'zod/mini';
import { decimalOrStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const tickTypeSchema = openEnum(['spot', 'mark', 'trade']);
/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const resolutionSchema = openEnum(['1m', '5m', '15m', '30m', '1h', '4h', '12h', '1d', '1w']);

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const tickTypesParamsSchema = openObject({});
export type TickTypesParams = z.output<typeof tickTypesParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const tickTypesResultSchema = z.array(tickTypeSchema);
export type TickTypesResult = z.output<typeof tickTypesResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const chartSymbolsParamsSchema = openObject({ tick_type: tickTypeSchema });
export type ChartSymbolsParams = z.output<typeof chartSymbolsParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const chartSymbolsResultSchema = z.array(z.string());
export type ChartSymbolsResult = z.output<typeof chartSymbolsResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const resolutionsParamsSchema = openObject({
  tick_type: tickTypeSchema,
  symbol: z.string(),
});
export type ResolutionsParams = z.output<typeof resolutionsParamsSchema>;
/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const resolutionsResultSchema = z.array(resolutionSchema);
export type ResolutionsResult = z.output<typeof resolutionsResultSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const candlesParamsSchema = openObject({
  tick_type: tickTypeSchema,
  symbol: z.string(),
  resolution: resolutionSchema,
  /** Seconds. */
  from: z.optional(integerSchema),
  /** Seconds. */
  to: z.optional(integerSchema),
  count: z.optional(integerSchema),
});
export type CandlesParams = z.output<typeof candlesParamsSchema>;

/** https://docs.kraken.com/api/docs/futures-api/charts/candles */
export const candleSchema = openObject({
  /** Milliseconds. */
  time: integerSchema,
  open: decimalOrStringSchema,
  high: decimalOrStringSchema,
  low: decimalOrStringSchema,
  close: decimalOrStringSchema,
  /** A number or a string. */
  volume: decimalOrStringSchema,
});
export type Candle = z.output<typeof candleSchema>;

/**
 * At most 2000.
 * https://docs.kraken.com/api/docs/futures-api/charts/candles
 */
export const candlesResultSchema = openObject({
  candles: z.array(candleSchema),
  more_candles: z.boolean(),
});
export type CandlesResult = z.output<typeof candlesResultSchema>;
