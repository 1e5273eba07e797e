/** https://docs.kraken.com/exchange/api-reference/unified-ws/instrument */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import {
  instrumentAssetSchema as spotAssetSchema,
  instrumentPairSchema as spotPairSchema,
} from '../ws/instrument.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Prices of derivatives are multiples of `price_increment`, which need not be a power of ten: never
 * take the tick from `price_precision`.
 */
export const instrumentPairSchema = z.extend(z.partial(spotPairSchema), {
  symbol: z.string(),
  ...assetClassEcho,
});
export type InstrumentPair = z.output<typeof instrumentPairSchema>;

export const instrumentAssetSchema = z.extend(z.partial(spotAssetSchema), { id: z.string() });
export type InstrumentAsset = z.output<typeof instrumentAssetSchema>;

export const instrumentFrameSchema = openObject({
  channel: z.literal('instrument'),
  type: z.enum(['snapshot', 'update']),
  data: openObject({
    assets: z.optional(z.array(instrumentAssetSchema)),
    pairs: z.optional(z.array(instrumentPairSchema)),
  }),
});
export type InstrumentFrame = z.output<typeof instrumentFrameSchema>;

export const instrumentSubscribeParamsSchema = openObject({
  channel: z.literal('instrument'),
  asset_class: assetClassSchema,
  snapshot: z.optional(z.boolean()),
});
export type InstrumentSubscribeParams = z.output<typeof instrumentSubscribeParamsSchema>;
