import type * as z from 'zod/mini';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeUtf8 } from '../json/utf8.ts';
import { parseOwn } from '../parse-with.ts';
import { isJsonObject, lookUp, type Route, readFrame } from '../routes.ts';
import { addOrderAckSchema } from '../ws/add-order.ts';
import { amendOrderAckSchema } from '../ws/amend-order.ts';
import { balancesFrameSchema } from '../ws/balances.ts';
import { bookFrameSchema } from '../ws/book.ts';
import { cancelAllAckSchema } from '../ws/cancel-all.ts';
import { cancelAllOrdersAfterAckSchema } from '../ws/cancel-all-orders-after.ts';
import { cancelOrderAckSchema } from '../ws/cancel-order.ts';
import {
  type FailedAck,
  failedAckSchema,
  type ProtocolError,
  protocolErrorSchema,
} from '../ws/envelope.ts';
import { executionsFrameSchema } from '../ws/executions.ts';
import { heartbeatFrameSchema } from '../ws/heartbeat.ts';
import { level3FrameSchema } from '../ws/level3.ts';
import { pongAckSchema } from '../ws/ping.ts';
import { isRefusal } from '../ws/refusal.ts';
import { statusFrameSchema } from '../ws/status.ts';
import { instrumentFrameSchema } from './instrument.ts';
import { ledgersFrameSchema } from './ledgers.ts';
import { marginFrameSchema } from './margin.ts';
import { ohlcFrameSchema } from './ohlc.ts';
import { positionsFrameSchema } from './positions.ts';
import { subscribeAckSchema, unsubscribeAckSchema } from './subscribe.ts';
import { tickerFrameSchema } from './ticker.ts';
import { tradeFrameSchema } from './trade.ts';

/** By channel. `status` is not documented here, but may be pushed as on the Spot sockets. */
export const uwsFrameSchemas = {
  balances: balancesFrameSchema,
  book: bookFrameSchema,
  executions: executionsFrameSchema,
  heartbeat: heartbeatFrameSchema,
  instrument: instrumentFrameSchema,
  ledgers: ledgersFrameSchema,
  level3: level3FrameSchema,
  margin: marginFrameSchema,
  ohlc: ohlcFrameSchema,
  positions: positionsFrameSchema,
  status: statusFrameSchema,
  ticker: tickerFrameSchema,
  trade: tradeFrameSchema,
};

/** By method. */
export const uwsAckSchemas = {
  add_order: addOrderAckSchema,
  amend_order: amendOrderAckSchema,
  cancel_all: cancelAllAckSchema,
  cancel_all_orders_after: cancelAllOrdersAfterAckSchema,
  cancel_order: cancelOrderAckSchema,
  pong: pongAckSchema,
  subscribe: subscribeAckSchema,
  unsubscribe: unsubscribeAckSchema,
};

/** `frame.channel === 'positions'` narrows. */
export type UwsFrame = z.output<(typeof uwsFrameSchemas)[keyof typeof uwsFrameSchemas]>;

export type UwsAck = FailedAck | z.output<(typeof uwsAckSchemas)[keyof typeof uwsAckSchemas]>;

/** One message of the Unified WebSocket. */
export type UwsMessage =
  | { readonly kind: 'data'; readonly frame: UwsFrame }
  | { readonly kind: 'ack'; readonly ack: UwsAck }
  | { readonly kind: 'error'; readonly error: ProtocolError; readonly text: string }
  | { readonly kind: 'unknown'; readonly value: JsonValue };

export type UwsRoute =
  | (Route<UwsFrame> & { readonly kind: 'data' })
  | (Route<UwsAck> & { readonly kind: 'ack' })
  | (Route<ProtocolError> & { readonly kind: 'error' });

const marginTypes: readonly unknown[] = ['multi_collateral', 'single_collateral'];
const frameTypes: readonly unknown[] = ['snapshot', 'update', undefined];

/** What a message is; `undefined` for what this package does not know. */
export function routeUwsMessage(value: JsonValue): UwsRoute | undefined {
  if (!isJsonObject(value)) return undefined;
  const { method, channel, type, success } = value;
  if (typeof method === 'string') {
    if (isRefusal(value)) {
      return { kind: 'ack', subject: `${method} refusal`, schema: failedAckSchema };
    }
    const schema: z.ZodMiniType<UwsAck> | undefined = lookUp(uwsAckSchemas, method);
    if (schema === undefined || (success !== true && method !== 'pong')) return undefined;
    return { kind: 'ack', subject: `${method} acknowledgement`, schema };
  }
  if (typeof channel === 'string') {
    const schema: z.ZodMiniType<UwsFrame> | undefined = lookUp(uwsFrameSchemas, channel);
    const types = channel === 'margin' ? marginTypes : frameTypes;
    if (schema === undefined || !types.includes(type)) return undefined;
    const subject = typeof type === 'string' ? `${channel} ${type}` : channel;
    return { kind: 'data', subject, schema };
  }
  if (typeof (value['error'] ?? value['Error']) !== 'string') return undefined;
  return { kind: 'error', subject: 'protocol error', schema: protocolErrorSchema };
}

/**
 * One message of the Unified WebSocket, from its text or its UTF-8 bytes.
 *
 * @throws SchemaError `MALFORMED_JSON`; `INVALID_MESSAGE` when a known channel or method has not its
 * documented shape. What is not known at all comes back as `unknown`.
 */
export function parseUwsMessage(source: string | Uint8Array): UwsMessage {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  const frame = readFrame<UwsFrame>(uwsFrameSchemas, text);
  if (frame !== undefined) return { kind: 'data', frame };
  const value = parseJson(text);
  const route = routeUwsMessage(value);
  if (route === undefined) return { kind: 'unknown', value };
  switch (route.kind) {
    case 'data':
      return { kind: 'data', frame: parseOwn(route.schema, value, route.subject, text) };
    case 'ack':
      return { kind: 'ack', ack: parseOwn(route.schema, value, route.subject, text) };
    case 'error':
    default: {
      const error = parseOwn(route.schema, value, route.subject, text);
      return { kind: 'error', error, text: 'error' in error ? error.error : error.Error };
    }
  }
}
