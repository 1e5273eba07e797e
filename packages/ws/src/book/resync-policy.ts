export interface ResyncLimits {
  /** Failures in a row after which a symbol is quarantined. */
  readonly maxFailures: number;
  /** The second resync in a row waits this long, each further one twice as long. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** A book that stayed verified this long has recovered: the next failure is a first one. */
  readonly stableMs: number;
}

export const RESYNC_DEFAULTS: ResyncLimits = {
  maxFailures: 3,
  delayMs: 1000,
  maxDelayMs: 30_000,
  stableMs: 60_000,
};

/** How a symbol's failures in a row are answered. Times are of the wall clock of frames. */
export class ResyncPolicy {
  readonly #limits: ResyncLimits;
  #failures = 0;
  #verifiedSinceNs: bigint | undefined;

  constructor(limits: ResyncLimits) {
    this.#limits = limits;
  }

  get failures(): number {
    return this.#failures;
  }

  verified(wallNs: bigint): void {
    this.#verifiedSinceNs ??= wallNs;
  }

  /** Milliseconds until the resync; `undefined`: no more of them. */
  failed(wallNs: bigint): number | undefined {
    const { maxFailures, delayMs, maxDelayMs, stableMs } = this.#limits;
    const sinceNs = this.#verifiedSinceNs;
    if (sinceNs !== undefined && Number(wallNs - sinceNs) / 1e6 >= stableMs) this.#failures = 0;
    this.#verifiedSinceNs = undefined;
    this.#failures += 1;
    if (this.#failures >= maxFailures) return undefined;
    return this.#failures === 1 ? 0 : Math.min(maxDelayMs, delayMs * 2 ** (this.#failures - 2));
  }

  reset(): void {
    this.#failures = 0;
    this.#verifiedSinceNs = undefined;
  }
}
