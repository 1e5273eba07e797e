import { type KrakenError, parseKrakenError } from '@kr/schemas/errors';
import type { UnknownOrder } from '@kr/schemas/shared';
import { isWsError } from '../errors.ts';
import { NO_REASON } from '../requests/request-table.ts';

/**
 * What became of a change of orders:
 * - `accepted`: done, with what the exchange said of it;
 * - `rejected`: refused, nothing was changed;
 * - `unknown`: it went out and nobody can say: look before it is done again.
 */
export type TradeOutcome<Result> =
  | ({ readonly status: 'accepted'; readonly warnings: readonly string[] } & Result)
  | { readonly status: 'rejected'; readonly error: KrakenError }
  | UnknownOutcome;

export interface UnknownOutcome {
  readonly status: 'unknown';
  readonly reason: UnknownOrder['reason'];
  /** The exchange's own words, when it answered with an error that settles nothing. */
  readonly error?: KrakenError | undefined;
}

export type FailedOutcome = Extract<TradeOutcome<object>, { status: 'rejected' | 'unknown' }>;

/**
 * What a request that failed says of what it asked for. What was never sent is no outcome: it is
 * thrown on.
 *
 * @throws what it was given, when nothing was sent
 */
export function outcomeOfFailure(failure: unknown): FailedOutcome {
  if (isWsError(failure, 'REJECTED')) return outcomeOfText(failure.context.error);
  if (isWsError(failure, 'TIMEOUT')) return { status: 'unknown', reason: 'timeout' };
  if (isWsError(failure, 'DISCONNECTED')) return { status: 'unknown', reason: 'disconnect' };
  if (isWsError(failure, 'ABORTED') && failure.context.sent) return UNCLEAR;
  throw failure;
}

/** What the exchange's words of a refusal say. */
export function outcomeOfText(text: string | undefined): FailedOutcome {
  if (text === undefined || text === NO_REASON) return UNCLEAR;
  const error = parseKrakenError(text);
  return error.ambiguous
    ? { status: 'unknown', reason: 'ambiguousError', error }
    : { status: 'rejected', error };
}

/** An answer that says neither yes nor no. */
export const UNCLEAR: UnknownOutcome = { status: 'unknown', reason: 'transport' };
