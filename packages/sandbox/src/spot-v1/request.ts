import { WIRE_ERRORS } from '../protocol/errors.ts';
import { MAX_SYMBOLS_PER_REQUEST, PAIR } from '../protocol/request.ts';
import { BOOK_DEPTHS, OHLC_INTERVALS } from '../protocol/subscription.ts';
import { topLevelNumber } from '../protocol/top-level-lexeme.ts';
import { V1_ERRORS } from './errors.ts';
import { symbolOf } from './pair-name.ts';
import {
  PRIVATE_NAMES,
  type PrivateName,
  PUBLIC_NAMES,
  type V1Subscription,
} from './subscription.ts';
import { TRADING_EVENT_NAMES } from './trading-events.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One pair of a request: what it asks for, or why it cannot be had. */
export type V1Target =
  | { readonly subscription: V1Subscription }
  | { readonly error: string; readonly pair?: string; readonly parameters?: string };

/** What a client asked, as far as it can be told without knowing the market. */
export type V1Request =
  | { readonly kind: 'ping'; readonly reqid?: string | undefined }
  | {
      readonly kind: 'subscribe' | 'unsubscribe';
      readonly reqid?: string | undefined;
      readonly targets: readonly V1Target[];
    }
  /** By the number of a channel, which is deprecated and still answered. */
  | { readonly kind: 'unsubscribeId'; readonly reqid?: string | undefined; readonly id: number }
  | {
      readonly kind: 'private';
      readonly event: 'subscribe' | 'unsubscribe';
      readonly reqid?: string | undefined;
      readonly names: readonly PrivateName[];
      readonly subscription: Fields;
    }
  | {
      readonly kind: 'trading';
      readonly event: string;
      readonly reqid?: string | undefined;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'refused';
      readonly reqid?: string | undefined;
      readonly error: string;
    };

const SUBSCRIPTION_FIELDS: ReadonlySet<string> = new Set([
  ...['name', 'depth', 'interval', 'token', 'snapshot', 'consolidate_taker', 'ratecounter'],
  'rebased',
]);

/** Reads one client message. Never throws: whatever is wrong becomes a `refused` request. */
export function parseV1Request(text: string): V1Request {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'refused', error: WIRE_ERRORS.malformed };
  }
  if (!isFields(message)) return { kind: 'refused', error: WIRE_ERRORS.malformed };
  const reqid = readReqid(message['reqid'], text);
  if ('reqid' in message && reqid === undefined) {
    return { kind: 'refused', error: V1_ERRORS.reqidType };
  }
  const event = message['event'];
  if (typeof event !== 'string') return { kind: 'refused', reqid, error: V1_ERRORS.eventMissing };
  if (event === 'ping') return { kind: 'ping', reqid };
  if (TRADING_EVENT_NAMES.has(event)) return { kind: 'trading', event, reqid, fields: message };
  if (event === 'subscribe' || event === 'unsubscribe') {
    return readSubscription(event, message, reqid);
  }
  return { kind: 'refused', reqid, error: V1_ERRORS.eventUnsupported };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Its digits; `undefined` for what is none. */
function readReqid(reqid: unknown, text: string): string | undefined {
  if (typeof reqid !== 'number' || !Number.isInteger(reqid)) return undefined;
  if (Number.isSafeInteger(reqid)) return String(reqid);
  const lexeme = topLevelNumber(text, 'reqid');
  return lexeme !== undefined && /^-?\d+$/.test(lexeme) ? lexeme : undefined;
}

function readSubscription(
  event: 'subscribe' | 'unsubscribe',
  message: Fields,
  reqid: string | undefined,
): V1Request {
  const { subscription, pair, channelID } = message as Record<string, unknown>;
  if (event === 'unsubscribe' && typeof channelID === 'number') {
    return { kind: 'unsubscribeId', reqid, id: channelID };
  }
  const refuse = (error: string, parameters?: string): V1Request => ({
    kind: event,
    reqid,
    targets: [{ error, ...(parameters === undefined ? {} : { parameters }) }],
  });
  if (!isFields(subscription)) return refuse(V1_ERRORS.subscriptionType);
  const name = subscription['name'];
  const parameters = JSON.stringify({ name });
  const privates = PRIVATE_NAMES.filter((each) => each === name || isAll(name, subscription));
  const publics = PUBLIC_NAMES.filter((each) => each === name || name === '*');
  if (privates.length + publics.length === 0) {
    return refuse(WIRE_ERRORS.channelInvalid, parameters);
  }
  if (Object.keys(subscription).some((field) => !SUBSCRIPTION_FIELDS.has(field))) {
    return refuse(V1_ERRORS.subscriptionField, parameters);
  }
  if (privates.length > 0) {
    return pair === undefined
      ? { kind: 'private', event, reqid, names: privates, subscription }
      : refuse(V1_ERRORS.pairUnsupported, parameters);
  }
  if (pair === undefined) return refuse(V1_ERRORS.pairMissing, parameters);
  if (!Array.isArray(pair)) return refuse(V1_ERRORS.pairType, parameters);
  if (pair.length === 0) return refuse(V1_ERRORS.pairMissing, parameters);
  if (pair.length > MAX_SYMBOLS_PER_REQUEST) return refuse(WIRE_ERRORS.messageRate, parameters);
  const targets = (pair as readonly unknown[]).flatMap((each) =>
    publics.map((channel) => readTarget(channel, each, subscription)),
  );
  return { kind: event, reqid, targets };
}

/** `*` is every channel of a connection: of an account where there is a token. */
function isAll(name: unknown, { token }: Fields): boolean {
  return name === '*' && token !== undefined;
}

function readTarget(
  name: (typeof PUBLIC_NAMES)[number],
  pair: unknown,
  subscription: Fields,
): V1Target {
  if (typeof pair !== 'string') return { error: V1_ERRORS.pairType, parameters: nameOnly(name) };
  const refuse = (error: string, parameters = nameOnly(name)): V1Target => ({
    error,
    pair,
    parameters,
  });
  if (!PAIR.test(pair)) return refuse(WIRE_ERRORS.pairMalformed(pair));
  const symbol = symbolOf(pair);
  if (symbol === undefined) return refuse(WIRE_ERRORS.pairUnsupported(pair));
  if (name === 'book') {
    const depth = subscription['depth'] ?? 10;
    const said = JSON.stringify({ depth, name });
    if (!Number.isInteger(depth)) return refuse(WIRE_ERRORS.depthType, said);
    return BOOK_DEPTHS.includes(depth as number)
      ? { subscription: { name, symbol, depth: depth as number } }
      : refuse(WIRE_ERRORS.depthUnsupported, said);
  }
  if (name === 'ohlc') {
    const interval = subscription['interval'] ?? 1;
    const said = JSON.stringify({ interval, name });
    if (!Number.isInteger(interval)) return refuse(WIRE_ERRORS.intervalType, said);
    return OHLC_INTERVALS.includes(interval as number)
      ? { subscription: { name, symbol, interval: interval as number } }
      : refuse(WIRE_ERRORS.intervalUnsupported, said);
  }
  return { subscription: { name, symbol } };
}

function nameOnly(name: string): string {
  return JSON.stringify({ name });
}
