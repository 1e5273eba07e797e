import type * as z from 'zod/mini';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeUtf8 } from '../json/utf8.ts';
import { parseOwn } from '../parse-with.ts';
import { isJsonObject, lookUp, type Route, readFrame } from '../routes.ts';
import { type AddOrderAck, addOrderAckSchema } from './add-order.ts';
import { type AmendOrderAck, amendOrderAckSchema } from './amend-order.ts';
import { type BalancesFrame, balancesFrameSchema } from './balances.ts';
import { type BatchAddAck, type BatchAddFailedAck, batchAddAckSchema } from './batch-add.ts';
import { type BatchCancelAck, batchCancelAckSchema } from './batch-cancel.ts';
import { type BookFrame, bookFrameSchema } from './book.ts';
import { type CancelAllAck, cancelAllAckSchema } from './cancel-all.ts';
import {
  type CancelAllOrdersAfterAck,
  cancelAllOrdersAfterAckSchema,
} from './cancel-all-orders-after.ts';
import { type CancelOrderAck, cancelOrderAckSchema } from './cancel-order.ts';
import { type EditOrderAck, editOrderAckSchema } from './edit-order.ts';
import { type FailedAck, type ProtocolError, protocolErrorSchema } from './envelope.ts';
import { type ExecutionsFrame, executionsFrameSchema } from './executions.ts';
import { type HeartbeatFrame, heartbeatFrameSchema } from './heartbeat.ts';
import { type InstrumentFrame, instrumentFrameSchema } from './instrument.ts';
import { type Level3Frame, level3FrameSchema } from './level3.ts';
import { type OhlcFrame, ohlcFrameSchema } from './ohlc.ts';
import { type PongAck, pongAckSchema } from './ping.ts';
import { readDocumented } from './read-documented.ts';
import { isRefusal, refusalSchemaOf } from './refusal.ts';
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
  | BalancesFrame
  | BookFrame
  | ExecutionsFrame
  | HeartbeatFrame
  | InstrumentFrame
  | Level3Frame
  | OhlcFrame
  | StatusFrame
  | TickerFrame
  | TradeFrame;

/** `ack.success` narrows to what was done, `ack.method` to the request that was answered. */
export type WsAck =
  | AddOrderAck
  | AmendOrderAck
  | BatchAddAck
  | BatchAddFailedAck
  | BatchCancelAck
  | CancelAllAck
  | CancelAllOrdersAfterAck
  | CancelOrderAck
  | EditOrderAck
  | FailedAck
  | PongAck
  | SubscribeAck
  | UnsubscribeAck;

/** One message of the v2 sockets. */
export type WsMessage =
  | { readonly kind: 'data'; readonly frame: WsFrame }
  | { readonly kind: 'ack'; readonly ack: WsAck }
  /** Answers no request. */
  | { readonly kind: 'error'; readonly error: ProtocolError; readonly text: string }
  /** A channel, a type or a method that this package does not know: kept as it came. */
  | { readonly kind: 'unknown'; readonly value: JsonValue };

/** By channel. */
export const wsFrameSchemas: Readonly<Record<WsFrame['channel'], z.ZodMiniType<WsFrame>>> = {
  balances: balancesFrameSchema,
  book: bookFrameSchema,
  executions: executionsFrameSchema,
  heartbeat: heartbeatFrameSchema,
  instrument: instrumentFrameSchema,
  level3: level3FrameSchema,
  ohlc: ohlcFrameSchema,
  status: statusFrameSchema,
  ticker: tickerFrameSchema,
  trade: tradeFrameSchema,
};

/** By method. */
export const wsAckSchemas = {
  add_order: addOrderAckSchema,
  amend_order: amendOrderAckSchema,
  batch_add: batchAddAckSchema,
  batch_cancel: batchCancelAckSchema,
  cancel_all: cancelAllAckSchema,
  cancel_all_orders_after: cancelAllOrdersAfterAckSchema,
  cancel_order: cancelOrderAckSchema,
  edit_order: editOrderAckSchema,
  pong: pongAckSchema,
  subscribe: subscribeAckSchema,
  unsubscribe: unsubscribeAckSchema,
} satisfies Readonly<Record<string, z.ZodMiniType<WsAck>>>;

export type WsRoute =
  | (Route<WsFrame> & { readonly kind: 'data' })
  | (Route<WsAck> & { readonly kind: 'ack' })
  | (Route<ProtocolError> & { readonly kind: 'error' });

/** What a message is; `undefined` for what this package does not know. */
export function routeWsMessage(value: JsonValue): WsRoute | undefined {
  if (!isJsonObject(value)) return undefined;
  const { method, channel, type, success } = value;
  if (typeof method === 'string') {
    if (isRefusal(value)) {
      return { kind: 'ack', subject: `${method} refusal`, schema: refusalSchemaOf(value) };
    }
    const schema: z.ZodMiniType<WsAck> | undefined = lookUp(wsAckSchemas, method);
    // A request looks like an acknowledgement without the verdict.
    if (schema === undefined || (success !== true && method !== 'pong')) return undefined;
    return { kind: 'ack', subject: `${method} acknowledgement`, schema };
  }
  if (typeof channel === 'string') {
    const schema: z.ZodMiniType<WsFrame> | undefined = lookUp(wsFrameSchemas, channel);
    const known = typeof type !== 'string' || type === 'snapshot' || type === 'update';
    if (schema === undefined || !known) return undefined;
    const subject = typeof type === 'string' ? `${channel} ${type}` : channel;
    return { kind: 'data', subject, schema };
  }
  if (typeof (value['error'] ?? value['Error']) !== 'string') return undefined;
  return { kind: 'error', subject: 'protocol error', schema: protocolErrorSchema };
}

/**
 * One message of a v2 socket, from its text or its UTF-8 bytes.
 *
 * @throws SchemaError `MALFORMED_JSON` when it is not JSON; `INVALID_MESSAGE` when a known channel or
 * method has not its documented shape. What is not known at all comes back as `unknown`.
 */
export function parseWsMessage(source: string | Uint8Array): WsMessage {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  const frame = readDocumented(text) ?? readFrame(wsFrameSchemas, text);
  if (frame !== undefined) return { kind: 'data', frame };
  const value = parseJson(text);
  const route = routeWsMessage(value);
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
