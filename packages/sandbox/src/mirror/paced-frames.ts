import type { Clock, Timers } from '@kr/schemas/shared';
import { indexCapture, readCapture } from '../replay/capture.ts';

/** One message of a source, and at which depth its book was asked for, where that is known. */
export interface MirrorFrame {
  readonly bytes: Uint8Array;
  readonly depth: number | undefined;
}

/** Frames between two looks at whether anybody else wants to run. */
const BATCH = 256;

export interface PacedOptions {
  readonly path: string;
  readonly speed: number | 'max';
  readonly loop: boolean;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** The frames of a capture at their pace, divided by the speed; ends when `signal` says so. */
export async function* pacedFrames(options: PacedOptions): AsyncGenerator<MirrorFrame, void, void> {
  const { depths } = await indexCapture(options.path);
  for (;;) {
    yield* pass(options, depths);
    if (!options.loop || options.signal.aborted) return;
  }
}

/** From the beginning of the capture to its end. */
async function* pass(
  { path, speed, clock, timers, signal }: PacedOptions,
  depths: ReadonlyMap<string, number>,
): AsyncGenerator<MirrorFrame, void, void> {
  let startNs: bigint | undefined;
  let originNs = 0n;
  let count = 0;
  for await (const { bytes, wallNs, channel, symbols } of readCapture(path)) {
    if (signal.aborted) return;
    if (speed !== 'max' && wallNs !== 0n) {
      if (startNs === undefined) {
        startNs = wallNs;
        originNs = clock.monotonicNs();
      }
      const elapsedMs = Number(clock.monotonicNs() - originNs) / 1e6;
      const dueMs = Number(wallNs - startNs) / 1e6 / speed - elapsedMs;
      if (dueMs > 0) await sleep(dueMs, timers, signal);
    } else if (count % BATCH === BATCH - 1) await sleep(0, timers, signal);
    if (signal.aborted) return;
    count += 1;
    yield { bytes, depth: channel === 'book' ? depths.get(symbols[0] ?? '') : undefined };
  }
}

function sleep(ms: number, timers: Timers, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      timers.clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const timer = timers.setTimeout(settle, ms);
    signal.addEventListener('abort', settle, { once: true });
  });
}
