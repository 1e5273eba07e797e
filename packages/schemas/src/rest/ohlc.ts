/** https://docs.kraken.com/api/docs/rest-api/get-ohlc-data */
import * as z from 'zod/mini';
import {
  decimalStringSchema,
  integerSchema,
  keyedObject,
  openObject,
} from '../primitives/index.ts';
import { ohlcIntervalSchema } from '../ws/ohlc.ts';
import { tokenizedPairSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/rest-api/get-ohlc-data */
export const ohlcParamsSchema = openObject({
  pair: z.string(),
  /** Minutes; 1 when absent. */
  interval: z.optional(ohlcIntervalSchema),
  /** Seconds. */
  since: z.optional(integerSchema),
  asset_class: tokenizedPairSchema,
});
export type OhlcParams = z.output<typeof ohlcParamsSchema>;

/**
 * Time (seconds), open, high, low, close, vwap, volume, number of trades.
 * https://docs.kraken.com/api/docs/rest-api/get-ohlc-data
 */
export const ohlcRowSchema = z.tuple(
  [
    integerSchema,
    decimalStringSchema,
    decimalStringSchema,
    decimalStringSchema,
    decimalStringSchema,
    decimalStringSchema,
    decimalStringSchema,
    integerSchema,
  ],
  z.unknown(),
);
export type OhlcRow = z.output<typeof ohlcRowSchema>;

/**
 * At most 720 rows, by pair id; the last one is still running.
 * https://docs.kraken.com/api/docs/rest-api/get-ohlc-data
 */
export const ohlcResultSchema = keyedObject(
  {
    /** The last row that will not change. */
    last: integerSchema,
  },
  z.array(ohlcRowSchema),
);
export type OhlcResult = z.output<typeof ohlcResultSchema>;
