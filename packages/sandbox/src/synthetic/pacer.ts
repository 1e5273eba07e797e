import type { Clock, Timers } from '@kr/schemas/shared';

/** Above this rate steps are made in batches, one batch every {@link BATCH_MS}. */
const BATCH_MS = 10;
/** A process that stood still, or is asked for more than it can do, does not catch up for longer than this. */
const MAX_BACKLOG_SECONDS = 1;
/** A batch ends after this long even if more is due, so that sockets are served in between. */
const MAX_BATCH_NS = 10_000_000n;
/** Steps between two looks at the clock. */
const STEPS_PER_LOOK = 32;

/** Calls `step` a given number of times a second, by the injected clock, in batches where the rate is high. */
export class Pacer {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #rate: number;
  readonly #step: () => void;
  readonly #intervalMs: number;
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
    this.#intervalMs = Math.max(BATCH_MS, 1_000 / options.rate);
  }

  /** Steps that were due but left out, being more than a second late. */
  get skipped(): number {
    return this.#skipped;
  }

  start(): void {
    this.#originNs = this.#clock.monotonicNs();
    this.#running = true;
    this.#schedule(this.#intervalMs);
  }

  stop(): void {
    this.#running = false;
    this.#timers.clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    this.#timer = this.#timers.setTimeout(() => {
      this.#handleTimer();
    }, ms);
  }

  #handleTimer(): void {
    if (!this.#running) return;
    const nowNs = this.#clock.monotonicNs();
    const due = Math.floor((Number(nowNs - this.#originNs) / 1e9) * this.#rate);
    const limit = Math.max(1, Math.ceil(this.#rate * MAX_BACKLOG_SECONDS));
    const skipped = Math.max(0, due - this.#done - limit);
    this.#skipped += skipped;
    this.#done += skipped;
    for (let count = 1; this.#done < due && this.#running; count += 1) {
      this.#step();
      this.#done += 1;
      if (count % STEPS_PER_LOOK === 0 && this.#clock.monotonicNs() - nowNs > MAX_BATCH_NS) break;
    }
    this.#schedule(this.#done < due ? 0 : this.#intervalMs);
  }
}
