/** An answer to a request, as the wire names its fields. Whatever else it carries stays on it. */
export interface Ack {
  readonly method: string;
  readonly req_id?: number | undefined;
  /** Absent on `pong`. */
  readonly success?: boolean | undefined;
  readonly result?: unknown;
  readonly error?: string | undefined;
  /** Only on some refusals: which symbol of the request is meant. */
  readonly symbol?: string | undefined;
  readonly time_in?: string | undefined;
  readonly time_out?: string | undefined;
}

/** What a message is, once it was parsed. */
export type Incoming =
  | { readonly kind: 'ack'; readonly ack: Ack }
  | {
      readonly kind: 'data';
      readonly channel: string;
      readonly symbols: readonly string[];
      readonly isSnapshot: boolean;
    }
  /** Neither: `{"error": …}`, `{"Error":"Exceeded msg rate"}`. */
  | { readonly kind: 'protocolError'; readonly text: string }
  | { readonly kind: 'malformed'; readonly text: string };

const decoder = /* @__PURE__ */ new TextDecoder();
const encoder = /* @__PURE__ */ new TextEncoder();
const DATA_START = /* @__PURE__ */ encoder.encode('{"channel":"');
const METHOD_KEY = /* @__PURE__ */ encoder.encode('"method"');

/**
 * True for a message that is data beyond doubt, seen from its first bytes. Every other message is
 * parsed: the order of keys is the server's own business.
 */
export function startsAsData(bytes: Uint8Array): boolean {
  return matchesAt(bytes, DATA_START, 0);
}

/** True when the text `"method"` stands anywhere: such a message could be an acknowledgement. */
export function mentionsMethod(bytes: Uint8Array): boolean {
  const last = bytes.length - METHOD_KEY.length;
  // 'm' is rarer in market data than the quote before it.
  for (
    let at = bytes.indexOf(0x6d, 1);
    at !== -1 && at - 1 <= last;
    at = bytes.indexOf(0x6d, at + 1)
  ) {
    if (matchesAt(bytes, METHOD_KEY, at - 1)) return true;
  }
  return false;
}

/** Sorts a message: one with a `method` is an acknowledgement, one with a `channel` is data. */
export function parseIncoming(bytes: Uint8Array): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return { kind: 'malformed', text: 'a message that is no JSON' };
  }
  if (!isRecord(value)) return { kind: 'malformed', text: 'a message that is no JSON object' };
  if (typeof value['method'] === 'string') return { kind: 'ack', ack: value as unknown as Ack };
  if (typeof value['channel'] === 'string') {
    return {
      kind: 'data',
      channel: value['channel'],
      symbols: symbolsOf(value['data']),
      isSnapshot: value['type'] === 'snapshot',
    };
  }
  const text = value['error'] ?? value['Error'] ?? value['errorMessage'];
  return { kind: 'protocolError', text: typeof text === 'string' ? text : 'an unknown message' };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function symbolsOf(data: unknown): readonly string[] {
  if (!Array.isArray(data)) return [];
  const symbols = new Set<string>();
  for (const row of data as unknown[]) {
    if (isRecord(row) && typeof row['symbol'] === 'string') symbols.add(row['symbol']);
  }
  return [...symbols];
}

/** True when `text` stands at this place. */
export function matchesAt(bytes: Uint8Array, text: Uint8Array, at: number): boolean {
  if (bytes.length < at + text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text[index]) return false;
  }
  return true;
}

const STATUS_START = /* @__PURE__ */ encoder.encode('{"channel":"status"');

/** What a status frame says of the trading engine: `online`, `maintenance`, `cancel_only`, `post_only`. */
export function systemStatus(bytes: Uint8Array): string | undefined {
  // One look at one byte tells almost every other frame.
  if (bytes[DATA_START.length] !== STATUS_START[DATA_START.length]) return undefined;
  if (!matchesAt(bytes, STATUS_START, 0)) return undefined;
  return /"system":"(\w+)"/.exec(decoder.decode(bytes))?.[1];
}
