import { isObject } from '../format/segment-header.ts';
import { startsWith, utf8 } from '../wire/bytes.ts';

/** A line of NDJSON as a frame: the message's own bytes and, where it was wrapped, when it came. */
export type DecodedLine =
  | { readonly bytes: Uint8Array; readonly wallNs: bigint | undefined }
  | { readonly malformed: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Of messages that are certainly not wrapped. */
const RAW_STARTS = ['{"channel"', '{"method"', '{"event"', '['].map((text) => utf8(text));
const RECEIVED_AT = /"recv_ts_ns"\s*:\s*"?(\d+)"?\s*[,}]/;

/** Is the line one of Kraken's messages as it is, as far as its first bytes tell? */
export function looksRaw(line: Uint8Array): boolean {
  return RAW_STARTS.some((start) => startsWith(line, start));
}

/**
 * Decodes one line: a raw v2 object or v1 array, or `{"recv_ts_ns":…,"payload":"…"}`, whose payload is
 * the message's text. Raw bytes are handed back as they are.
 */
export function decodeLine(line: Uint8Array): DecodedLine {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(line);
    value = JSON.parse(text);
  } catch {
    return { malformed: 'is not JSON' };
  }
  if (typeof value !== 'object' || value === null) {
    return { malformed: 'is neither a JSON object nor an array' };
  }
  if (!isObject(value) || !('recv_ts_ns' in value) || !('payload' in value)) {
    return { bytes: line, wallNs: undefined };
  }
  // Nanoseconds pass 2^53: JSON.parse would round them, so the digits are taken from the text.
  const digits = RECEIVED_AT.exec(text)?.[1];
  const { payload } = value;
  if (digits === undefined) return { malformed: 'has a recv_ts_ns that is no whole number' };
  if (typeof payload !== 'string') return { malformed: 'has a payload that is no text' };
  return { bytes: utf8(payload), wallNs: BigInt(digits) };
}
