/** https://docs.kraken.com/exchange/api-reference/unified-ws/instrument */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import {
  instrumentAssetSchema as spotAssetSchema,
  instrumentPairSchema as spotPairSchema,
} from '../ws/instrument.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * Spot's fields, as far as they are there: the table of derivatives is not public.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/instrument
 */
export const instrumentAssetSchema = z.extend(z.partial(spotAssetSchema), { id: z.string() });
export type InstrumentAsset = z.output<typeof instrumentAssetSchema>;

/**
 * Prices of derivatives are multiples of `price_increment`, which need not be a power of ten: never
 * take the tick from `price_precision`. Of the fields that the page does not explain for derivatives
 * none is sure to be there.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/instrument
 */
export const instrumentPairSchema = z.extend(
  z.partial(spotPairSchema, {
    base: true,
    quote: true,
    status: true,
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
    /** Whether derivatives come with the assets that they are made of is not public. */
    assets: z.optional(z.array(instrumentAssetSchema)),
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
