import type { Clock, Timers } from '@kr/schemas/shared';
import type { Exchange } from '../exchange/index.ts';

/** What a timer can wait for at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Wakes an exchange when something of it falls due: expiries, scheduled orders, dead man's switches. */
export class DueTimer {
  readonly #exchange: Exchange;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #timer: unknown;
  #timerNs: bigint | undefined;
  #isClosed = false;

  constructor(exchange: Exchange, clock: Clock, timers: Timers) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** To be called after each operation of the exchange. */
  arm(): void {
    const { nextDueNs } = this.#exchange;
    if (this.#isClosed || nextDueNs === undefined || this.#timerNs === nextDueNs) return;
    this.#timers.clearTimeout(this.#timer);
    this.#timerNs = nextDueNs;
    const ms = Number(nextDueNs - this.#clock.wallNs()) / 1e6;
    this.#timer = this.#timers.setTimeout(
      () => {
        this.#timerNs = undefined;
        this.#exchange.advance(this.#clock.wallNs());
        this.arm();
      },
      Math.max(1, Math.min(ms, LONGEST_MS)),
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#timers.clearTimeout(this.#timer);
  }
}
