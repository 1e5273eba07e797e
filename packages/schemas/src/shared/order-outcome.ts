import type { KrakenError } from '../errors/kraken-error.ts';

/** What is known of an order that was sent. A client order id exists before anything is sent. */
export type OrderOutcome = AcceptedOrder | RejectedOrder | UnknownOrder;

export interface AcceptedOrder {
  readonly status: 'accepted';
  readonly clientOrderId: string;
  readonly orderId: string;
  readonly warnings: readonly string[];
}

/** The exchange said no: nothing rests, nothing will trade. */
export interface RejectedOrder {
  readonly status: 'rejected';
  readonly clientOrderId: string;
  readonly error: KrakenError;
}

/**
 * It was sent and no verdict came. It may rest, it may have traded: find out (executions, then
 * REST) before sending another. "Not found" is no verdict either.
 */
export interface UnknownOrder {
  readonly status: 'unknown';
  readonly clientOrderId: string;
  readonly reason: 'timeout' | 'disconnect' | 'transport' | 'ambiguousError';
  /** The exchange's own words, when it answered with an error that settles nothing. */
  readonly error?: KrakenError | undefined;
}
