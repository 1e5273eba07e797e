import type { Timers } from '@kr/schemas/shared';

/** What a timer takes: past this, Node fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls back once after any time, months too; the returned function takes it back. */
export const longTimeout = (callback: () => void, ms: number, timers: Timers): (() => void) => {
  let left = ms;
  let timer: unknown;
  const wait = (): void => {
    const now = Math.min(left, MAX_TIMER_MS);
    left -= now;
    timer = timers.setTimeout(left > 0 ? wait : callback, now);
  };
  wait();
  return () => timers.clearTimeout(timer);
};
