/** https://docs.kraken.com/api/docs/websocket-v2/ohlc */
import * as z from 'zod/mini';
import {
  decimalSchema,
  integerSchema,
  openIntegers,
  openObject,
  timestampSchema,
} from '../primitives/index.ts';

/**
 * Minutes.
 * https://docs.kraken.com/api/docs/websocket-v2/ohlc
 */
export const ohlcIntervalSchema = openIntegers([1, 5, 15, 30, 60, 240, 1440, 10080, 21600]);

/** https://docs.kraken.com/api/docs/websocket-v2/ohlc */
export const candleSchema = openObject({
  symbol: z.string(),
  open: decimalSchema,
  high: decimalSchema,
  low: decimalSchema,
  close: decimalSchema,
  trades: integerSchema,
  volume: decimalSchema,
  vwap: decimalSchema,
  /** Nanoseconds. */
  interval_begin: timestampSchema,
  /** Minutes. */
  interval: ohlcIntervalSchema,
  /** The end of the candle. @deprecated use `interval_begin` */
  timestamp: z.optional(timestampSchema),
});
export type Candle = z.output<typeof candleSchema>;

/**
 * The running candle comes again with every trade.
 * https://docs.kraken.com/api/docs/websocket-v2/ohlc
 */
export const ohlcFrameSchema = openObject({
  channel: z.literal('ohlc'),
  type: z.enum(['snapshot', 'update']),
  timestamp: z.optional(timestampSchema),
  data: z.array(candleSchema),
});
export type OhlcFrame = z.output<typeof ohlcFrameSchema>;

/**
 * One interval a symbol on one connection: a second one is refused.
 * https://docs.kraken.com/api/docs/websocket-v2/ohlc
 */
export const ohlcSubscribeParamsSchema = openObject({
  channel: z.literal('ohlc'),
  symbol: z.array(z.string()),
  /** 1, 5, 15, 30, 60, 240, 1440, 10080 or 21600 minutes; 1 when absent. */
  interval: z.optional(ohlcIntervalSchema),
  snapshot: z.optional(z.boolean()),
});
export type OhlcSubscribeParams = z.output<typeof ohlcSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/ohlc */
export const ohlcUnsubscribeParamsSchema = openObject({
  channel: z.literal('ohlc'),
  symbol: z.array(z.string()),
  interval: z.optional(ohlcIntervalSchema),
});
export type OhlcUnsubscribeParams = z.output<typeof ohlcUnsubscribeParamsSchema>;
