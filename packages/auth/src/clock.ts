/** The wall clock, passed in. Any object with this method fits, `Clock` of @kr/schemas among them. */
export interface WallClock {
  /** Nanoseconds since the Unix epoch. */
  wallNs(): bigint;
}

/** Timers, passed in; `globalThis` fits. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}
