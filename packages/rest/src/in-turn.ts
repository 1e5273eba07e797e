import type { Signed, Timers } from '@kr/schemas/shared';
import type { CallFailures } from './call-failure.ts';
import { invalidOption, isRestError } from './errors.ts';
import type { RequestSigner, RequestToSign } from './signer.ts';

export interface Turn {
  readonly signer: RequestSigner;
  readonly toSign: RequestToSign;
  readonly signal: AbortSignal | undefined;
  readonly timers: Timers;
  /** How long to wait for the key's turn. */
  readonly turnMs: number;
  readonly fail: CallFailures;
}

/**
 * Signs, and sends in the key's turn, once. What came of the request stands, whatever the signer has
 * to say of it afterwards.
 *
 * @throws RestError `TURN_TIMEOUT`, `ABORTED` (nothing was sent), and what `send` throws
 */
export async function inTurn<T>(
  { signer, toSign, signal, timers, turnMs, fail }: Turn,
  send: (signed: Signed) => Promise<T>,
): Promise<T> {
  const waiting = new AbortController();
  let isLate = false;
  const handle = timers.setTimeout(() => {
    isLate = true;
    waiting.abort();
  }, turnMs);
  const onAbort = (): void => waiting.abort(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const endWait = (): void => {
    timers.clearTimeout(handle);
    signal?.removeEventListener('abort', onAbort);
  };

  let settled: (() => T) | undefined;
  const sendOnce = async (signed: Signed): Promise<T> => {
    if (settled !== undefined) throw invalidOption('signer', 'It may send a request only once.');
    // A signer that takes no signal comes with its turn all the same.
    waiting.signal.throwIfAborted();
    endWait();
    // Until the answer is there, a signer that ends first leaves it open.
    settled = failing(fail.connectionLost('the signer ended first', undefined));
    try {
      const answer = await send(signed);
      settled = () => answer;
      return answer;
    } catch (error) {
      settled = failing(error);
      throw error;
    }
  };
  try {
    return await signer.withSigned(toSign, sendOnce, { signal: waiting.signal });
  } catch (error) {
    // That the key's turn could not be given back is for the next call to find.
    if (settled !== undefined) return settled();
    // Waiting for the key's turn was given up: nothing was signed, nothing sent.
    if (isLate) throw fail.turnTimeout(turnMs);
    if (signal?.aborted === true && !isRestError(error)) throw fail.aborted(false, signal);
    throw error;
  } finally {
    endWait();
  }
}

function failing(error: unknown): () => never {
  return () => {
    throw error;
  };
}
