import type { Clock, Timers } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';

/** So many times as fast as it was; `max`: as fast as it is read; `step`: only when asked. */
export type ReplaySpeed = number | 'max' | 'step';

export interface PacerOptions {
  readonly clock: Pick<Clock, 'monotonicNs'>;
  readonly timers: Timers;
  /** Default 1. */
  readonly speed?: ReplaySpeed | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Timers hold no longer wait; a longer one is made of several. */
const LONGEST_WAIT_MS = 1_000_000_000;

/**
 * Holds frames back until they are due: as far apart as their wall clocks were, divided by the speed. A
 * wall clock that was set back lets the next frame come at once.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #speed: ReplaySpeed;
  #paused = false;
  #credits = 0;
  /** A frame's time, and when it was let through. */
  #anchor: { readonly recordedNs: bigint; readonly atNs: bigint } | undefined;
  #lastNs: bigint | undefined;
  #wake: (() => void) | undefined;

  /** @throws RecordingError `INVALID_OPTION` for a speed that is no positive number. */
  constructor(options: PacerOptions) {
    this.#options = options;
    this.#speed = checkSpeed(options.speed ?? 1);
  }

  get speed(): ReplaySpeed {
    return this.#speed;
  }

  get paused(): boolean {
    return this.#paused;
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#speed = checkSpeed(speed);
    this.#credits = 0;
    this.#rewind();
  }

  pause(): void {
    this.#paused = true;
    this.#rewind();
  }

  resume(): void {
    this.#paused = false;
    this.#rewind();
  }

  /** Lets so many frames through that are held back. */
  step(frames = 1): void {
    this.#credits += frames;
    this.#wake?.();
  }

  /** What comes next has nothing to do with what came before: it is due at once. */
  jump(): void {
    this.#anchor = undefined;
    this.#lastNs = undefined;
    this.#wake?.();
  }

  /**
   * Resolves when a frame of that time is due; false when `isStale` says that it is no longer wanted.
   * Rejects with the signal's reason.
   */
  async due(recordedNs: bigint, isStale: () => boolean = () => false): Promise<boolean> {
    const { signal } = this.#options;
    while (true) {
      signal?.throwIfAborted();
      if (isStale()) return false;
      const waitMs = this.#waitMs(recordedNs);
      if (waitMs <= 0) {
        this.#lastNs = recordedNs;
        return true;
      }
      await this.#wait(waitMs);
    }
  }

  #waitMs(recordedNs: bigint): number {
    if (this.#paused || this.#speed === 'step') {
      if (this.#credits === 0) return Infinity;
      this.#credits -= 1;
      return 0;
    }
    if (this.#speed === 'max') return 0;
    const atNs = this.#options.clock.monotonicNs();
    const anchor = this.#anchor;
    if (anchor === undefined || recordedNs < (this.#lastNs ?? recordedNs)) {
      this.#anchor = { recordedNs, atNs };
      return 0;
    }
    const dueMs = Number(recordedNs - anchor.recordedNs) / 1e6 / this.#speed;
    return dueMs - Number(atNs - anchor.atNs) / 1e6;
  }

  /** Goes on from the last frame, from now. */
  #rewind(): void {
    const recordedNs = this.#lastNs;
    this.#anchor =
      recordedNs === undefined
        ? undefined
        : { recordedNs, atNs: this.#options.clock.monotonicNs() };
    this.#wake?.();
  }

  async #wait(ms: number): Promise<void> {
    const { timers, signal } = this.#options;
    let timer: unknown;
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        resolve();
      };
      signal?.addEventListener('abort', this.#wake);
      if (ms < Infinity)
        timer = timers.setTimeout(this.#wake, Math.min(Math.ceil(ms), LONGEST_WAIT_MS));
    });
    // A replay waits once a frame: what stayed behind would be as long as the recording.
    if (this.#wake !== undefined) signal?.removeEventListener('abort', this.#wake);
    this.#wake = undefined;
    if (timer !== undefined) timers.clearTimeout(timer);
  }
}

function checkSpeed(speed: ReplaySpeed): ReplaySpeed {
  if (typeof speed === 'string' || (Number.isFinite(speed) && speed > 0)) return speed;
  throw new RecordingError(
    'INVALID_OPTION',
    `speed must be a positive number, 'max' or 'step', not ${speed}.`,
  );
}
