import type { Clock, Timers } from '@kr/schemas/shared';

export interface PacerOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Cost units that may be spent each second, and at once after a pause. */
  readonly perSecond: number;
}

interface Turn {
  readonly owner: unknown;
  readonly cost: number;
  readonly resolve: (granted: boolean) => void;
}

/**
 * Grants at most so many cost units a second, in the order they were asked for (a token bucket). A
 * turn dearer than the whole bucket is granted when the bucket is full. Connections of one client
 * share one.
 */
export class Pacer {
  readonly #options: PacerOptions;
  #turns: Turn[] = [];
  #tokens: number;
  #filledNs: bigint;
  #heldUntilNs = 0n;
  #timer: unknown;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#tokens = options.perSecond;
    this.#filledNs = options.clock.monotonicNs();
  }

  get perSecond(): number {
    return this.#options.perSecond;
  }

  /** Resolves when it is this one's turn: true; or false when its owner's turns were cleared before. */
  turn(cost: number, owner?: unknown): Promise<boolean> {
    return new Promise((resolve) => {
      this.#turns.push({ owner, cost, resolve });
      if (this.#timer === undefined) this.#grant();
    });
  }

  /** Grants nothing for this long, and starts with an empty bucket: the server said that we are too fast. */
  hold(ms: number): void {
    const untilNs = this.#options.clock.monotonicNs() + BigInt(Math.ceil(ms * 1e6));
    if (untilNs > this.#heldUntilNs) this.#heldUntilNs = untilNs;
    this.#tokens = 0;
    this.#filledNs = this.#heldUntilNs;
  }

  /** Turns down those of this owner that wait. */
  clear(owner?: unknown): void {
    const cleared = this.#turns.filter((turn) => turn.owner === owner);
    this.#turns = this.#turns.filter((turn) => turn.owner !== owner);
    if (this.#turns.length === 0 && this.#timer !== undefined) {
      this.#options.timers.clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    for (const { resolve } of cleared) resolve(false);
  }

  #grant(): void {
    for (let next = this.#turns[0]; next !== undefined; next = this.#turns[0]) {
      const waitMs = this.#waitMs(next.cost);
      if (waitMs > 0) {
        this.#timer = this.#options.timers.setTimeout(() => {
          this.#timer = undefined;
          this.#grant();
        }, waitMs);
        return;
      }
      this.#turns.shift();
      this.#tokens -= Math.min(next.cost, this.#options.perSecond);
      next.resolve(true);
    }
  }

  #waitMs(cost: number): number {
    const { clock, perSecond } = this.#options;
    const nowNs = clock.monotonicNs();
    if (nowNs > this.#filledNs) {
      const gained = (Number(nowNs - this.#filledNs) / 1e9) * perSecond;
      this.#tokens = Math.min(perSecond, this.#tokens + gained);
      this.#filledNs = nowNs;
    }
    const heldMs = nowNs < this.#heldUntilNs ? Number(this.#heldUntilNs - nowNs) / 1e6 : 0;
    const missing = Math.min(cost, perSecond) - this.#tokens;
    // A sliver of a token is rounding, not debt.
    return Math.ceil(heldMs + (missing > 1e-6 ? (missing / perSecond) * 1000 : 0));
  }
}
