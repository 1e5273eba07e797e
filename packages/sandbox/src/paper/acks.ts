import { type AckEnvelope, ackOf } from '../protocol/ack.ts';

/** What an acknowledgement says beside its envelope. */
export interface Ack {
  readonly result?: unknown;
  readonly error?: string | undefined;
  readonly orders_cancelled?: number | undefined;
}

export function succeeded(result: object): Ack {
  return { result };
}

export function failed(error: string): Ack {
  return { error };
}

export function ackText(
  { error, orders_cancelled: ordersCancelled, result }: Ack,
  envelope: AckEnvelope,
): string {
  return ackOf(envelope, {
    error,
    ordersCancelled,
    result: result === undefined ? undefined : JSON.stringify(result),
    success: error === undefined,
  });
}
