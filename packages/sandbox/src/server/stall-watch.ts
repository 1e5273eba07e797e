import type { Timers } from '@kr/schemas/shared';

export interface StallOptions {
  readonly timers: Timers;
  /** A client that takes nothing of what waits for it for this long counts as gone. */
  readonly ms: number;
  /** Bytes that wait for it now. */
  readonly waiting: () => number;
  /** Bytes that it has taken so far. */
  readonly taken: () => number;
  readonly onStall: () => void;
}

/**
 * Notices a client that is gone without a word, or reads no more: what waits for it does not get less.
 * It costs nothing while nothing waits.
 */
export class StallWatch {
  readonly #options: StallOptions;
  #timer: unknown;
  #taken = 0;
  #stopped = false;

  constructor(options: StallOptions) {
    this.#options = options;
  }

  /** Something waits. */
  note(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#timer);
  }

  #arm(): void {
    const { timers, ms, taken } = this.#options;
    this.#taken = taken();
    this.#timer = timers.setTimeout(() => {
      this.#check();
    }, ms);
  }

  #check(): void {
    this.#timer = undefined;
    const { waiting, taken, onStall } = this.#options;
    if (this.#stopped || waiting() === 0) return;
    if (taken() === this.#taken) onStall();
    else this.#arm();
  }
}
