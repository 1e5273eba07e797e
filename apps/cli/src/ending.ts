import { longTimeout } from './long-timeout.ts';
import type { Session } from './session.ts';

/** When something that would go on for ever ends. */
export interface EndingOptions {
  readonly count?: number | undefined;
  readonly duration?: number | undefined;
}

export interface Ending {
  /** Fires at the end, whichever it is: the time, Ctrl-C, a reader that has gone, or `end()`. */
  readonly signal: AbortSignal;
  readonly end: () => void;
  /** Rows up to the end. */
  rows<T>(rows: AsyncIterable<T>): AsyncGenerator<T>;
  /** @throws the interruption, where it came before what was asked for was there */
  check(): void;
}

/** Without a count or a time, Ctrl-C is the end that was meant. */
export const createEnding = ({ count, duration }: EndingOptions, session: Session): Ending => {
  const over = new AbortController();
  const { interrupted } = session.io;
  const stopTimer =
    duration === undefined
      ? () => undefined
      : longTimeout(() => over.abort(), duration, session.io.timers);
  const signal = AbortSignal.any([session.signal, over.signal]);
  signal.addEventListener('abort', stopTimer, { once: true });
  return {
    signal,
    end: () => over.abort(),
    rows: async function* <T>(rows: AsyncIterable<T>) {
      let taken = 0;
      try {
        for await (const row of rows) {
          yield row;
          taken += 1;
          if (taken === count) return;
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        over.abort();
      }
    },
    check: () => {
      if (count === undefined && duration === undefined) return;
      if (interrupted.aborted) throw interrupted.reason;
    },
  };
};
