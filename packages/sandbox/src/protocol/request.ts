import { WIRE_ERRORS } from './errors.ts';
import { isPrivate } from './private-names.ts';
import {
  BOOK_DEPTHS,
  CHANNELS,
  type Channel,
  OHLC_INTERVALS,
  ORDER_DEPTHS,
  type Subscription,
} from './subscription.ts';
import { topLevelNumber } from './top-level-lexeme.ts';

/** More symbols than any market of the exchange has: one request gets at most this many answers. */
export const MAX_SYMBOLS_PER_REQUEST = 2048;

/** One symbol of a subscribe or unsubscribe request: what it asks for, or why it cannot be had. */
export type Target =
  | { readonly subscription: Subscription }
  | { readonly error: string; readonly symbol?: string };

/** What a client asked, as far as it can be told without knowing the market. */
export type Request =
  | { readonly kind: 'ping'; readonly reqId?: string | undefined }
  | {
      readonly kind: 'subscribe' | 'unsubscribe';
      readonly reqId?: string | undefined;
      readonly targets: readonly Target[];
    }
  /** For an account: read by whoever has accounts. */
  | { readonly kind: 'private'; readonly method: string; readonly reqId?: string | undefined }
  | {
      readonly kind: 'refused';
      readonly method?: string | undefined;
      readonly reqId?: string | undefined;
      readonly error: string;
    };

/** What some public channel knows; one that is another channel's is taken and means nothing. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['channel', 'symbol', 'snapshot', 'depth', 'interval', 'event_trigger', 'token'],
  ...['include_tokenized_assets', 'execution_venue', 'asset_class', 'tick_type'],
]);

type Fields = Readonly<Record<string, unknown>>;

/** Two names with a slash between: what the exchange calls ISO 4217-A3 format. */
export const PAIR = /^[A-Za-z0-9.]+\/[A-Za-z0-9.]+$/;

/** What every request has. */
export interface RequestHead {
  readonly kind: 'head';
  readonly method: string;
  readonly reqId: string | undefined;
  readonly message: Fields;
}

type Refused = Extract<Request, { kind: 'refused' }>;

/** Reads what every request has. Never throws: whatever is wrong becomes a `refused` request. */
export function readHead(text: string): RequestHead | Refused {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: 'refused', error: WIRE_ERRORS.malformed };
  }
  if (!isFields(message)) return { kind: 'refused', error: WIRE_ERRORS.malformed };
  const reqId = readReqId(message, text);
  const method = message['method'];
  if (method === undefined) return { kind: 'refused', reqId, error: WIRE_ERRORS.methodMissing };
  if (typeof method !== 'string') return { kind: 'refused', reqId, error: WIRE_ERRORS.methodType };
  if ('req_id' in message && reqId === undefined) {
    return { kind: 'refused', method, error: WIRE_ERRORS.reqIdType };
  }
  return { kind: 'head', method, reqId, message };
}

/** Reads one client message. Never throws: whatever is wrong becomes a `refused` request. */
export function parseRequest(text: string): Request {
  const head = readHead(text);
  if (head.kind === 'refused') return head;
  const { method, reqId, message } = head;
  if (isPrivate(method, message['params'])) return { kind: 'private', method, reqId };
  switch (method) {
    case 'ping':
      return readPing(head);
    case 'subscribe':
    case 'unsubscribe': {
      const targets = readTargets(method, message['params'], PAIR);
      return typeof targets === 'string'
        ? { kind: 'refused', method, reqId, error: targets }
        : { kind: method, reqId, targets };
    }
    default:
      return { kind: 'refused', method, reqId, error: WIRE_ERRORS.methodUnsupported };
  }
}

