/** What is no data: https://docs.kraken.com/api/docs/guides/futures-websockets */
import * as z from 'zod/mini';
import { integerSchema, openObject } from '../primitives/index.ts';

/**
 * On connect.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const infoEventSchema = openObject({ event: z.literal('info'), version: integerSchema });
export type InfoEvent = z.output<typeof infoEventSchema>;

const feedFields = { feed: z.string(), product_ids: z.optional(z.array(z.string())) };

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const subscribedEventSchema = openObject({
  event: z.literal('subscribed'),
  ...feedFields,
});
export type SubscribedEvent = z.output<typeof subscribedEventSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const subscribedFailedEventSchema = openObject({
  event: z.literal('subscribed_failed'),
  ...feedFields,
});
export type SubscribedFailedEvent = z.output<typeof subscribedFailedEventSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const unsubscribedEventSchema = openObject({
  event: z.literal('unsubscribed'),
  ...feedFields,
});
export type UnsubscribedEvent = z.output<typeof unsubscribedEventSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const unsubscribedFailedEventSchema = openObject({
  event: z.literal('unsubscribed_failed'),
  ...feedFields,
});
export type UnsubscribedFailedEvent = z.output<typeof unsubscribedFailedEventSchema>;

/**
 * The text to sign. One a connection.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const challengeEventSchema = openObject({
  event: z.literal('challenge'),
  message: z.string(),
});
export type ChallengeEvent = z.output<typeof challengeEventSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const pongEventSchema = openObject({ event: z.literal('pong') });
export type PongEvent = z.output<typeof pongEventSchema>;

/**
 * `Invalid product id`, `Invalid feed`, `Json Error`.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const errorEventSchema = openObject({ event: z.literal('error'), message: z.string() });
export type ErrorEvent = z.output<typeof errorEventSchema>;

/**
 * `Already subscribed to feed, re-requesting` does no harm.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const alertEventSchema = openObject({ event: z.literal('alert'), message: z.string() });
export type AlertEvent = z.output<typeof alertEventSchema>;
