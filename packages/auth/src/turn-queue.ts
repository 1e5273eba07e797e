import { AuthError } from './auth-error.ts';

/** First come, first served; one at a time. */
export class TurnQueue {
  readonly #maxWaiting: number;
  readonly #waiting = new Set<() => void>();
  #taken = false;

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Resolves with the function that ends the turn.
   *
   * @throws AuthError `TOO_MANY_WAITING`; the signal's reason when it aborts first
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#taken) await this.#wait(signal);
    this.#taken = true;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave();
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size >= this.#maxWaiting) {
      throw new AuthError(
        'TOO_MANY_WAITING',
        `${this.#maxWaiting} callers already wait for a nonce. Send fewer requests at once, or raise maxWaiting.`,
      );
    }
    return new Promise((resolve, reject) => {
      const proceed = () => {
        signal?.removeEventListener('abort', handleAbort);
        resolve();
      };
      const handleAbort = () => {
        this.#waiting.delete(proceed);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', handleAbort, { once: true });
      this.#waiting.add(proceed);
    });
  }

  /** `#taken` stays true while it is handed on, so that nobody who comes now overtakes. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken = false;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
