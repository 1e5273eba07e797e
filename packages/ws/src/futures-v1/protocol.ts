import { stringifyJson } from '@kr/schemas/json';
import { type Ack, type Incoming, isRecord, matchesAt } from '../protocol/incoming.ts';
import { NamedRouter } from '../protocol/named-router.ts';
import type { Asked, Ended, Params, Protocol } from '../protocol/protocol.ts';
import { sequenceOf, subjectOf } from './frame-head.ts';

const decoder = /* @__PURE__ */ new TextDecoder();
const FEED_START = /* @__PURE__ */ new TextEncoder().encode('{"feed":"');
const PRIVATE: ReadonlySet<string> = new Set([
  'account_log',
  'balances',
  'fills',
  'notifications_auth',
  'open_orders',
  'open_orders_verbose',
  'open_positions',
]);
/** Positions come whole each time, and so do tickers. */
const WITH_SNAPSHOT: ReadonlySet<string> = new Set([
  'account_log',
  'balances',
  'book',
  'fills',
  'open_orders',
  'open_orders_verbose',
  'trade',
]);
const NOT_SIGNED = /authenticated feed/i;

/**
 * The v1 socket of futures, which the exchange ends on 1 March 2027. Its answers carry no ids: what they
 * answer is told by feed and product.
 * https://docs.kraken.com/api/docs/guides/futures-websockets
 */
export const futuresV1: Protocol = {
  name: 'futures-v1',
  venue: 'futures',
  formatRequest: (method, params) => stringifyJson(requestOf(method, params ?? {})),
  isData: (bytes) => matchesAt(bytes, FEED_START, 0),
  parse,
  answers,
  ended,
  systemStatus: () => undefined,
  createRouter: () => new NamedRouter(subjectOf),
  defaultsOf: () => ({}),
  unsubscribeParams: () => ({}),
  costOf: () => 1,
  beginsWithSnapshot: (channel) => WITH_SNAPSHOT.has(channel),
  accessOf: (channel) => (PRIVATE.has(channel) ? 'private' : 'public'),
  isSequenced: (channel) => channel === 'book',
  sequenceOf,
  refusals: {
    isAlreadySubscribed: () => false,
    isNotSubscribed: (error) => error === 'unsubscribed_failed',
    isRateLimit: (error) => /limit exceeded/i.test(error),
    isSession: (error) => NOT_SIGNED.test(error),
    isTransient: (error) => /limit exceeded/i.test(error),
  },
};

function requestOf(method: string, params: Params): Params {
  const { channel: feed, symbol, ...rest } = params;
  return { event: method, feed, product_ids: symbol, ...rest };
}

function parse(bytes: Uint8Array): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return { kind: 'malformed', text: 'a message that is no JSON' };
  }
  if (!isRecord(value)) return { kind: 'malformed', text: 'a message that is no JSON object' };
  const { event } = value;
  // Seen in the documentation with a space behind it.
  if (typeof event === 'string') return eventOf(event.trim(), value);
  const subject = subjectOf(bytes);
  if (subject === undefined) return { kind: 'protocolError', text: 'an unknown message' };
  const { channel, symbol, isSnapshot } = subject;
  return { kind: 'data', channel, symbols: symbol === undefined ? [] : [symbol], isSnapshot };
}

function eventOf(event: string, value: Readonly<Record<string, unknown>>): Incoming {
  const message = textOf(value['message']);
  const products = value['product_ids'];
  const symbol = Array.isArray(products) ? textOf(products[0]) : undefined;
  const ack = (more: Partial<Ack>): Incoming => ({
    kind: 'ack',
    ack: { method: event, symbol, result: value, ...more },
  });
  switch (event) {
    case 'pong':
      return ack({});
    case 'challenge':
    case 'subscribed':
    case 'unsubscribed':
      return ack({ success: true });
    case 'subscribed_failed':
    case 'unsubscribed_failed':
      return ack({ success: false, error: event });
    case 'error':
      return ack({ success: false, error: message ?? 'no reason given' });
    case 'alert':
      // `Already subscribed to feed, re-requesting` does no harm: its acknowledgement follows.
      if (message === undefined || !NOT_SIGNED.test(message)) return nothing(event);
      return ack({ success: false, error: message });
    default:
      return nothing(event);
  }
}

/** `info`, and whatever is said beside. */
function nothing(event: string): Incoming {
  return { kind: 'data', channel: event, symbols: [], isSnapshot: false };
}

function answers({ method, params = {} }: Asked, { method: event, symbol, result }: Ack): boolean {
  if (method === 'ping') return event === 'pong';
  const isAlert = event === 'alert';
  if (method === 'challenge') return event === 'challenge' || isAlert;
  // Errors name nothing: they are about what was asked first.
  if (event === 'error') return true;
  const channel = String(params['channel']);
  if (isAlert) return PRIVATE.has(channel);
  if (!event.startsWith(`${method}d`)) return false;
  const feed = isRecord(result) ? result['feed'] : undefined;
  const asked = params['symbol'];
  return (
    feed === channel && (!Array.isArray(asked) || symbol === undefined || asked.includes(symbol))
  );
}

function ended({ method, symbol, result }: Ack): Ended | undefined {
  const channel = isRecord(result) ? textOf(result['feed']) : undefined;
  if (method !== 'unsubscribed' || channel === undefined) return undefined;
  return { channel, symbol, reason: 'the exchange has unsubscribed it' };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
