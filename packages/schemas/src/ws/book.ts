/** https://docs.kraken.com/api/docs/websocket-v2/book */
import * as z from 'zod/mini';
import {
  decimalSchema,
  openIntegers,
  openObject,
  timestampSchema,
  uint32Schema,
} from '../primitives/index.ts';

/**
 * Quantity 0 removes the level. One update can name a price twice: apply in array order.
 * https://docs.kraken.com/api/docs/websocket-v2/book
 */
export const bookLevelSchema = openObject({
  price: decimalSchema,
  qty: decimalSchema,
});
export type BookLevel = z.output<typeof bookLevelSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/book */
export const bookSchema = openObject({
  symbol: z.string(),
  /** Best (highest) first in a snapshot. */
  bids: z.array(bookLevelSchema),
  /** Best (lowest) first in a snapshot. */
  asks: z.array(bookLevelSchema),
  /** CRC-32 of the ten best levels of each side, after the whole message was applied. */
  checksum: uint32Schema,
  /** Snapshots of 2023 to 2025 had none. */
  timestamp: z.optional(timestampSchema),
});
export type Book = z.output<typeof bookSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/book */
export const bookFrameSchema = openObject({
  channel: z.literal('book'),
  type: z.enum(['snapshot', 'update']),
  data: z.array(bookSchema),
});
export type BookFrame = z.output<typeof bookFrameSchema>;

/**
 * Levels a side.
 * https://docs.kraken.com/api/docs/websocket-v2/book
 */
export const bookDepthSchema = openIntegers([10, 25, 100, 500, 1000]);

/** https://docs.kraken.com/api/docs/websocket-v2/book */
export const bookSubscribeParamsSchema = openObject({
  channel: z.literal('book'),
  symbol: z.array(z.string()),
  /** 10 when absent. */
  depth: z.optional(bookDepthSchema),
  snapshot: z.optional(z.boolean()),
});
export type BookSubscribeParams = z.output<typeof bookSubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/book */
export const bookUnsubscribeParamsSchema = openObject({
  channel: z.literal('book'),
  symbol: z.array(z.string()),
  /** Must be that of the subscription. */
  depth: z.optional(bookDepthSchema),
});
export type BookUnsubscribeParams = z.output<typeof bookUnsubscribeParamsSchema>;
