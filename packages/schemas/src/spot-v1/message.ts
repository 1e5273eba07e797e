import type * as z from 'zod/mini';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { parseOwn } from '../parse-with.ts';
import { isJsonObject, lookUp, type Route } from '../routes.ts';
import { type BookFrame, bookFrameSchema } from './book.ts';
import {
  errorEventSchema,
  heartbeatEventSchema,
  pongEventSchema,
  subscriptionStatusEventSchema,
  systemStatusEventSchema,
} from './events.ts';
import { type OhlcFrame, ohlcFrameSchema } from './ohlc.ts';
import { type OpenOrdersFrame, openOrdersFrameSchema } from './open-orders.ts';
import { type OwnTradesFrame, ownTradesFrameSchema } from './own-trades.ts';
import { type SpreadFrame, spreadFrameSchema } from './spread.ts';
import { type TickerFrame, tickerFrameSchema } from './ticker.ts';
import { type TradeFrame, tradeFrameSchema } from './trade.ts';
import {
  addOrderStatusSchema,
  amendOrderStatusSchema,
  cancelAllOrdersAfterStatusSchema,
  cancelAllStatusSchema,
  cancelOrderStatusSchema,
  editOrderStatusSchema,
} from './trading.ts';

/** By channel. */
export const spotV1FrameSchemas = {
  book: bookFrameSchema,
  ohlc: ohlcFrameSchema,
  openOrders: openOrdersFrameSchema,
  ownTrades: ownTradesFrameSchema,
  spread: spreadFrameSchema,
  ticker: tickerFrameSchema,
  trade: tradeFrameSchema,
};

/** By `event`. */
export const spotV1EventSchemas = {
  addOrderStatus: addOrderStatusSchema,
  amendOrderStatus: amendOrderStatusSchema,
  cancelAllOrdersAfterStatus: cancelAllOrdersAfterStatusSchema,
  cancelAllStatus: cancelAllStatusSchema,
  cancelOrderStatus: cancelOrderStatusSchema,
  editOrderStatus: editOrderStatusSchema,
  error: errorEventSchema,
  heartbeat: heartbeatEventSchema,
  pong: pongEventSchema,
  subscriptionStatus: subscriptionStatusEventSchema,
  systemStatus: systemStatusEventSchema,
};

/** `event.event === 'systemStatus'` narrows. */
export type SpotV1Event = z.output<(typeof spotV1EventSchemas)[keyof typeof spotV1EventSchemas]>;

/** The frames are arrays, so it is `channel` that tells them apart. */
export type SpotV1Data =
  | { readonly kind: 'data'; readonly channel: 'book'; readonly frame: BookFrame }
  | { readonly kind: 'data'; readonly channel: 'ohlc'; readonly frame: OhlcFrame }
  | { readonly kind: 'data'; readonly channel: 'openOrders'; readonly frame: OpenOrdersFrame }
  | { readonly kind: 'data'; readonly channel: 'ownTrades'; readonly frame: OwnTradesFrame }
  | { readonly kind: 'data'; readonly channel: 'spread'; readonly frame: SpreadFrame }
  | { readonly kind: 'data'; readonly channel: 'ticker'; readonly frame: TickerFrame }
  | { readonly kind: 'data'; readonly channel: 'trade'; readonly frame: TradeFrame };

/** One message of the v1 sockets. */
export type SpotV1Message =
  | SpotV1Data
  | { readonly kind: 'event'; readonly event: SpotV1Event }
  | { readonly kind: 'unknown'; readonly value: JsonValue };

export interface SpotV1Route extends Route {
  readonly kind: 'data' | 'event';
  /** Of data: the channel without its depth or interval. */
  readonly channel: string;
}

/** What a message is; `undefined` for what this package does not know. */
export function routeSpotV1Message(value: JsonValue): SpotV1Route | undefined {
  if (Array.isArray(value)) {
    // Public: …, channel, pair. Private: payload, channel, sequence.
    const name: unknown = value.at(-2);
    if (typeof name !== 'string') return undefined;
    const channel = name.replace(/-\d+$/, '');
    const schema: z.ZodMiniType | undefined = lookUp(spotV1FrameSchemas, channel);
    return schema && { kind: 'data', channel, subject: channel, schema };
  }
  if (!isJsonObject(value)) return undefined;
  const { event } = value;
  if (typeof event !== 'string') return undefined;
  const schema: z.ZodMiniType | undefined = lookUp(spotV1EventSchemas, event);
  return schema && { kind: 'event', channel: '', subject: event, schema };
}

/**
 * One message of a v1 socket, from its text or its UTF-8 bytes.
 *
 * @throws SchemaError `MALFORMED_JSON`; `INVALID_MESSAGE` when a known channel or event has not its
 * documented shape. What is not known at all comes back as `unknown`.
 */
export function parseSpotV1Message(source: string | Uint8Array): SpotV1Message {
  const value = parseJson(source);
  const route = routeSpotV1Message(value);
  if (route === undefined) return { kind: 'unknown', value };
  const parsed = parseOwn(route.schema, value, route.subject, source);
  return route.kind === 'event'
    ? { kind: 'event', event: parsed as SpotV1Event }
    : ({ kind: 'data', channel: route.channel, frame: parsed } as SpotV1Data);
}
