import { parseTimestamp, type ReceivedAt } from '@kr/schemas/shared';

const KEY = '"timestamp":"';
/** A book's frame has it near its end; heartbeats, which have none, are shorter than this. */
const TAIL_BYTES = 80;
const decoder = new TextDecoder();

/**
 * Milliseconds from the exchange's timestamp in a frame to our receipt, by the clocks of both machines;
 * `undefined` for a frame whose end carries none.
 */
export const lagOf = (bytes: Uint8Array, receivedAt: ReceivedAt): number | undefined => {
  const tail = decoder.decode(bytes.subarray(-TAIL_BYTES));
  const at = tail.lastIndexOf(KEY);
  if (at < 0) return undefined;
  const start = at + KEY.length;
  const sentNs = parseTimestamp(tail.slice(start, tail.indexOf('"', start)));
  return sentNs === undefined ? undefined : Number(receivedAt.wallNs - sentNs) / 1e6;
};
