import * as z from 'zod/mini';
import { integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { bookSubscribeParamsSchema, bookUnsubscribeParamsSchema } from './book.ts';
import { ackTimes, requestIdSchema } from './envelope.ts';
import {
  instrumentSubscribeParamsSchema,
  instrumentUnsubscribeParamsSchema,
} from './instrument.ts';
import { tickerSubscribeParamsSchema, tickerUnsubscribeParamsSchema } from './ticker.ts';
import { tradeSubscribeParamsSchema, tradeUnsubscribeParamsSchema } from './trade.ts';

export const subscribeParamsSchema = /* @__PURE__ */ z.discriminatedUnion('channel', [
  bookSubscribeParamsSchema,
  tickerSubscribeParamsSchema,
  tradeSubscribeParamsSchema,
  instrumentSubscribeParamsSchema,
]);
export type SubscribeParams = z.output<typeof subscribeParamsSchema>;

export const subscribeRequestSchema = /* @__PURE__ */ openObject({
  method: z.literal('subscribe'),
  params: subscribeParamsSchema,
  req_id: requestIdSchema,
});
export type SubscribeRequest = z.output<typeof subscribeRequestSchema>;

export const unsubscribeParamsSchema = /* @__PURE__ */ z.discriminatedUnion('channel', [
  bookUnsubscribeParamsSchema,
  tickerUnsubscribeParamsSchema,
  tradeUnsubscribeParamsSchema,
  instrumentUnsubscribeParamsSchema,
]);
export type UnsubscribeParams = z.output<typeof unsubscribeParamsSchema>;

export const unsubscribeRequestSchema = /* @__PURE__ */ openObject({
  method: z.literal('unsubscribe'),
  params: unsubscribeParamsSchema,
  req_id: requestIdSchema,
});
export type UnsubscribeRequest = z.output<typeof unsubscribeRequestSchema>;

/** The echo of a subscription: one a symbol. What a channel does not have is absent. */
export const subscribeResultSchema = /* @__PURE__ */ openObject({
  channel: openEnum([
    'ticker',
    'book',
    'level3',
    'ohlc',
    'trade',
    'instrument',
    'executions',
    'balances',
  ]),
  symbol: z.optional(z.string()),
  snapshot: z.optional(z.boolean()),
  depth: z.optional(integerSchema),
  interval: z.optional(integerSchema),
  event_trigger: z.optional(openEnum(['trades', 'bbo'])),
  snap_orders: z.optional(z.boolean()),
  snap_trades: z.optional(z.boolean()),
  maxratecount: z.optional(integerSchema),
  warnings: z.optional(z.array(z.string())),
});
export type SubscribeResult = z.output<typeof subscribeResultSchema>;

/** A subscription that was accepted; a refused one is a `FailedAck`. */
export const subscribeAckSchema = /* @__PURE__ */ openObject({
  method: z.literal('subscribe'),
  success: z.literal(true),
  result: subscribeResultSchema,
  ...ackTimes,
});
export type SubscribeAck = z.output<typeof subscribeAckSchema>;

export const unsubscribeAckSchema = /* @__PURE__ */ openObject({
  method: z.literal('unsubscribe'),
  success: z.literal(true),
  result: z.optional(subscribeResultSchema),
  ...ackTimes,
});
export type UnsubscribeAck = z.output<typeof unsubscribeAckSchema>;
