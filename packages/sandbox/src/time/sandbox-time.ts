import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';

/** The sandbox's time: as fast as the clock under it, faster, slower, stopped, or stepped. */
export interface SandboxTime extends Clock, Timers {
  /** What it is made of, for what must go on while it stands still. */
  readonly below: { readonly clock: Clock; readonly timers: Timers };
  /** Times the clock under it; 0 while it stands still. */
  readonly speed: number;
  /** Throws `INVALID_OPTION` below 0 or above 1,000. */
  setSpeed(speed: number): void;
  /** Moves on by this much, calling back whatever is due, in the order of its time. Throws `INVALID_OPTION`. */
  step(ms: number): void;
}

interface Entry {
  readonly dueNs: bigint;
  readonly callback: () => void;
  /** Of the timers below; `undefined` while time stands still. */
  handle: unknown;
}

/** A timer of the machine is good for a millisecond: at this speed for a second of the market. */
const MAX_SPEED = 1_000;
/** A year at once is more than any timer of a market waits. */
const MAX_STEP_MS = 31_536_000_000;
/** What rounding to the timers below may cost. */
const TOLERANCE_NS = 1_000n;

/** Makes a time that can be steered; at speed 1 and never stepped it is the clock given. */
export function createSandboxTime(options: {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Default 1. */
  readonly speed?: number | undefined;
}): SandboxTime {
  return new SteeredTime(options.clock, options.timers, options.speed ?? 1);
}

/** True for a clock made by {@link createSandboxTime}, also by another copy of this package. */
export function isSandboxTime(clock: Clock): clock is SandboxTime {
  const { step, setSpeed } = clock as Partial<SandboxTime>;
  return typeof step === 'function' && typeof setSpeed === 'function';
}

class SteeredTime implements SandboxTime {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #entries = new Set<Entry>();
  #speed: number;
  /** Where this time and the one below stood when the speed last changed. */
  #originNs: bigint;
  #belowNs: bigint;
  #wallOriginNs: bigint;
  #wallBelowNs: bigint;

  constructor(clock: Clock, timers: Timers, speed: number) {
    checkSpeed(speed);
    this.#clock = clock;
    this.#timers = timers;
    this.#speed = speed;
    this.#belowNs = clock.monotonicNs();
    this.#originNs = this.#belowNs;
    this.#wallBelowNs = clock.wallNs();
    this.#wallOriginNs = this.#wallBelowNs;
  }

  get below(): SandboxTime['below'] {
    return { clock: this.#clock, timers: this.#timers };
  }

  get speed(): number {
    return this.#speed;
  }

  monotonicNs(): bigint {
    const elapsedNs = this.#clock.monotonicNs() - this.#belowNs;
    // Exact where nothing is scaled: a nanosecond counter may be past 2^53.
    if (this.#speed === 1) return this.#originNs + elapsedNs;
    return this.#originNs + BigInt(Math.round(Number(elapsedNs) * this.#speed));
  }

  wallNs(): bigint {
    // At speed 1 a step of the machine's wall clock is followed; else it would be scaled.
    if (this.#speed === 1) return this.#wallOriginNs + this.#clock.wallNs() - this.#wallBelowNs;
    return this.#wallOriginNs + this.monotonicNs() - this.#originNs;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const dueNs = this.monotonicNs() + toNs(Math.max(0, ms));
    const entry: Entry = { dueNs, callback, handle: undefined };
    this.#entries.add(entry);
    this.#arm(entry, ms);
    return entry;
  }

  clearTimeout(handle: unknown): void {
    const entry = handle as Entry | undefined;
    if (entry === undefined || !this.#entries.delete(entry)) return;
    this.#timers.clearTimeout(entry.handle);
  }

  setSpeed(speed: number): void {
    checkSpeed(speed);
    this.#moveTo(this.monotonicNs());
    this.#speed = speed;
    this.#rearm();
  }

  step(ms: number): void {
    if (!(ms >= 0 && ms <= MAX_STEP_MS)) {
      throw new SandboxError(
        'INVALID_OPTION',
        `cannot step by ${ms} ms: give a number from 0 to ${MAX_STEP_MS} (a year)`,
      );
    }
    const endNs = this.monotonicNs() + toNs(ms);
    for (;;) {
      const next = this.#next(endNs);
      if (next === undefined) break;
      this.#moveTo(next.dueNs);
      this.clearTimeout(next);
      next.callback();
    }
    this.#moveTo(endNs);
    this.#rearm();
  }

  /** The first that is due by then; of two at one time the one that was set first. */
  #next(endNs: bigint): Entry | undefined {
    let first: Entry | undefined;
    for (const entry of this.#entries) {
      if (entry.dueNs <= endNs && (first === undefined || entry.dueNs < first.dueNs)) first = entry;
    }
    return first;
  }

  /** Never back: it may have run on while the callbacks of a step ran. */
  #moveTo(thenNs: bigint): void {
    const nowNs = this.monotonicNs();
    const wallNs = this.wallNs();
    const newNs = thenNs > nowNs ? thenNs : nowNs;
    this.#wallOriginNs = wallNs + newNs - nowNs;
    this.#originNs = newNs;
    this.#wallBelowNs = this.#clock.wallNs();
    this.#belowNs = this.#clock.monotonicNs();
  }

  #rearm(): void {
    for (const entry of this.#entries) {
      this.#timers.clearTimeout(entry.handle);
      this.#arm(entry, Number(entry.dueNs - this.monotonicNs()) / 1e6);
    }
  }

  #arm(entry: Entry, ms: number): void {
    entry.handle =
      this.#speed === 0
        ? undefined
        : this.#timers.setTimeout(() => {
            this.#handleTimer(entry);
          }, Math.max(0, ms) / this.#speed);
  }

  #handleTimer(entry: Entry): void {
    const earlyNs = entry.dueNs - this.monotonicNs();
    // The machine's timers are up to a millisecond early, which many times faster is a long time.
    if (this.#speed !== 1 && earlyNs > TOLERANCE_NS) {
      this.#arm(entry, Math.max(this.#speed, Number(earlyNs) / 1e6));
      return;
    }
    this.#entries.delete(entry);
    entry.callback();
  }
}

function checkSpeed(speed: number): void {
  if (speed >= 0 && speed <= MAX_SPEED) return;
  throw new SandboxError(
    'INVALID_OPTION',
    `time cannot run ${speed} times as fast: give a number from 0 (it stands still) to ${MAX_SPEED}`,
  );
}

function toNs(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}
