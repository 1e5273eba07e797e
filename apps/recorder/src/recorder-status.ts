import type { JournalStats } from '@kr/recording';
import type { ConnectionState, ConnectionView } from '@kr/ws';
import type { ChecksumCount } from './feeds/feed-manager.ts';

/** A running recording, as of now. */
export interface RecorderStatus {
  readonly state: ConnectionState;
  readonly frames: number;
  readonly bytes: number;
  readonly symbols: number;
  readonly checksums: ChecksumCount;
  readonly gaps: number;
  readonly gapsByReason: Readonly<Record<string, number>>;
  readonly connections: readonly ConnectionView[];
  /** Subscriptions asked for, by channel. */
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly journal: JournalStats;
  /** Times the network was not read because something was behind. */
  readonly pauses: number;
  /** Exchange time to our receipt of the newest stamped frame, by both machines' clocks. */
  readonly lagMs: number | undefined;
}

/** What a change of the feeds came to. */
export interface FeedChange {
  readonly added: number;
  readonly removed: number;
  /** One line each. */
  readonly refused: readonly string[];
}

/** How often each name is there. */
export const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
