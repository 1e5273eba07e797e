import type { Frame } from '@kr/schemas/shared';
import type { Subscription } from '../protocol/subscription.ts';

/** A v2 data message of a capture: its bytes untouched, and what decides who gets it. */
export interface CaptureFrame {
  readonly bytes: Uint8Array;
  readonly channel: string;
  readonly type: string;
  /** The symbols its rows name; empty for `instrument`. */
  readonly symbols: readonly string[];
  /** When it was received, or else happened, nanoseconds since the Unix epoch; 0 before the capture says any time. */
  readonly wallNs: bigint;
}

/** How the exchange prints book and ticker frames; anything else is parsed. */
const COMMON =
  /^\{"channel":"(book|ticker)","type":"(snapshot|update)","data":\[\{"symbol":"([^"\\]+)"/;
const COMMON_BYTES = 160;

/** Reads what a frame is from its beginning; `undefined` when it is not a common book or ticker frame. */
export function readCommonFrame(frame: Frame): CaptureFrame | undefined {
  const { bytes, receivedAt } = frame;
  const match = COMMON.exec(view(bytes).toString('latin1', 0, COMMON_BYTES));
  const [, channel, type, symbol] = match ?? [];
  if (channel === undefined || type === undefined || symbol === undefined) return undefined;
  return { bytes, channel, type, symbols: [symbol], wallNs: receivedAt.wallNs };
}

/** The same of a parsed message; `undefined`: no data frame of v2 (an acknowledgement, a heartbeat, a v1 array). */
export function readParsedFrame(message: unknown, frame: Frame): CaptureFrame | undefined {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return undefined;
  const { channel, type, data } = message as Record<string, unknown>;
  if (typeof channel !== 'string' || typeof type !== 'string' || channel === 'status') {
    return undefined;
  }
  const symbols = new Set<string>();
  for (const row of Array.isArray(data) ? (data as unknown[]) : []) {
    const symbol = (row as { symbol?: unknown } | null)?.symbol;
    if (typeof symbol === 'string') symbols.add(symbol);
  }
  const { bytes, receivedAt } = frame;
  return { bytes, channel, type, symbols: [...symbols], wallNs: receivedAt.wallNs };
}

/** The message of a frame as JSON; `undefined` when it is none. */
export function parseBytes(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(view(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** True when a subscription wants a frame of a capture. */
export function wants(subscription: Subscription, frame: CaptureFrame): boolean {
  if (frame.channel !== subscription.channel) return false;
  if (frame.type === 'snapshot' && !subscription.snapshot) return false;
  return subscription.channel === 'instrument' || frame.symbols.includes(subscription.symbol);
}

/** The same bytes with a Buffer's methods. */
function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
