import type { Frame } from '@kr/schemas/shared';
import type { Loss } from '../gaps/hole-ledger.ts';
import type { SubscriptionEntry } from './subscription-entry.ts';

/** What a subscription goes through, for whoever keeps its holes or reads its data. */
export interface EntryListener {
  /** Its stream is whole from `atNs` (wall clock) on. */
  onCovered(entry: SubscriptionEntry, atNs: bigint): void;
  /** Its stream is broken. Only after it was covered. */
  onLost(entry: SubscriptionEntry, loss: Loss): void;
  /** Nobody wants it any more. */
  onForgotten(entry: SubscriptionEntry, atNs: bigint): void;
  /** Where numbered messages are missing, somebody else begins its stream anew. */
  isRecovered?: ((entry: SubscriptionEntry) => boolean) | undefined;
  /** A frame of its stream; `isSnapshot`: its state anew. */
  onData?: ((entry: SubscriptionEntry, frame: Frame, isSnapshot: boolean) => void) | undefined;
}
