/**
 * Why something is missing:
 * - `disconnect`: the socket was down;
 * - `restart`: the recording process was down;
 * - `silence`: a subscription was acknowledged and nothing came;
 * - `resync`: a book was unverified until its next snapshot;
 * - `quarantine`: a book was given up after repeated failures;
 * - `sequence`: a sequence number jumped;
 * - `drop`: a bounded queue was full;
 * - `damage`: stored bytes are unreadable;
 * - `clockStep`: nothing is missing, but the wall clock was set or the machine slept.
 */
export type GapReason =
  | 'disconnect'
  | 'restart'
  | 'silence'
  | 'resync'
  | 'quarantine'
  | 'sequence'
  | 'drop'
  | 'damage'
  | 'clockStep';

/** A hole, written down. Times are RFC 3339 UTC texts with nanoseconds (`formatTimestamp`). */
export interface GapEvent {
  readonly reason: GapReason;
  /** The last moment known to be covered; absent when nothing was covered before. */
  readonly from?: string | undefined;
  /** The first moment covered again; absent while the hole is open. */
  readonly to?: string | undefined;
  /** Absent: every channel. */
  readonly channel?: string | undefined;
  /** Canonical symbols; empty: every symbol. */
  readonly symbols: readonly string[];
  readonly connectionId?: number | undefined;
  /** True once the missing data was fetched from elsewhere. */
  readonly repaired: boolean;
  readonly detail?: string | undefined;
}
