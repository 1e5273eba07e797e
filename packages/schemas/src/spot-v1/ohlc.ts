/** https://docs.kraken.com/api/docs/websocket-v1/ohlc */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema } from '../primitives/index.ts';
import { epochSchema, numberedChannel } from './fields.ts';

/**
 * Time of the last change, end, open, high, low, close, vwap, volume, number of trades.
 * https://docs.kraken.com/api/docs/websocket-v1/ohlc
 */
export const candleSchema = z.tuple(
  [
    epochSchema,
    epochSchema,
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
export type Candle = z.output<typeof candleSchema>;

/**
 * Channel id, candle, channel, pair.
 * https://docs.kraken.com/api/docs/websocket-v1/ohlc
 */
export const ohlcFrameSchema = z.tuple([
  integerSchema,
  candleSchema,
  numberedChannel('ohlc'),
  z.string(),
]);
export type OhlcFrame = z.output<typeof ohlcFrameSchema>;
