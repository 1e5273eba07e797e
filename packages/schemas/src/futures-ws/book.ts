/** https://docs.kraken.com/api/docs/futures-api/websocket/book */
import * as z from 'zod/mini';
import { decimalSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';

/** https://docs.kraken.com/api/docs/futures-api/websocket/book */
export const bookLevelSchema = openObject({ price: decimalSchema, qty: decimalSchema });
export type BookLevel = z.output<typeof bookLevelSchema>;

/**
 * The whole book. Levels of quantity 0 were seen: skip them.
 * https://docs.kraken.com/api/docs/futures-api/websocket/book
 */
export const bookSnapshotFrameSchema = openObject({
  feed: z.literal('book_snapshot'),
  product_id: z.string(),
  /** Milliseconds. */
  timestamp: integerSchema,
  seq: integerSchema,
  tickSize: z.optional(z.nullable(decimalSchema)),
  bids: z.array(bookLevelSchema),
  asks: z.array(bookLevelSchema),
});
export type BookSnapshotFrame = z.output<typeof bookSnapshotFrameSchema>;

/**
 * One level. There is no checksum: `seq` of a product counts up by one, a jump is lost data.
 * https://docs.kraken.com/api/docs/futures-api/websocket/book
 */
export const bookFrameSchema = openObject({
  feed: z.literal('book'),
  product_id: z.string(),
  side: openEnum(['buy', 'sell']),
  seq: integerSchema,
  price: decimalSchema,
  /** 0 removes the level. */
  qty: decimalSchema,
  /** Milliseconds. */
  timestamp: integerSchema,
});
export type BookFrame = z.output<typeof bookFrameSchema>;
