/** https://docs.kraken.com/api/docs/futures-api/charts/candles and its neighbours: public. */
import * as z from 'zod/mini';
import { decimalOrStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

export const tickTypeSchema = openEnum(['spot', 'mark', 'trade']);
export const resolutionSchema = openEnum(['1m', '5m', '15m', '30m', '1h', '4h', '12h', '1d', '1w']);

export const tickTypesParamsSchema = openObject({});
export type TickTypesParams = z.output<typeof tickTypesParamsSchema>;
export const tickTypesResultSchema = z.array(tickTypeSchema);
export type TickTypesResult = z.output<typeof tickTypesResultSchema>;

export const chartSymbolsParamsSchema = openObject({ tick_type: tickTypeSchema });
export type ChartSymbolsParams = z.output<typeof chartSymbolsParamsSchema>;
export const chartSymbolsResultSchema = z.array(z.string());
export type ChartSymbolsResult = z.output<typeof chartSymbolsResultSchema>;

export const resolutionsParamsSchema = openObject({
  tick_type: tickTypeSchema,
  symbol: z.string(),
});
export type ResolutionsParams = z.output<typeof resolutionsParamsSchema>;
export const resolutionsResultSchema = z.array(resolutionSchema);
export type ResolutionsResult = z.output<typeof resolutionsResultSchema>;

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

/** At most 2000. */
export const candlesResultSchema = openObject({
  candles: z.array(candleSchema),
  more_candles: z.boolean(),
});
export type CandlesResult = z.output<typeof candlesResultSchema>;
