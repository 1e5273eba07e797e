import { type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';

type Received = Pick<Frame, 'receivedAt' | 'connectionId'>;

/** The hole that a full queue left for its reader; the connection itself lost nothing. */
export function dropGap(
  first: Received,
  next: Received,
  count: number,
  what: 'frames' | 'messages',
  subject: Pick<GapEvent, 'channel' | 'symbols'>,
): GapEvent {
  return {
    reason: 'drop',
    from: formatTimestamp(first.receivedAt.wallNs),
    to: formatTimestamp(next.receivedAt.wallNs),
    ...subject,
    connectionId: first.connectionId,
    repaired: false,
    detail: `${String(count)} ${what} dropped: the reader fell behind`,
  };
}
