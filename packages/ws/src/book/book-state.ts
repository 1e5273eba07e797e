import type { L2Book, L3Book } from '@kr/orderbook';
import type { Proof } from './kept-book.ts';

type Kept = L2Book | L3Book;

/** A book to read: what changes it is the feed's alone. */
export type ReadableBook<B extends Kept = L2Book> = Omit<
  B,
  'apply' | 'applySnapshot' | 'applyUpdate' | 'clear'
>;

/**
 * A book that is verified, or why there is none. `verifiedBy`: the exchange's checksum on each message;
 * of futures v1, which has none, that no message is missing by their numbers.
 * - `unchecked`: a book, and the newest message carries no checksum that could prove it. So is each
 *   snapshot of Spot v1, until the first update;
 * - `awaitingSnapshot`: subscribed, or subscribed anew after a disconnect, and no snapshot came yet;
 * - `resyncing`: a checksum failed or a message is missing, and the symbol's stream begins anew;
 * - `quarantined`: that happened too often in a row; `retry` or the next connection begins anew;
 * - `ended`: refused by the exchange, closed, or the connection is gone for good.
 */
export type BookState<B extends Kept = L2Book> =
  | {
      readonly status: 'verified';
      readonly symbol: string;
      readonly verifiedBy: Proof;
      readonly book: ReadableBook<B>;
    }
  | {
      readonly status: 'unchecked';
      readonly symbol: string;
      readonly reason: string;
      readonly book: ReadableBook<B>;
    }
  | {
      readonly status: 'awaitingSnapshot' | 'resyncing' | 'quarantined' | 'ended';
      readonly symbol: string;
      readonly reason: string;
    };

export type BookStatus = BookState['status'];

/** A book's turn to another status. */
export interface BookStatusEvent {
  readonly symbol: string;
  readonly from: BookStatus;
  readonly to: BookStatus;
  readonly reason: string;
}

/** Since the feed began. */
export interface BookStats {
  /** Messages after which a book was verified. */
  readonly verified: number;
  readonly mismatched: number;
  /** Numbered messages were missing. */
  readonly jumps: number;
  readonly malformed: number;
  readonly resyncs: number;
  readonly quarantines: number;
  /** A book went on with its other connection. */
  readonly switches: number;
}

export type BookCount = keyof BookStats;
