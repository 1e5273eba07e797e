import type * as z from 'zod/mini';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { RawNumber } from '../json/raw-number.ts';
import { parseOwn } from '../parse-with.ts';
import { type BookFrame, bookFrameSchema } from './book.ts';
import {
  type FailedAck,
  failedAckSchema,
  type ProtocolError,
  protocolErrorSchema,
} from './envelope.ts';
import { type HeartbeatFrame, heartbeatFrameSchema } from './heartbeat.ts';
import { type InstrumentFrame, instrumentFrameSchema } from './instrument.ts';
import { type PongAck, pongAckSchema } from './ping.ts';
import { type StatusFrame, statusFrameSchema } from './status.ts';
import {
  type SubscribeAck,
  subscribeAckSchema,
  type UnsubscribeAck,
  unsubscribeAckSchema,
} from './subscribe.ts';
import { type TickerFrame, tickerFrameSchema } from './ticker.ts';
import { type TradeFrame, tradeFrameSchema } from './trade.ts';

/** `frame.channel === 'book'` narrows. */
export type WsFrame =
  | BookFrame
  | HeartbeatFrame
  | InstrumentFrame
  | StatusFrame
  | TickerFrame
  | TradeFrame;

/** `ack.success === false` narrows to the refusal, `ack.method` to the request that was answered. */
export type WsAck = FailedAck | PongAck | SubscribeAck | UnsubscribeAck;

/** One message of the v2 sockets. */
export type WsMessage =
  | { readonly kind: 'data'; readonly frame: WsFrame }
  | { readonly kind: 'ack'; readonly ack: WsAck }
  /** Answers no request. */
  | { readonly kind: 'error'; readonly error: ProtocolError; readonly text: string }
  /** A channel, a type, a method or a shape that this package does not know: kept as it came. */
  | { readonly kind: 'unknown'; readonly value: JsonValue };

const frameSchemas: Readonly<Record<string, z.ZodMiniType<WsFrame>>> = {
  book: bookFrameSchema,
  heartbeat: heartbeatFrameSchema,
  instrument: instrumentFrameSchema,
  status: statusFrameSchema,
  ticker: tickerFrameSchema,
  trade: tradeFrameSchema,
};

const ackSchemas: Readonly<Record<string, z.ZodMiniType<WsAck>>> = {
  pong: pongAckSchema,
  subscribe: subscribeAckSchema,
  unsubscribe: unsubscribeAckSchema,
};

/**
 * One message of a v2 socket, from its text or its UTF-8 bytes.
 *
 * @throws SchemaError `MALFORMED_JSON` when it is not JSON; `INVALID_MESSAGE` when a known channel or
 * method has not its documented shape. What is not known at all comes back as `unknown`.
 */
export function parseWsMessage(source: string | Uint8Array): WsMessage {
  return toWsMessage(parseJson(source));
}

/** As {@link parseWsMessage}, of a value that `parseJson` gave. */
export function toWsMessage(value: JsonValue): WsMessage {
  if (!isObject(value)) return { kind: 'unknown', value };
  const { method, channel, type } = value;
  if (typeof method === 'string') {
    if (value['success'] === false) {
      return { kind: 'ack', ack: parseOwn(failedAckSchema, value, `refusal of ${method}`) };
    }
    const schema = lookUp(ackSchemas, method);
    if (schema === undefined) return { kind: 'unknown', value };
    return { kind: 'ack', ack: parseOwn(schema, value, `${method} acknowledgement`) };
  }
  if (typeof channel === 'string') {
    const schema = lookUp(frameSchemas, channel);
    if (schema === undefined || !isKnownType(type)) return { kind: 'unknown', value };
    return { kind: 'data', frame: parseOwn(schema, value, `${channel} frame`) };
  }
  const text = value['error'] ?? value['Error'];
  if (typeof text !== 'string') return { kind: 'unknown', value };
  return { kind: 'error', error: parseOwn(protocolErrorSchema, value, 'protocol error'), text };
}

function isObject(value: JsonValue): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

function isKnownType(type: JsonValue | undefined): boolean {
  return typeof type !== 'string' || type === 'snapshot' || type === 'update';
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
