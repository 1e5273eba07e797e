/** https://docs.kraken.com/api/docs/websocket-v1/subscribe, ping and unsubscribe. */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';
import { bookDepthSchema } from '../ws/book.ts';
import { ohlcIntervalSchema } from '../ws/ohlc.ts';
import { channelNameSchema } from './fields.ts';

/** https://docs.kraken.com/api/docs/websocket-v1/subscribe */
export const pingRequestSchema = openObject({
  event: z.literal('ping'),
  reqid: z.optional(integerSchema),
});
export type PingRequest = z.output<typeof pingRequestSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/subscribe */
export const subscriptionSchema = openObject({
  name: channelNameSchema,
  /** Of `book`; 10 when absent. */
  depth: z.optional(bookDepthSchema),
  /** Of `ohlc`, in minutes; 1 when absent. */
  interval: z.optional(ohlcIntervalSchema),
  /** Of the private channels. */
  token: z.optional(z.string()),
  /** Of `ownTrades`. */
  snapshot: z.optional(z.boolean()),
  consolidate_taker: z.optional(z.boolean()),
  /** Of `openOrders`. */
  ratecounter: z.optional(z.boolean()),
  rebased: z.optional(z.boolean()),
});
export type Subscription = z.output<typeof subscriptionSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/subscribe */
export const subscribeRequestSchema = openObject({
  event: z.literal('subscribe'),
  reqid: z.optional(integerSchema),
  /** As REST's `wsname`: `XBT/USD`. Absent for the private channels. */
  pair: z.optional(z.array(z.string())),
  subscription: subscriptionSchema,
});
export type SubscribeRequest = z.output<typeof subscribeRequestSchema>;

/**
 * Repeats the depth or the interval.
 * https://docs.kraken.com/api/docs/websocket-v1/subscribe
 */
export const unsubscribeRequestSchema = openObject({
  event: z.literal('unsubscribe'),
  reqid: z.optional(integerSchema),
  pair: z.optional(z.array(z.string())),
  subscription: subscriptionSchema,
});
export type UnsubscribeRequest = z.output<typeof unsubscribeRequestSchema>;
