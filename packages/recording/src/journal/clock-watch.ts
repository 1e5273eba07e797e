import { type Clock, formatTimestamp, type GapEvent } from '@kr/schemas/shared';

/** What NTP's slewing and a suspended thread never reach between two looks. */
const STEP_NS = 100_000_000n;

/** Sees the wall clock leave the monotonic one: it was set, or the machine slept. */
export class ClockWatch {
  readonly #clock: Clock;
  #wallNs: bigint;
  #offsetNs: bigint;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wallNs = clock.wallNs();
    this.#offsetNs = this.#wallNs - clock.monotonicNs();
  }

  /** The row for the gap ledger when there was a step since the last look. */
  look(): GapEvent | undefined {
    const wallNs = this.#clock.wallNs();
    const offsetNs = wallNs - this.#clock.monotonicNs();
    const stepNs = offsetNs - this.#offsetNs;
    const before = this.#wallNs;
    this.#wallNs = wallNs;
    this.#offsetNs = offsetNs;
    if (stepNs < STEP_NS && stepNs > -STEP_NS) return undefined;
    const seconds = (Number(stepNs) / 1e9).toFixed(3);
    return {
      reason: 'clockStep',
      from: formatTimestamp(before),
      to: formatTimestamp(wallNs),
      symbols: [],
      repaired: false,
      detail: `the wall clock went ${seconds} s away from the monotonic one`,
    };
  }
}
