import { parseTimestamp } from '@kr/schemas/shared';
import type { Subscription } from '../protocol/subscription.ts';

/** A v2 data message of a capture: its bytes untouched, and what decides who gets it. */
export interface CaptureFrame {
  readonly bytes: Uint8Array;
  readonly channel: string;
  readonly type: string;
  /** The symbols its rows name; empty for `instrument`. */
  readonly symbols: readonly string[];
  /** When it happened, nanoseconds since the Unix epoch: received, or else by the exchange's clock. */
  readonly timeNs: bigint | undefined;
}

/** How the exchange prints book and ticker frames; anything else is parsed. */
const COMMON =
  /^\{"channel":"(book|ticker)","type":"(snapshot|update)","data":\[\{"symbol":"([^"\\]+)"/;
const COMMON_BYTES = 160;
const TIMESTAMP = /"timestamp":"([^"\\]+)"/;

/** A capture's line as JSON, for what is no common data frame; `undefined`: not JSON. */
export function parseLine(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Reads what a frame is from its beginning, `undefined` when it is not a common book or ticker frame.
 * `receivedNs` 0 or absent: the capture does not say when it came.
 */
export function readCommonFrame(
  bytes: Uint8Array,
  receivedNs: bigint | undefined,
): CaptureFrame | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const match = COMMON.exec(start.toString('latin1', 0, COMMON_BYTES));
  const [, channel, type, symbol] = match ?? [];
  if (channel === undefined || type === undefined || symbol === undefined) return undefined;
  return { bytes, channel, type, symbols: [symbol], timeNs: timeOf(start, receivedNs) };
}

/** The same of a parsed message; `undefined`: no data frame of v2 (an acknowledgement, a heartbeat, a v1 array). */
export function readParsedFrame(
  message: unknown,
  bytes: Uint8Array,
  receivedNs: bigint | undefined,
): CaptureFrame | undefined {
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
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, channel, type, symbols: [...symbols], timeNs: timeOf(text, receivedNs) };
}

function timeOf(bytes: Buffer, receivedNs: bigint | undefined): bigint | undefined {
  if (receivedNs !== undefined && receivedNs !== 0n) return receivedNs;
  const at = bytes.lastIndexOf('"timestamp":"');
  if (at < 0) return undefined;
  const text = TIMESTAMP.exec(bytes.toString('latin1', at, at + 64))?.[1];
  return text === undefined ? undefined : parseTimestamp(text);
}

/** True when a subscription wants a frame of a capture. */
export function wants(subscription: Subscription, frame: CaptureFrame): boolean {
  if (frame.channel !== subscription.channel) return false;
  if (frame.type === 'snapshot' && !subscription.snapshot) return false;
  return subscription.channel === 'instrument' || frame.symbols.includes(subscription.symbol);
}
