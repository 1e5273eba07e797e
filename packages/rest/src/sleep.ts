import type { Timers } from '@kr/schemas/shared';
import { callFailures } from './call-failure.ts';

/** @throws RestError `ABORTED` */
export async function sleep(
  timers: Timers,
  ms: number,
  signal: AbortSignal | undefined,
  endpoint: string,
): Promise<void> {
  if (signal?.aborted === true) throw callFailures(endpoint, false).aborted(false, signal);
  await new Promise<void>((resolve, reject) => {
    const onAbort = (): void => {
      timers.clearTimeout(handle);
      if (signal !== undefined) reject(callFailures(endpoint, false).aborted(false, signal));
    };
    const handle = timers.setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
