import type * as z from 'zod/mini';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { parseOwn } from '../parse-with.ts';
import { isJsonObject, lookUp, type Route } from '../routes.ts';
import { accountLogFrameSchema, accountLogSnapshotFrameSchema } from './account-log.ts';
import { balancesFrameSchema, balancesSnapshotFrameSchema } from './balances.ts';
import { bookFrameSchema, bookSnapshotFrameSchema } from './book.ts';
import {
  alertEventSchema,
  challengeEventSchema,
  errorEventSchema,
  infoEventSchema,
  pongEventSchema,
  subscribedEventSchema,
  subscribedFailedEventSchema,
  unsubscribedEventSchema,
  unsubscribedFailedEventSchema,
} from './events.ts';
import { fillsFrameSchema, fillsSnapshotFrameSchema } from './fills.ts';
import { heartbeatFrameSchema } from './heartbeat.ts';
import { notificationsFrameSchema } from './notifications.ts';
import {
  openOrdersFrameSchema,
  openOrdersSnapshotFrameSchema,
  openOrdersVerboseFrameSchema,
  openOrdersVerboseSnapshotFrameSchema,
} from './open-orders.ts';
import { openPositionsFrameSchema } from './open-positions.ts';
import { tickerFrameSchema } from './ticker.ts';
import { tickerLiteFrameSchema } from './ticker-lite.ts';
import { tradeFrameSchema, tradeSnapshotFrameSchema } from './trade.ts';

/** By `feed`. */
export const futuresFrameSchemas = {
  account_log: accountLogFrameSchema,
  account_log_snapshot: accountLogSnapshotFrameSchema,
  balances: balancesFrameSchema,
  balances_snapshot: balancesSnapshotFrameSchema,
  book: bookFrameSchema,
  book_snapshot: bookSnapshotFrameSchema,
  fills: fillsFrameSchema,
  fills_snapshot: fillsSnapshotFrameSchema,
  heartbeat: heartbeatFrameSchema,
  notifications_auth: notificationsFrameSchema,
  open_orders: openOrdersFrameSchema,
  open_orders_snapshot: openOrdersSnapshotFrameSchema,
  open_orders_verbose: openOrdersVerboseFrameSchema,
  open_orders_verbose_snapshot: openOrdersVerboseSnapshotFrameSchema,
  open_positions: openPositionsFrameSchema,
  ticker: tickerFrameSchema,
  ticker_lite: tickerLiteFrameSchema,
  trade: tradeFrameSchema,
  trade_snapshot: tradeSnapshotFrameSchema,
};

/** By `event`. */
export const futuresEventSchemas = {
  alert: alertEventSchema,
  challenge: challengeEventSchema,
  error: errorEventSchema,
  info: infoEventSchema,
  pong: pongEventSchema,
  subscribed: subscribedEventSchema,
  subscribed_failed: subscribedFailedEventSchema,
  unsubscribed: unsubscribedEventSchema,
  unsubscribed_failed: unsubscribedFailedEventSchema,
};

/** `frame.feed === 'book_snapshot'` narrows. */
export type FuturesFrame = z.output<(typeof futuresFrameSchemas)[keyof typeof futuresFrameSchemas]>;

/** `event.event === 'subscribed'` narrows. */
export type FuturesEvent = z.output<(typeof futuresEventSchemas)[keyof typeof futuresEventSchemas]>;

/** One message of the futures v1 socket. */
export type FuturesMessage =
  | { readonly kind: 'data'; readonly frame: FuturesFrame }
  | { readonly kind: 'event'; readonly event: FuturesEvent }
  | { readonly kind: 'unknown'; readonly value: JsonValue };

export type FuturesRoute =
  | (Route<FuturesFrame> & { readonly kind: 'data' })
  | (Route<FuturesEvent> & { readonly kind: 'event' });

/** What a message is; `undefined` for what this package does not know. */
export function routeFuturesMessage(value: JsonValue): FuturesRoute | undefined {
  if (!isJsonObject(value)) return undefined;
  const { event: printed, feed } = value;
  if (typeof printed === 'string') {
    // The documentation's samples have `"event": "subscribed "`.
    const event = printed.trimEnd();
    const schema: z.ZodMiniType<FuturesEvent> | undefined = lookUp(futuresEventSchemas, event);
    if (schema === undefined) return undefined;
    const route = { kind: 'event', subject: event, schema } as const;
    return event === printed ? route : { ...route, value: { ...value, event } };
  }
  if (typeof feed !== 'string') return undefined;
  const schema: z.ZodMiniType<FuturesFrame> | undefined = lookUp(futuresFrameSchemas, feed);
  return schema && { kind: 'data', subject: feed, schema };
}

/**
 * One message of the futures v1 socket, from its text or its UTF-8 bytes.
 *
 * @throws SchemaError `MALFORMED_JSON`; `INVALID_MESSAGE` when a known feed or event has not its
 * documented shape. What is not known at all comes back as `unknown`.
 */
export function parseFuturesMessage(source: string | Uint8Array): FuturesMessage {
  const value = parseJson(source);
  const route = routeFuturesMessage(value);
  if (route === undefined) return { kind: 'unknown', value };
  return route.kind === 'data'
    ? { kind: 'data', frame: parseOwn(route.schema, value, route.subject, source) }
    : {
        kind: 'event',
        event: parseOwn(route.schema, route.value ?? value, route.subject, source),
      };
}
