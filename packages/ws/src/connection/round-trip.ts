import type { Clock } from '@kr/schemas/shared';
import type { RequestTable } from '../requests/request-table.ts';

/** The application ping, and how long its answer took. */
export class RoundTrip {
  readonly #clock: Clock;
  readonly #requests: RequestTable;
  ms: number | undefined;

  constructor(clock: Clock, requests: RequestTable) {
    this.#clock = clock;
    this.#requests = requests;
  }

  /** Never fails: what no pong means is for the liveness watch to say, by any frame. */
  async measure(): Promise<void> {
    const sentNs = this.#clock.monotonicNs();
    try {
      await this.#requests.call('ping', undefined);
    } catch {
      return;
    }
    this.ms = Number(this.#clock.monotonicNs() - sentNs) / 1e6;
  }
}
