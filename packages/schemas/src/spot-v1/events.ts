/** What is no data: https://docs.kraken.com/api/docs/websocket-v1/systemstatus and its neighbours. */
import * as z from 'zod/mini';
import {
  idSchema,
  integerSchema,
  openEnum,
  openIntegers,
  openObject,
} from '../primitives/index.ts';
import { bookDepthSchema } from '../ws/book.ts';
import { ohlcIntervalSchema } from '../ws/ohlc.ts';
import { channelNameSchema, systemStatusSchema } from './fields.ts';

/**
 * On connect, and when the engine changes state.
 * https://docs.kraken.com/api/docs/websocket-v1/systemstatus
 */
export const systemStatusEventSchema = openObject({
  event: z.literal('systemStatus'),
  connectionID: z.optional(idSchema),
  status: systemStatusSchema,
  version: z.string(),
});
export type SystemStatusEvent = z.output<typeof systemStatusEventSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/systemstatus */
export const heartbeatEventSchema = openObject({ event: z.literal('heartbeat') });
export type HeartbeatEvent = z.output<typeof heartbeatEventSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/systemstatus */
export const pongEventSchema = openObject({
  event: z.literal('pong'),
  reqid: z.optional(integerSchema),
});
export type PongEvent = z.output<typeof pongEventSchema>;

/**
 * One a pair. `unsubscribed` also comes unasked.
 * https://docs.kraken.com/api/docs/websocket-v1/systemstatus
 */
export const subscriptionStatusEventSchema = openObject({
  event: z.literal('subscriptionStatus'),
  status: openEnum(['subscribed', 'unsubscribed', 'error']),
  /** @deprecated tell channels by name and pair */
  channelID: z.optional(integerSchema),
  channelName: z.optional(z.string()),
  pair: z.optional(z.string()),
  reqid: z.optional(integerSchema),
  errorMessage: z.optional(z.string()),
  subscription: z.optional(
    openObject({
      name: z.optional(channelNameSchema),
      depth: z.optional(bookDepthSchema),
      interval: z.optional(ohlcIntervalSchema),
      maxratecount: z.optional(openIntegers([60, 125, 180])),
    }),
  ),
});
export type SubscriptionStatusEvent = z.output<typeof subscriptionStatusEventSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/systemstatus */
export const errorEventSchema = openObject({
  event: z.literal('error'),
  errorMessage: z.string(),
  reqid: z.optional(integerSchema),
});
export type ErrorEvent = z.output<typeof errorEventSchema>;
