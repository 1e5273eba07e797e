import type { KrakenError } from '@kr/schemas';
import type { OrderOutcome, UnknownOrder } from '@kr/schemas/shared';
import { isRestError, type RestError } from './errors.ts';

/**
 * What a failed placement says of its order. What was never sent is no outcome: it is thrown on.
 *
 * @throws what it was given, when nothing was sent, or when it is no `RestError`
 */
export function outcomeOfFailure(error: unknown, clientOrderId: string): OrderOutcome {
  if (!isRestError(error)) throw error;
  const first = krakenErrorOf(error);
  if (error.effect === 'unknown') {
    const reason = first === undefined ? reasonOf(error) : 'ambiguousError';
    return { status: 'unknown', clientOrderId, reason, ...(first && { error: first }) };
  }
  if (first === undefined) throw error;
  return { status: 'rejected', clientOrderId, error: first };
}

/** An answer that says neither yes nor no. */
export function unclear(clientOrderId: string): UnknownOrder {
  return { status: 'unknown', clientOrderId, reason: 'transport' };
}

function krakenErrorOf(error: RestError): KrakenError | undefined {
  if (!isRestError(error, 'REJECTED')) return undefined;
  const { errors } = error.context;
  return errors.find(({ ambiguous }) => ambiguous) ?? errors[0];
}

function reasonOf({ code }: RestError): UnknownOrder['reason'] {
  if (code === 'TIMEOUT') return 'timeout';
  return code === 'CONNECTION_LOST' || code === 'CUT_BODY' ? 'disconnect' : 'transport';
}
