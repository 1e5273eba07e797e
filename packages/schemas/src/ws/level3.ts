/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
import * as z from 'zod/mini';
import {
  decimalSchema,
  openEnum,
  openIntegers,
  openObject,
  timestampSchema,
  uint32Schema,
} from '../primitives/index.ts';

/**
 * Orders of one level come in the order of their queue.
 * https://docs.kraken.com/api/docs/websocket-v2/level3
 */
export const level3OrderSchema = openObject({
  order_id: z.string(),
  limit_price: decimalSchema,
  /** What is visible of it. */
  order_qty: decimalSchema,
  /** Nanoseconds; when it was inserted, or amended in a way that lost its place. */
  timestamp: timestampSchema,
});
export type Level3Order = z.output<typeof level3OrderSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3EventSchema = openObject({
  /** `add` also for an order that came back into the subscribed depth, with its old timestamp. */
  event: openEnum(['add', 'modify', 'delete']),
  order_id: z.string(),
  limit_price: decimalSchema,
  /** Seen absent on `delete`. */
  order_qty: z.optional(decimalSchema),
  timestamp: timestampSchema,
});
export type Level3Event = z.output<typeof level3EventSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3SnapshotSchema = openObject({
  symbol: z.string(),
  bids: z.array(level3OrderSchema),
  asks: z.array(level3OrderSchema),
  /** CRC-32 of every order of the ten best levels of each side. */
  checksum: uint32Schema,
  timestamp: z.optional(timestampSchema),
});
export type Level3Snapshot = z.output<typeof level3SnapshotSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3UpdateSchema = openObject({
  symbol: z.string(),
  bids: z.array(level3EventSchema),
  asks: z.array(level3EventSchema),
  checksum: uint32Schema,
  timestamp: z.optional(timestampSchema),
});
export type Level3Update = z.output<typeof level3UpdateSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3FrameSchema = z.discriminatedUnion('type', [
  openObject({
    channel: z.literal('level3'),
    type: z.literal('snapshot'),
    data: z.array(level3SnapshotSchema),
  }),
  openObject({
    channel: z.literal('level3'),
    type: z.literal('update'),
    data: z.array(level3UpdateSchema),
  }),
]);
export type Level3Frame = z.output<typeof level3FrameSchema>;

/** Levels a side. */
const level3DepthSchema = openIntegers([10, 100, 1000]);

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3SubscribeParamsSchema = openObject({
  channel: z.literal('level3'),
  symbol: z.array(z.string()),
  /** 10 when absent. One depth a symbol. */
  depth: z.optional(level3DepthSchema),
  snapshot: z.optional(z.boolean()),
  token: z.string(),
});
export type Level3SubscribeParams = z.output<typeof level3SubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/websocket-v2/level3 */
export const level3UnsubscribeParamsSchema = openObject({
  channel: z.literal('level3'),
  symbol: z.array(z.string()),
  depth: z.optional(level3DepthSchema),
  token: z.string(),
});
export type Level3UnsubscribeParams = z.output<typeof level3UnsubscribeParamsSchema>;
