import type { Clock } from '@kr/schemas/shared';

/** What a call costs of the 500 that a key may spend in 10 s: https://docs.kraken.com/api/docs/guides/futures-rate-limits */
const COSTS: Readonly<Record<string, number>> = {
  accounts: 2,
  batchorder: 9,
  cancelallorders: 25,
  cancelallordersafter: 25,
  cancelorder: 10,
  editorder: 10,
  fills: 2,
  leveragepreferences: 2,
  openorders: 2,
  openpositions: 2,
  'orders/status': 1,
  pnlpreferences: 2,
  'self-trade-strategy': 2,
  sendorder: 10,
  transfer: 10,
  unwindqueue: 200,
};
const WINDOW_NS = 10_000_000_000n;

/** How fast one key may ask. */
export class FuturesBudget {
  readonly #most: number;
  readonly #clock: Clock;
  #left: number;
  #sinceNs: bigint;

  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
    this.#left = most;
    this.#sinceNs = clock.monotonicNs();
  }

  /** False when a call is too much; `count` is of a batch's orders. */
  takes(name: string, count = 0): boolean {
    const nowNs = this.#clock.monotonicNs();
    if (nowNs - this.#sinceNs >= WINDOW_NS) {
      this.#sinceNs = nowNs;
      this.#left = this.#most;
    }
    const cost = (COSTS[name] ?? 0) + count;
    if (cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
