import type { RecordingError } from '../errors.ts';

interface Waiter {
  readonly records: number;
  resolve(): void;
  reject(error: RecordingError): void;
}

/** Those who wait until so many records are where they should be. */
export class Waiters {
  #waiting: Waiter[] = [];

  wait(records: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
    });
  }

  /** So many records are there; after a failure no more will be. */
  settle(records: number, failure: RecordingError | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) {
      if (waiter.records <= records) waiter.resolve();
      else if (failure !== undefined) waiter.reject(failure);
      else this.#waiting.push(waiter);
    }
  }
}
