import type { ReceivedAt } from './frame.ts';

/** The two clocks that every part is given instead of reading one itself. */
export interface Clock {
  /** Nanoseconds since the Unix epoch. */
  wallNs(): bigint;
  /** Nanoseconds since an arbitrary start; never goes back. */
  monotonicNs(): bigint;
  /** Both of one moment, for what is stamped by the million. Absent: they are read one after the other. */
  stamp?(): ReceivedAt;
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
/** How often that is looked at: reading the wall clock costs as much as reading the other. */
const LOOK_MS = 1;

/**
 * The machine's clocks, for an app to pass on: `performance.now()` is the monotonic one, and gives
 * the wall clock the digits that `Date.now()` (whole milliseconds) lacks. A step of the wall clock
 * of more than 5 ms is followed.
 */
export function createSystemClock(): Clock {
  const { performance, Date: wallClock } = globalThis as unknown as Platform;
  let lookedAtMs = performance.now();
  const startMs = wallClock.now();
  let offsetMs = startMs - lookedAtMs;
  let offsetNs = offsetOf(startMs, lookedAtMs);

  const stamp = (): ReceivedAt => {
    const monotonicMs = performance.now();
    if (monotonicMs - lookedAtMs >= LOOK_MS) {
      lookedAtMs = monotonicMs;
      const wallMs = wallClock.now();
      const isStepped = Math.abs(wallMs - monotonicMs - offsetMs) > STEP_MS;
      if (isStepped) {
        offsetMs = wallMs - monotonicMs;
        offsetNs = offsetOf(wallMs, monotonicMs);
      }
    }
    const monotonicNs = nanoseconds(monotonicMs);
    return { wallNs: offsetNs + monotonicNs, monotonicNs };
  };
  return { monotonicNs: () => nanoseconds(performance.now()), wallNs: () => stamp().wallNs, stamp };
}

/** What turns monotonic time into that of the wall, exactly: it has more digits than a double. */
function offsetOf(wallMs: number, monotonicMs: number): bigint {
  return BigInt(wallMs) * BigInt(NS_PER_MS) - nanoseconds(monotonicMs);
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * NS_PER_MS));
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
