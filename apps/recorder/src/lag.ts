import { parseTimestamp, type ReceivedAt } from '@kr/schemas/shared';

const KEY = '"timestamp":"';
/** The timestamp stands near the end of a book frame, and near the start of no frame. */
const TAIL_BYTES = 80;
const decoder = new TextDecoder();

/**
 * Milliseconds from the exchange's timestamp in a frame to our receipt, by the two machines' clocks;
 * `undefined` for a frame whose end carries none.
 */
export const lagOf = (bytes: Uint8Array, receivedAt: ReceivedAt): number | undefined => {
  const tail = decoder.decode(bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES)));
  const at = tail.lastIndexOf(KEY);
  if (at === -1) return undefined;
  const start = at + KEY.length;
  const exchangeNs = parseTimestamp(tail.slice(start, tail.indexOf('"', start)));
  return exchangeNs === undefined ? undefined : Number(receivedAt.wallNs - exchangeNs) / 1e6;
};
