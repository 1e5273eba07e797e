import type { KrakenError } from '@kr/schemas';
import type { OrderOutcome, UnknownOrder } from '@kr/schemas/shared';
import { CliError, type ErrorCategory } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { categoryOfKind, explainError } from '../../explain-error.ts';

/** How to find out about an order of which nobody knows whether it was taken. */
const findOut = (id: string): string =>
  `It may rest or have traded. Do not send it anew; ask: kr order find ${id}`;

/** @throws CliError unless the order was accepted */
export const assertAccepted = (outcome: OrderOutcome): { readonly orderId: string } => {
  if (outcome.status === 'accepted') return outcome;
  throw outcome.status === 'rejected'
    ? rejected(outcome.clientOrderId, outcome.error)
    : unknownOutcome(outcome);
};

const rejected = (clientOrderId: string, error: KrakenError): CliError =>
  new CliError(categoryOf(error), `The order was refused: ${error.raw}.`, {
    code: 'ORDER_REJECTED',
    retryable: error.retryable,
    context: { client_order_id: clientOrderId, kraken: error.raw },
  });

const unknownOutcome = ({ clientOrderId, reason, error }: UnknownOrder): CliError => {
  const said = error === undefined ? reason : error.raw;
  return new CliError('network', `The order was sent, and no verdict came (${said}).`, {
    code: 'OUTCOME_UNKNOWN',
    outcomeUnknown: true,
    hint: findOut(clientOrderId),
    context: { client_order_id: clientOrderId },
  });
};

const categoryOf = ({ kind }: KrakenError): ErrorCategory => categoryOfKind[kind];

/** Says of an order that was changed, or was to be, how to find out what became of it. */
export const withOrderId = async <T>(id: string, change: () => Promise<T>): Promise<T> => {
  try {
    return await change();
  } catch (error) {
    const known = explainError(error);
    if (known?.details.outcomeUnknown !== true) throw error;
    throw new CliError(known.category, known.message, {
      ...known.details,
      code: 'OUTCOME_UNKNOWN',
      hint: findOut(id),
      context: { order: id },
    });
  }
};

/** One outcome of several, as a row. */
export const rowOfOutcome = (outcome: OrderOutcome) => ({
  status: outcome.status,
  order_id: outcome.status === 'accepted' ? outcome.orderId : undefined,
  client_order_id: outcome.clientOrderId,
  error: outcome.status === 'accepted' ? undefined : outcome.error?.raw,
});

/** The worst of them: unknown before refused. */
export const exitCodeOf = (outcomes: readonly { readonly status: string }[]): number => {
  if (outcomes.some(({ status }) => status === 'unknown')) return exitCodes.unknown;
  return outcomes.some(({ status }) => status === 'rejected') ? exitCodes.refused : exitCodes.ok;
};
