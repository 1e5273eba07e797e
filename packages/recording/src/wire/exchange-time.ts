import { parseTimestamp } from '@kr/schemas/shared';

const V2_TIME = /"(?:timestamp|time_out)"\s*:\s*"([^"]+)"/g;
/** v1 writes seconds with six digits, as text: https://docs.kraken.com/api/docs/websocket-v1/book */
const V1_TIME = /"(\d{9,11})\.(\d{6})"/g;
const decoder = new TextDecoder('latin1');

/** The latest time that the exchange wrote into a message, ns since the epoch; `undefined` without one. */
export function exchangeTimeNs(message: Uint8Array): bigint | undefined {
  const text = decoder.decode(message);
  let latest: bigint | undefined;
  for (const [, stamp = ''] of text.matchAll(V2_TIME)) {
    latest = later(latest, parseTimestamp(stamp));
  }
  if (latest !== undefined || !text.startsWith('[')) return latest;
  for (const [, seconds = '', micros = ''] of text.matchAll(V1_TIME)) {
    latest = later(latest, BigInt(seconds) * 1_000_000_000n + BigInt(micros) * 1000n);
  }
  return latest;
}

/** Longer than any heartbeat, shorter than any message with a time. */
const MIN_TIMED_BYTES = 40;

/**
 * From when to when messages go by the exchange's clock, for files that do not say when they came. Looks
 * at few of them: until one has a time, and at the last of each chunk.
 */
export class ExchangeSpan {
  fromNs: bigint | undefined;
  toNs: bigint | undefined;
  #last: Uint8Array | undefined;

  /** The bytes must hold until the chunk's end. */
  onMessage(message: Uint8Array): void {
    this.fromNs ??= exchangeTimeNs(message);
    if (message.length > MIN_TIMED_BYTES) this.#last = message;
  }

  onChunkEnd(): void {
    if (this.#last !== undefined) this.toNs = later(this.toNs, exchangeTimeNs(this.#last));
    this.#last = undefined;
  }
}

function later(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b === undefined || a > b ? a : b;
}
