/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
import * as z from 'zod/mini';
import { openEnum } from '../primitives/index.ts';
import { ohlcSubscribeParamsSchema as spotParamsSchema } from '../ws/ohlc.ts';
import { assetClassSchema } from './asset-class.ts';

export { type Candle, candleSchema, type OhlcFrame, ohlcFrameSchema } from '../ws/ohlc.ts';

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
export const tickTypeSchema = openEnum(['trade', 'mark', 'spot']);

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ohlc */
export const ohlcSubscribeParamsSchema = z.extend(spotParamsSchema, {
  asset_class: assetClassSchema,
  /** Of what the candles are made; `trade` when absent. */
  tick_type: z.optional(tickTypeSchema),
});
export type OhlcSubscribeParams = z.output<typeof ohlcSubscribeParamsSchema>;
