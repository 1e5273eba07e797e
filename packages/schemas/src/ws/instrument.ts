/** https://docs.kraken.com/api/docs/websocket-v2/instrument */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/websocket-v2/instrument */
export const instrumentAssetSchema = openObject({
  id: z.string(),
  status: openEnum([
    'depositonly',
    'disabled',
    'enabled',
    'fundingtemporarilydisabled',
    'withdrawalonly',
    'workinprogress',
  ]),
  precision: integerSchema,
  precision_display: integerSchema,
  borrowable: z.boolean(),
  collateral_value: z.optional(decimalSchema),
  margin_rate: z.optional(decimalSchema),
  /** Of tokenized assets. */
  multiplier: z.optional(decimalSchema),
  /** Seen, not documented. */
  class: z.optional(z.string()),
});
export type InstrumentAsset = z.output<typeof instrumentAssetSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/instrument */
export const instrumentPairSchema = openObject({
  symbol: z.string(),
  base: z.string(),
  quote: z.string(),
  status: openEnum([
    'cancel_only',
    'delisted',
    'limit_only',
    'maintenance',
    'online',
    'post_only',
    'reduce_only',
    'work_in_progress',
  ]),
  qty_precision: integerSchema,
  /** Comes in scientific notation too: `1e-08`. */
  qty_increment: decimalSchema,
  price_precision: integerSchema,
  cost_precision: integerSchema,
  marginable: z.boolean(),
  has_index: z.boolean(),
  /** A number on the wire, although documented as a string: both are taken. */
  cost_min: decimalSchema,
  margin_initial: z.optional(decimalSchema),
  position_limit_long: z.optional(integerSchema),
  position_limit_short: z.optional(integerSchema),
  /** @deprecated use `price_increment` */
  tick_size: z.optional(decimalSchema),
  price_increment: decimalSchema,
  qty_min: decimalSchema,
  /** Seen in 2026, not documented. */
  ws_display_price_precision: z.optional(integerSchema),
});
export type InstrumentPair = z.output<typeof instrumentPairSchema>;

/**
 * The only channel whose `data` is an object; an update holds the changed rows alone.
 * https://docs.kraken.com/api/docs/websocket-v2/instrument
 */
export const instrumentFrameSchema = openObject({
  channel: z.literal('instrument'),
  type: z.enum(['snapshot', 'update']),
  data: openObject({
    assets: z.array(instrumentAssetSchema),
    pairs: z.array(instrumentPairSchema),
  }),
});
export type InstrumentFrame = z.output<typeof instrumentFrameSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/instrument */
export const instrumentSubscribeParamsSchema = openObject({
  channel: z.literal('instrument'),
  snapshot: z.optional(z.boolean()),
  /** True adds the tokenized assets (xStocks). */
  include_tokenized_assets: z.optional(z.boolean()),
  execution_venue: z.optional(openEnum(['international', 'bitnomial-exchange'])),
});
export type InstrumentSubscribeParams = z.output<typeof instrumentSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/instrument */
export const instrumentUnsubscribeParamsSchema = openObject({
  channel: z.literal('instrument'),
});
export type InstrumentUnsubscribeParams = z.output<typeof instrumentUnsubscribeParamsSchema>;
