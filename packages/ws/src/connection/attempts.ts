import type { Clock, Timers } from '@kr/schemas/shared';
import type { Disconnect } from '../socket/disconnect.ts';
import type { AttemptBudget } from './attempt-budget.ts';
import { Backoff } from './backoff.ts';

export interface AttemptsOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly budget: AttemptBudget;
  readonly host: string;
  readonly backoffInitialMs: number;
  readonly backoffMaxMs: number;
  readonly stableAfterMs: number;
  readonly maintenanceRetryMs: number;
}

/** When the next attempt at a connection is made: backoff, budget, and what the server asked for. */
export class Attempts {
  readonly #options: AttemptsOptions;
  readonly #backoff: Backoff;
  #timer: unknown;
  #inMaintenance = false;
  /** Attempts since the last open connection. */
  count = 0;
  total = 0;

  constructor(options: AttemptsOptions) {
    this.#options = options;
    const { clock, random, backoffInitialMs, backoffMaxMs, stableAfterMs } = options;
    this.#backoff = new Backoff({
      clock,
      random,
      initialMs: backoffInitialMs,
      maxMs: backoffMaxMs,
      stableMs: stableAfterMs,
    });
  }

  /** What the exchange's status frames say. */
  handleSystemStatus(status: string): void {
    this.#inMaintenance = status === 'maintenance' || status === 'cancel_only';
  }

  opened(): void {
    this.count = 0;
    this.#backoff.opened();
  }

  /** How long the budget holds an attempt back. */
  get budgetWaitMs(): number {
    return this.#options.budget.waitMs(this.#options.host);
  }

  /** Makes an attempt as soon as the budget allows: now, almost always. */
  begin(attempt: () => void): void {
    const { budget, host, timers } = this.#options;
    if (budget.take(host)) {
      this.count += 1;
      this.total += 1;
      attempt();
      return;
    }
    // Another connection that shares the budget may be quicker: then it is asked again.
    this.#timer = timers.setTimeout(() => {
      this.#timer = undefined;
      this.begin(attempt);
    }, this.budgetWaitMs);
  }

  /** Makes the next attempt when it is time; answers after how many milliseconds. */
  retry(disconnect: Disconnect, attempt: () => void): number {
    const { timers, maintenanceRetryMs } = this.#options;
    const asked = disconnect.kind === 'upgrade' ? (disconnect.retryAfterMs ?? 0) : 0;
    const maintenance = this.#inMaintenance ? maintenanceRetryMs : 0;
    const waitMs = Math.max(this.#backoff.failed(), asked, maintenance, this.budgetWaitMs);
    this.#timer = timers.setTimeout(() => {
      this.#timer = undefined;
      this.begin(attempt);
    }, waitMs);
    return waitMs;
  }

  cancel(): void {
    if (this.#timer !== undefined) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