export function readPing({ method, reqId, message }: RequestHead): Request {
  return 'params' in message
    ? { kind: 'refused', method, reqId, error: WIRE_ERRORS.pingParams }
    : { kind: 'ping', reqId };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readReqId(message: Fields, text: string): string | undefined {
  const reqId = message['req_id'];
  if (typeof reqId !== 'number' || !Number.isInteger(reqId)) return undefined;
  if (Number.isSafeInteger(reqId)) return String(reqId);
  const lexeme = topLevelNumber(text, 'req_id');
  return lexeme !== undefined && /^-?\d+$/.test(lexeme) ? lexeme : undefined;
}

/**
 * The targets of a request in its order, or the one error that answers the request as a whole.
 * `form` is that of a symbol.
 */
export function readTargets(
  method: 'subscribe' | 'unsubscribe',
  params: unknown,
  form: RegExp,
): readonly Target[] | string {
  if (params === undefined) return WIRE_ERRORS.paramsMissing;
  if (!isFields(params)) return WIRE_ERRORS.paramsType;
  const channel = params['channel'];
  if (channel === undefined) return WIRE_ERRORS.channelMissing;
  if (typeof channel !== 'string') return WIRE_ERRORS.channelType;
  const symbols = params['symbol'];
  if (!isChannel(channel)) {
    const pushed = channel === 'status' || channel === 'heartbeat';
    return pushed && symbols === undefined ? WIRE_ERRORS.symbolMissing : WIRE_ERRORS.channelInvalid;
  }
  const other = Object.keys(params).find((name) => !FIELDS.has(name));
  if (other !== undefined) return WIRE_ERRORS.subscribeField(other, method);
  // Kraken's defaults: a snapshot for every channel but `trade`.
  const snapshot = params['snapshot'] ?? channel !== 'trade';
  if (typeof snapshot !== 'boolean') return WIRE_ERRORS.snapshotType;
  if (channel === 'instrument') return [{ subscription: { channel, snapshot } }];
  if (symbols === undefined) return WIRE_ERRORS.symbolMissing;
  if (!Array.isArray(symbols)) return WIRE_ERRORS.symbolType;
  if (symbols.length === 0) return WIRE_ERRORS.symbolMissing;
  if (symbols.length > MAX_SYMBOLS_PER_REQUEST) return WIRE_ERRORS.messageRate;
  return symbols.map((symbol) => readTarget(channel, symbol, { snapshot, params, form }));
}

function isChannel(name: string): name is Channel {
  return (CHANNELS as readonly string[]).includes(name);
}

function readTarget(
  channel: Exclude<Channel, 'instrument'>,
  symbol: unknown,
  request: { readonly snapshot: boolean; readonly params: Fields; readonly form: RegExp },
): Target {
  const { snapshot, params, form } = request;
  if (typeof symbol !== 'string') return { error: WIRE_ERRORS.symbolType };
  if (!form.test(symbol)) return { error: WIRE_ERRORS.pairMalformed(symbol), symbol };
  if (channel === 'trade') return { subscription: { channel, symbol, snapshot } };
  if (channel === 'ticker') {
    const eventTrigger = params['event_trigger'] ?? 'trades';
    return eventTrigger === 'bbo' || eventTrigger === 'trades'
      ? { subscription: { channel, symbol, eventTrigger, snapshot } }
      : { error: WIRE_ERRORS.triggerUnsupported, symbol };
  }
  if (channel === 'ohlc') {
    const interval = params['interval'] ?? 1;
    if (!Number.isInteger(interval)) return { error: WIRE_ERRORS.intervalType, symbol };
    return OHLC_INTERVALS.includes(interval as number)
      ? { subscription: { channel, symbol, interval: interval as number, snapshot } }
      : { error: WIRE_ERRORS.intervalUnsupported, symbol };
  }
  const depth = params['depth'] ?? 10;
  if (!Number.isInteger(depth)) return { error: WIRE_ERRORS.depthType, symbol };
  const common = { symbol, depth: depth as number, snapshot };
  const depths = channel === 'book' ? BOOK_DEPTHS : ORDER_DEPTHS;
  if (!depths.includes(common.depth)) return { error: WIRE_ERRORS.depthUnsupported, symbol };
  if (channel === 'book') return { subscription: { channel, ...common } };
  const token = params['token'];
  if (token === undefined) return { error: WIRE_ERRORS.tokenMissing };
  return typeof token === 'string'
    ? { subscription: { channel, ...common, token } }
    : { error: WIRE_ERRORS.tokenType };
}
