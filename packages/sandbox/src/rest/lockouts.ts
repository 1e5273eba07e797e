import type { Clock } from '@kr/schemas/shared';

/** When who sends keys that nobody knows is shut out, and for how long. */
export interface LockoutLimit {
  /** So many in a row. */
  readonly attempts: number;
  readonly forMs: number;
}

interface Failures {
  count: number;
  /** On the monotonic clock; `undefined`: not shut out. */
  untilNs: bigint | undefined;
}

/** With `allowRemote` anybody may come; of so many addresses the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

/** Addresses that sent one invalid key after the other. */
export class Lockouts {
  readonly #limit: LockoutLimit | undefined;
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();

  /** `limit`: `undefined` shuts nobody out. */
  constructor(limit: LockoutLimit | undefined, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  isOut(address: string): boolean {
    const untilNs = this.#failures.get(address)?.untilNs;
    if (untilNs === undefined) return false;
    if (this.#clock.monotonicNs() < untilNs) return true;
    this.#failures.delete(address);
    return false;
  }

  /** A key that is known ends the row. */
  tell(address: string, isKnown: boolean): void {
    if (this.#limit === undefined) return;
    if (isKnown) {
      this.#failures.delete(address);
      return;
    }
    const failures = this.#failures.get(address) ?? { count: 0, untilNs: undefined };
    failures.count += 1;
    if (failures.count >= this.#limit.attempts) {
      failures.untilNs = this.#clock.monotonicNs() + BigInt(this.#limit.forMs) * 1_000_000n;
    }
    this.#failures.set(address, failures);
    if (this.#failures.size <= MOST_ADDRESSES) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}
