import type { Clock } from '@kr/schemas/shared';

export interface BackoffOptions {
  readonly clock: Clock;
  /** 0 ≤ value < 1. */
  readonly random: () => number;
  readonly initialMs: number;
  readonly maxMs: number;
  /** How long a connection must have lasted before its loss counts as a first failure again. */
  readonly stableMs: number;
}

/**
 * Exponential backoff with full jitter: a delay is drawn from 0 up to a bound that doubles with each
 * failure, so that many clients that were cut off together do not come back together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * The bound shrinks again only after a connection that lasted: a server that accepts and drops at
 * once would otherwise be asked at the highest rate for ever.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #openedNs: bigint | undefined;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  opened(): void {
    this.#openedNs = this.#options.clock.monotonicNs();
  }

  /** Counts a failure and draws the delay before the next attempt, in milliseconds. */
  failed(): number {
    const { clock, random, initialMs, maxMs, stableMs } = this.#options;
    if (this.#openedNs !== undefined) {
      const lastedMs = Number(clock.monotonicNs() - this.#openedNs) / 1e6;
      if (lastedMs >= stableMs) this.#failures = 0;
      this.#openedNs = undefined;
    }
    const bound = Math.min(maxMs, initialMs * 2 ** this.#failures);
    this.#failures += 1;
    return random() * bound;
  }
}
