import type { Clock, Timers } from '@kr/schemas/shared';
import type { RateGovernor } from './governor.ts';
import type { RetryEvent, RetryPolicy } from './retry.ts';
import type { RequestSigner } from './signer.ts';
import type { Transport } from './transport.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** For one attempt, from its sending to the last byte. @defaultValue the client's */
  readonly timeoutMs?: number | undefined;
  /** Until the key's turn comes, before anything is sent. @defaultValue the client's */
  readonly turnTimeoutMs?: number | undefined;
  /**
   * How the body of a signed POST or PUT is written.
   *
   * @defaultValue `'form'`, but `'json'` where the endpoint takes nothing else: batches of Spot, offers
   * of Futures' RFQs
   */
  readonly encoding?: 'form' | 'json' | undefined;
  /** `W…` texts that came beside this call's result; the client's `onWarning` hears them too. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** What the clients of both venues take. */
export interface ClientOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** For private endpoints. */
  readonly signer?: RequestSigner | undefined;
  /** Scheme and host: a gateway of yours, a sandbox. @defaultValue Kraken's own */
  readonly baseUrl?: string | undefined;
  /** @defaultValue `createHttpTransport()`, which `close()` then closes */
  readonly transport?: Transport | undefined;
  /** @defaultValue `'kr-rest'` */
  readonly userAgent?: string | undefined;
  /** For one attempt, from its sending to the last byte. @defaultValue 30 000 */
  readonly timeoutMs?: number | undefined;
  /**
   * How long a signed call waits for the key's turn: calls of one key go out one after the other, so
   * that nonces arrive in their order, and one that hangs holds up the rest. @defaultValue 60 000
   */
  readonly turnTimeoutMs?: number | undefined;
  /** @defaultValue 64 MiB; streams are not bounded */
  readonly maxBodyBytes?: number | undefined;
  /** `false`: nothing is repeated. */
  readonly retry?: Partial<RetryPolicy> | false | undefined;
  /** Keeps below Kraken's limits; one for all clients that share a key. */
  readonly governor?: RateGovernor | undefined;
  /** In [0, 1), for the jitter of the waits between attempts. @defaultValue seeded by the clock */
  readonly random?: (() => number) | undefined;
  /** `W…` texts that came beside a result. */
  readonly onWarning?: ((warning: { endpoint: string; text: string }) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}
