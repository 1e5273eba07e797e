/** https://docs.kraken.com/api/docs/guides/futures-websockets */
import * as z from 'zod/mini';
import { openEnum, openObject } from '../primitives/index.ts';

export const publicFeeds = ['heartbeat', 'ticker', 'ticker_lite', 'trade', 'book'] as const;

export const privateFeeds = [
  'fills',
  'open_orders',
  'open_orders_verbose',
  'open_positions',
  'balances',
  'account_log',
  'notifications_auth',
] as const;

const fields = {
  feed: openEnum([...publicFeeds, ...privateFeeds]),
  product_ids: z.optional(z.array(z.string())),
  // Of private feeds, to unsubscribe too.
  api_key: z.optional(z.string()),
  original_challenge: z.optional(z.string()),
  signed_challenge: z.optional(z.string()),
};

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const subscribeRequestSchema = openObject({ event: z.literal('subscribe'), ...fields });
export type SubscribeRequest = z.output<typeof subscribeRequestSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const unsubscribeRequestSchema = openObject({ event: z.literal('unsubscribe'), ...fields });
export type UnsubscribeRequest = z.output<typeof unsubscribeRequestSchema>;

/**
 * Asks for a challenge; the answer is signed into the subscriptions.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const challengeRequestSchema = openObject({
  event: z.literal('challenge'),
  api_key: z.string(),
});
export type ChallengeRequest = z.output<typeof challengeRequestSchema>;

/** https://docs.kraken.com/api/docs/guides/futures-websockets */
export const pingRequestSchema = openObject({ event: z.literal('ping') });
export type PingRequest = z.output<typeof pingRequestSchema>;
