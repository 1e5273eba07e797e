import type { Clock, Timers } from '@kr/schemas/shared';

/** Above this rate steps are made in batches, one batch every {@link BATCH_MS}. */
const BATCH_MS = 10;
/** A process that stood still does not catch up for longer than this. */
const MAX_BACKLOG_SECONDS = 1;

/** Calls `step` a given number of times a second, by the injected clock, in batches where the rate is high. */
export class Pacer {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #rate: number;
  readonly #step: () => void;
  #originNs = 0n;
  #done = 0;
  #timer: unknown;
  #running = false;
  #skipped = 0;

  constructor(options: { clock: Clock; timers: Timers; rate: number; step: () => void }) {
    this.#clock = options.clock;
    this.#timers = options.timers;
    this.#rate = options.rate;
    this.#step = options.step;
  }

  /** Steps that were due but left out after a stop longer than a second. */
  get skipped(): number {
    return this.#skipped;
  }

  start(): void {
    this.#originNs = this.#clock.monotonicNs();
    this.#running = true;
    this.#schedule();
  }

  stop(): void {
    this.#running = false;
    this.#timers.clearTimeout(this.#timer);
  }

  #schedule(): void {
    const ms = Math.max(BATCH_MS, 1_000 / this.#rate);
    this.#timer = this.#timers.setTimeout(() => {
      this.#handleTimer();
    }, ms);
  }

  #handleTimer(): void {
    if (!this.#running) return;
    const elapsed = Number(this.#clock.monotonicNs() - this.#originNs) / 1e9;
    let due = Math.floor(elapsed * this.#rate) - this.#done;
    const limit = Math.max(1, Math.ceil(this.#rate * MAX_BACKLOG_SECONDS));
    if (due > limit) {
      this.#skipped += due - limit;
      this.#done += due - limit;
      due = limit;
    }
    for (let count = 0; count < due && this.#running; count += 1) this.#step();
    this.#done += due;
    this.#schedule();
  }
}
