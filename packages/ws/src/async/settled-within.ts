import type { Timers } from '@kr/schemas/shared';

/** Waits for a promise that cannot fail, but not longer than this. */
export async function settledWithin(
  timers: Timers,
  ms: number,
  promise: Promise<void>,
): Promise<void> {
  let timer: unknown;
  const timeout = new Promise<void>((resolve) => {
    timer = timers.setTimeout(resolve, ms);
  });
  await Promise.race([promise, timeout]);
  timers.clearTimeout(timer);
}
