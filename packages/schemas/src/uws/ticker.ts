/** https://docs.kraken.com/exchange/api-reference/unified-ws/ticker */
import * as z from 'zod/mini';
import { openObject } from '../primitives/index.ts';
import { tickerSchema as spotTickerSchema } from '../ws/ticker.ts';
import { assetClassEcho, assetClassSchema } from './asset-class.ts';

/**
 * What derivatives have of Spot's fields, and what they have beside them, is not public: only the
 * symbol is always there.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/ticker
 */
export const tickerSchema = z.extend(z.partial(spotTickerSchema), {
  symbol: z.string(),
  ...assetClassEcho,
});
export type Ticker = z.output<typeof tickerSchema>;

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ticker */
export const tickerFrameSchema = openObject({
  channel: z.literal('ticker'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(tickerSchema),
});
export type TickerFrame = z.output<typeof tickerFrameSchema>;

/**
 * Without Spot's `event_trigger`: updates come with trades.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/ticker
 */
export const tickerSubscribeParamsSchema = openObject({
  channel: z.literal('ticker'),
  asset_class: assetClassSchema,
  /** As the futures API names them: `PF_XBTUSD`. */
  symbol: z.array(z.string()),
  snapshot: z.optional(z.boolean()),
});
export type TickerSubscribeParams = z.output<typeof tickerSubscribeParamsSchema>;
