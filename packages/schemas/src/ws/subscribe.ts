/** https://docs.kraken.com/api/docs/guides/spot-ws-intro, and the page of each channel. */
import * as z from 'zod/mini';
import { openEnum, openIntegers, openObject } from '../primitives/index.ts';
import { balancesSubscribeParamsSchema, balancesUnsubscribeParamsSchema } from './balances.ts';
import { bookDepthSchema, bookSubscribeParamsSchema, bookUnsubscribeParamsSchema } from './book.ts';
import { ackFields, ackOf, requestOf, warningsSchema } from './envelope.ts';
import {
  executionsSubscribeParamsSchema,
  executionsUnsubscribeParamsSchema,
} from './executions.ts';
import {
  instrumentSubscribeParamsSchema,
  instrumentUnsubscribeParamsSchema,
} from './instrument.ts';
import { level3SubscribeParamsSchema, level3UnsubscribeParamsSchema } from './level3.ts';
import {
  ohlcIntervalSchema,
  ohlcSubscribeParamsSchema,
  ohlcUnsubscribeParamsSchema,
} from './ohlc.ts';
import { tickerSubscribeParamsSchema, tickerUnsubscribeParamsSchema } from './ticker.ts';
import { tradeSubscribeParamsSchema, tradeUnsubscribeParamsSchema } from './trade.ts';

/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const subscribeParamsSchema = z.discriminatedUnion('channel', [
  tickerSubscribeParamsSchema,
  bookSubscribeParamsSchema,
  level3SubscribeParamsSchema,
  ohlcSubscribeParamsSchema,
  tradeSubscribeParamsSchema,
  instrumentSubscribeParamsSchema,
  executionsSubscribeParamsSchema,
  balancesSubscribeParamsSchema,
]);
export type SubscribeParams = z.output<typeof subscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const subscribeRequestSchema = requestOf('subscribe', subscribeParamsSchema);
export type SubscribeRequest = z.output<typeof subscribeRequestSchema>;

/**
 * `depth`, `interval` and `event_trigger` must be those of the subscription.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const unsubscribeParamsSchema = z.discriminatedUnion('channel', [
  tickerUnsubscribeParamsSchema,
  bookUnsubscribeParamsSchema,
  level3UnsubscribeParamsSchema,
  ohlcUnsubscribeParamsSchema,
  tradeUnsubscribeParamsSchema,
  instrumentUnsubscribeParamsSchema,
  executionsUnsubscribeParamsSchema,
  balancesUnsubscribeParamsSchema,
]);
export type UnsubscribeParams = z.output<typeof unsubscribeParamsSchema>;

/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const unsubscribeRequestSchema = requestOf('unsubscribe', unsubscribeParamsSchema);
export type UnsubscribeRequest = z.output<typeof unsubscribeRequestSchema>;

/** The channels that can be subscribed to. `status` and `heartbeat` come by themselves. */
export const wsChannels = [
  'ticker',
  'book',
  'level3',
  'ohlc',
  'trade',
  'instrument',
  'executions',
  'balances',
] as const;

/** The fields of a subscription's echo: what a channel does not have is absent. */
export const subscribeResultFields = {
  symbol: z.optional(z.string()),
  snapshot: z.optional(z.boolean()),
  depth: z.optional(bookDepthSchema),
  interval: z.optional(ohlcIntervalSchema),
  event_trigger: z.optional(openEnum(['trades', 'bbo'])),
  snap_orders: z.optional(z.boolean()),
  snap_trades: z.optional(z.boolean()),
  maxratecount: z.optional(openIntegers([60, 125, 180])),
  warnings: warningsSchema,
};

/**
 * One a symbol.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const subscribeResultSchema = openObject({
  channel: openEnum(wsChannels),
  ...subscribeResultFields,
});
export type SubscribeResult = z.output<typeof subscribeResultSchema>;

/**
 * A subscription that was accepted; a refused one is a `FailedAck`.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro
 */
export const subscribeAckSchema = ackOf('subscribe', subscribeResultSchema);
export type SubscribeAck = z.output<typeof subscribeAckSchema>;

/** https://docs.kraken.com/api/docs/guides/spot-ws-intro */
export const unsubscribeAckSchema = openObject({
  method: z.literal('unsubscribe'),
  success: z.literal(true),
  result: z.optional(subscribeResultSchema),
  ...ackFields,
});
export type UnsubscribeAck = z.output<typeof unsubscribeAckSchema>;
