/** https://docs.kraken.com/exchange/api-reference/unified-ws/instrument */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { instrumentAssetSchema, instrumentPairSchema as spotPairSchema } from '../ws/instrument.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

export { type InstrumentAsset, instrumentAssetSchema } from '../ws/instrument.ts';

/**
 * Prices of derivatives are multiples of `price_increment`, which need not be a power of ten: never
 * take the tick from `price_precision`.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/instrument
 */
export const instrumentPairSchema = z.extend(
  z.partial(spotPairSchema, {
    cost_precision: true,
    cost_min: true,
    marginable: true,
    has_index: true,
  }),
  assetClassEcho,
);
export type InstrumentPair = z.output<typeof instrumentPairSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/instrument */
export const instrumentFrameSchema = openObject({
  channel: z.literal('instrument'),
  type: z.enum(['snapshot', 'update']),
  data: openObject({
    assets: z.array(instrumentAssetSchema),
    pairs: z.array(instrumentPairSchema),
  }),
});
export type InstrumentFrame = z.output<typeof instrumentFrameSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/instrument */
export const instrumentSubscribeParamsSchema = openObject({
  channel: z.literal('instrument'),
  asset_class: assetClassSchema,
  snapshot: z.optional(z.boolean()),
});
export type InstrumentSubscribeParams = z.output<typeof instrumentSubscribeParamsSchema>;
