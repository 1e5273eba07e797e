import type { L2Snapshot, L3Snapshot } from '@kr/orderbook';
import type { BookChannel } from '../wire/frame-kind.ts';

/** What the header of an incident's file says: why it was made, and what its frames do not. */
export interface Incident {
  readonly symbol: string;
  readonly channel: BookChannel;
  readonly depth: number;
  readonly expected: number;
  readonly computed: number;
  /** When the frame that does not match came, RFC 3339, and its connection and number. */
  readonly receivedAt: string;
  readonly connectionId: number;
  readonly sequence: number;
  /** The book before that frame, as it was proved up to there, and after it. */
  readonly before: L2Snapshot | L3Snapshot;
  readonly after: L2Snapshot | L3Snapshot;
  /** Level by level, what the checksum was made of. */
  readonly explanation: string;
  /**
   * True: the first frame was not received. It is a snapshot of the book as it stood before the others, which
   * begin so far behind the exchange's own.
   */
  readonly startsFromRebuiltBook: boolean;
  /** Whatever the caller wants kept: versions, subscriptions, settings. */
  readonly settings?: unknown;
}
