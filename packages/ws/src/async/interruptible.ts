import { abortError, type WsError } from '../errors.ts';

/** Lets work be cut short by its caller's signal, or by the end of the connection. */
export class Interruptible {
  #handlers = new Set<(error: WsError) => void>();
  #ended: WsError | undefined;

  /** Cuts everything short, now and later. */
  end(error: WsError): void {
    this.#ended = error;
    for (const handle of this.#handlers) handle(error);
    this.#handlers.clear();
  }

  /**
   * The work's own outcome, unless something is earlier.
   *
   * @throws WsError `ABORTED`, or the one given to `end`
   */
  async run<T>(
    what: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
    onAbort: () => void = () => undefined,
  ): Promise<T> {
    if (this.#ended !== undefined) throw this.#ended;
    if (signal?.aborted === true) throw abortError(what, signal);
    let handleAbort: (() => void) | undefined;
    let handleEnd: ((error: WsError) => void) | undefined;
    const interrupted = new Promise<never>((_resolve, reject) => {
      handleEnd = reject;
      this.#handlers.add(reject);
      if (signal === undefined) return;
      handleAbort = () => {
        onAbort();
        reject(abortError(what, signal));
      };
      signal.addEventListener('abort', handleAbort);
    });
    try {
      return await Promise.race([work(), interrupted]);
    } finally {
      if (handleEnd !== undefined) this.#handlers.delete(handleEnd);
      if (handleAbort !== undefined) signal?.removeEventListener('abort', handleAbort);
    }
  }
}
