/** https://docs.kraken.com/exchange/api-reference/unified-ws/positions */
import * as z from 'zod/mini';
import { decimalSchema, openEnum, openObject } from '../primitives/index.ts';
import { derivativesClassSchema } from './asset-class.ts';

/**
 * The whole table of fields is not public; `with_margin` adds margin and risk numbers.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/positions
 */
export const positionSchema = openObject({
  symbol: z.optional(z.string()),
  /** 0: closed. */
  size: decimalSchema,
  entry_price: z.optional(z.nullable(decimalSchema)),
});
export type Position = z.output<typeof positionSchema>;

/** Both lists are empty then: subscribe again. */
const errorSchema = openEnum(['snapshot_too_large']);

/**
 * One snapshot, then the positions that changed.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/positions
 */
export const positionsFrameSchema = openObject({
  channel: z.literal('positions'),
  type: z.enum(['snapshot', 'update']),
  data: openObject({
    futures: z.array(positionSchema),
    options: z.array(positionSchema),
    error: z.optional(errorSchema),
  }),
  error: z.optional(errorSchema),
});
export type PositionsFrame = z.output<typeof positionsFrameSchema>;

/**
 * One subscription a connection. `snapshot` and `with_margin` exclude each other.
 * https://docs.kraken.com/exchange/api-reference/unified-ws/positions
 */
export const positionsSubscribeParamsSchema = openObject({
  channel: z.literal('positions'),
  asset_class: derivativesClassSchema,
  token: z.string(),
  snapshot: z.optional(z.boolean()),
  with_margin: z.optional(z.boolean()),
});
export type PositionsSubscribeParams = z.output<typeof positionsSubscribeParamsSchema>;
