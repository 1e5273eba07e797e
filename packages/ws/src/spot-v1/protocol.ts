import { stringifyJson } from '@kr/schemas/json';
import { type Ack, type Incoming, isRecord } from '../protocol/incoming.ts';
import { NamedRouter } from '../protocol/named-router.ts';
import type { Ended, Params, Protocol } from '../protocol/protocol.ts';
import * as refusals from '../protocol/refusal.ts';
import { subjectOf, tailOf } from './frame-tail.ts';

const decoder = /* @__PURE__ */ new TextDecoder();
const OPENING_BRACKET = 0x5b;
const PRIVATE: ReadonlySet<string> = new Set(['openOrders', 'ownTrades']);
const DEFAULTS: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['book', { depth: 10 }],
  ['ohlc', { interval: 1 }],
]);
/** What tells a subscription of a pair from another, and so is repeated to end it. */
const REPEATED: readonly string[] = ['depth', 'interval'];

/** The v1 sockets of Spot, frozen and still running: https://docs.kraken.com/api/docs/websocket-v1/subscribe */
export const spotV1: Protocol = {
  name: 'spot-v1',
  venue: 'spot',
  formatRequest: (method, params, id) => stringifyJson(requestOf(method, params ?? {}, id)),
  isData: (bytes) => bytes[0] === OPENING_BRACKET,
  parse: parseV1,
  ended,
  systemStatus: systemStatusOf,
  createRouter: () => new NamedRouter(subjectOf),
  defaultsOf: (channel) => DEFAULTS.get(channel) ?? {},
  unsubscribeParams: (_channel, params) =>
    Object.fromEntries(Object.entries(params).filter(([name]) => REPEATED.includes(name))),
  costOf: () => 1,
  beginsWithSnapshot: (channel, { snapshot }) =>
    channel === 'book' ||
    channel === 'openOrders' ||
    (channel === 'ownTrades' && snapshot !== false),
  accessOf: (channel) => (PRIVATE.has(channel) ? 'private' : 'public'),
  isSequenced: (channel) => PRIVATE.has(channel),
  sequenceOf: (bytes) => tailOf(bytes)?.sequence,
  refusals,
};

function requestOf(method: string, params: Params, reqid: number): Params {
  if (method !== 'subscribe' && method !== 'unsubscribe')
    return { event: method, reqid, ...params };
  const { channel: name, symbol: pair, ...rest } = params;
  return { event: method, reqid, pair, subscription: { name, ...rest } };
}

function parseV1(bytes: Uint8Array): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return { kind: 'malformed', text: 'a message that is no JSON' };
  }
  if (Array.isArray(value)) {
    const subject = subjectOf(bytes);
    if (subject === undefined) return { kind: 'malformed', text: 'an array that is no frame' };
    const { channel, symbol, isSnapshot } = subject;
    return { kind: 'data', channel, symbols: symbol === undefined ? [] : [symbol], isSnapshot };
  }
  if (!isRecord(value)) return { kind: 'malformed', text: 'a message that is no JSON object' };
  return eventOf(value);
}

function eventOf(value: Readonly<Record<string, unknown>>): Incoming {
  const { event, status } = value;
  const id = typeof value['reqid'] === 'number' ? value['reqid'] : undefined;
  const error = textOf(value['errorMessage']);
  if (event === 'heartbeat' || event === 'systemStatus') {
    return { kind: 'data', channel: event, symbols: [], isSnapshot: false };
  }
  if (event === 'pong') return { kind: 'ack', ack: { method: 'pong', req_id: id } };
  // An answer about a subscription may come unasked: the exchange has ended one.
  if (event === 'subscriptionStatus' || id !== undefined) {
    const success = status === 'subscribed' || status === 'unsubscribed' || status === 'ok';
    const symbol = textOf(value['pair']);
    const method = textOf(event) ?? '';
    return { kind: 'ack', ack: { method, req_id: id, success, error, symbol, result: value } };
  }
  return { kind: 'protocolError', text: error ?? 'an unknown message' };
}

/** `subscriptionStatus` without an id of ours: nobody asked for it. */
function ended({ req_id: id, symbol, error, result }: Ack): Ended | undefined {
  if (id !== undefined || !isRecord(result) || !isRecord(result['subscription'])) return undefined;
  const channel = textOf(result['subscription']['name']);
  const { status } = result;
  if (channel === undefined || (status !== 'unsubscribed' && status !== 'error')) return undefined;
  return { channel, symbol, reason: error ?? 'the exchange has unsubscribed it' };
}

function systemStatusOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === OPENING_BRACKET) return undefined;
  const text = decoder.decode(bytes);
  if (!text.includes('"systemStatus"')) return undefined;
  return /"status":"(\w+)"/.exec(text)?.[1];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
