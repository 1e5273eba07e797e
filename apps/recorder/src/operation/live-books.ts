import { writeLiveBooks } from '@kr/recording/export';
import { type Clock, formatTimestamp, type Timers } from '@kr/schemas/shared';
import type { LiveBook } from '../feeds/feed-manager.ts';

export interface LiveBooksOptions {
  readonly directory: string;
  readonly everyMs: number;
  readonly books: () => ReadonlyMap<string, LiveBook>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** A file that cannot be written is no reason to end the recording. */
  readonly onError: (error: unknown) => void;
}

/** Something that goes on until it is closed. */
export interface Closing {
  close(): Promise<void>;
}

/**
 * Rewrites `L2_live_orderbooks.json` again and again, and once more at the end. A rewrite begins only
 * after the one before has ended, however slow the disk is.
 */
export const keepLiveBooks = (options: LiveBooksOptions): Closing => {
  const { directory, everyMs, books, clock, timers, onError } = options;
  let timer: unknown;
  let writing = Promise.resolve();
  let isClosed = false;
  const write = async (): Promise<void> => {
    try {
      await writeLiveBooks(directory, books(), formatTimestamp(clock.wallNs()));
    } catch (error) {
      onError(error);
    }
    if (!isClosed) schedule();
  };
  const schedule = (): void => {
    timer = timers.setTimeout(() => {
      writing = write();
    }, everyMs);
  };
  schedule();
  return {
    close: async () => {
      isClosed = true;
      timers.clearTimeout(timer);
      await writing;
      await write();
    },
  };
};
