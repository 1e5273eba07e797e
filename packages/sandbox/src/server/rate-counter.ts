import type { Clock } from '@kr/schemas/shared';

/** A counter that rises with each charge and falls steadily, by its maximum in a second. */
export class RateCounter {
  readonly #clock: Clock;
  readonly #max: number;
  #value = 0;
  #atNs: bigint;

  constructor(max: number, clock: Clock) {
    this.#clock = clock;
    this.#max = max;
    this.#atNs = clock.monotonicNs();
  }

  /** True when it fits; what does not fit is not charged. */
  charge(cost: number): boolean {
    const nowNs = this.#clock.monotonicNs();
    const fallen = (Number(nowNs - this.#atNs) / 1e9) * this.#max;
    this.#value = Math.max(0, this.#value - fallen);
    this.#atNs = nowNs;
    if (this.#value + cost > this.#max) return false;
    this.#value += cost;
    return true;
  }
}
