import type { Timers } from '@kr/schemas/shared';

/**
 * Calls a listener once the answer is known. What it throws must not change what became of an order,
 * so it surfaces by itself: thrown from a timer, as that of any callback nobody waits for.
 */
export function notify(timers: Timers, listener: () => void): void {
  try {
    listener();
  } catch (error) {
    timers.setTimeout(() => {
      throw error;
    }, 0);
  }
}
