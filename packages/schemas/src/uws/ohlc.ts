/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';
import {
  candleSchema as spotCandleSchema,
  ohlcFrameSchema as spotFrameSchema,
  ohlcSubscribeParamsSchema as spotParamsSchema,
} from '../ws/ohlc.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Spot's fields, as the page says that the format is Spot's. Candles of a mark or a spot price count no trades. Whether they leave out what comes of trades, or
 * print it as 0, is not public.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc
 */
export const candleSchema = z.extend(
  z.partial(spotCandleSchema, { trades: true, volume: true, vwap: true }),
  assetClassEcho,
);
export type Candle = z.output<typeof candleSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
export const ohlcFrameSchema = z.extend(spotFrameSchema, { data: z.array(candleSchema) });
export type OhlcFrame = z.output<typeof ohlcFrameSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
export const tickTypeSchema = openEnum(['trade', 'mark', 'spot']);

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
export const ohlcSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
  /** Of what the candles are made; `trade` when absent. */
  tick_type: z.optional(tickTypeSchema),
});
export type OhlcSubscribeParams = z.output<typeof ohlcSubscribeParamsSchema>;
