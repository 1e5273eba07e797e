/** The two clocks that every part is given instead of reading one itself. */
export interface Clock {
  /** Nanoseconds since the Unix epoch. */
  wallNs(): bigint;
  /** Nanoseconds since an arbitrary start; never goes back. */
  monotonicNs(): bigint;
}

/** Timers that a test can own. A handle is opaque: hand it back to `clearTimeout` as it came. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

interface Platform {
  readonly performance: { now(): number };
  readonly Date: { now(): number };
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

const NS_PER_MS = 1_000_000;
/** A wall clock further than this from where the monotonic one says it should be was stepped. */
const STEP_MS = 5;

/**
 * The machine's clocks, for an app to pass on: `performance.now()` is the monotonic one, and gives
 * the wall clock the digits that `Date.now()` (whole milliseconds) lacks. A step of the wall clock
 * of more than 5 ms is followed.
 */
export function createSystemClock(): Clock {
  const { performance, Date: wallClock } = globalThis as unknown as Platform;
  let anchorWallMs = wallClock.now();
  let anchorMonotonicMs = performance.now();
  return {
    monotonicNs: () => BigInt(Math.round(performance.now() * NS_PER_MS)),
    wallNs: () => {
      const monotonicMs = performance.now();
      const wallMs = wallClock.now();
      let elapsedMs = monotonicMs - anchorMonotonicMs;
      if (Math.abs(anchorWallMs + elapsedMs - wallMs) > STEP_MS) {
        anchorWallMs = wallMs;
        anchorMonotonicMs = monotonicMs;
        elapsedMs = 0;
      }
      return BigInt(anchorWallMs) * 1_000_000n + BigInt(Math.round(elapsedMs * NS_PER_MS));
    },
  };
}

/** The machine's timers, for an app to pass on. */
export function createSystemTimers(): Timers {
  const platform = globalThis as unknown as Platform;
  return {
    setTimeout: (callback, ms) => platform.setTimeout(callback, ms),
    clearTimeout: (handle) => {
      platform.clearTimeout(handle);
    },
  };
}
