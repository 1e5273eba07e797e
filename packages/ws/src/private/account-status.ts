/**
 * How far what is shown can be trusted:
 * - `starting`: subscribed, no snapshot yet;
 * - `live`: it is what the exchange says now;
 * - `broken`: messages are missing, or no connection is there; what is shown may be old;
 * - `reconciling`: the snapshot is here, and what it leaves open is being found out;
 * - `ended`: nothing more comes.
 */
export type AccountStatus = 'starting' | 'live' | 'broken' | 'reconciling' | 'ended';

export interface AccountStatusEvent {
  readonly from: AccountStatus;
  readonly to: AccountStatus;
  readonly reason: string;
}

/** The status of a private feed, and those who wait until it is live. */
export class AccountState {
  readonly #onStatus: (event: AccountStatusEvent) => void;
  readonly #ended: () => Error;
  #status: AccountStatus = 'starting';
  #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();

  /** `ended` makes the error of those who wait in vain. */
  constructor(onStatus: (event: AccountStatusEvent) => void, ended: () => Error) {
    this.#onStatus = onStatus;
    this.#ended = ended;
  }

  get status(): AccountStatus {
    return this.#status;
  }

  turn(to: AccountStatus, reason: string): void {
    const from = this.#status;
    if (from === to || from === 'ended') return;
    this.#status = to;
    if (to === 'live') for (const { resolve } of this.#take()) resolve();
    if (to === 'ended') for (const { reject } of this.#take()) reject(this.#ended());
    this.#onStatus({ from, to, reason });
  }

  live(signal: AbortSignal | undefined, aborted: (signal: AbortSignal) => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) reject(aborted(signal));
      else if (this.#status === 'live') resolve();
      else if (this.#status === 'ended') reject(this.#ended());
      else {
        const handleAbort = (): void => {
          this.#waiting.delete(waiter);
          if (signal !== undefined) reject(aborted(signal));
        };
        const done = (act: () => void): void => {
          signal?.removeEventListener('abort', handleAbort);
          act();
        };
        const waiter = {
          resolve: () => done(resolve),
          reject: (error: Error) => done(() => reject(error)),
        };
        this.#waiting.add(waiter);
        signal?.addEventListener('abort', handleAbort, { once: true });
      }
    });
  }

  #take() {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    return waiting;
  }
}
