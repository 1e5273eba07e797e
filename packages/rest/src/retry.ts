import type { Clock, Timers } from '@kr/schemas/shared';
import { assertAtLeast, assertDelay } from './check-options.ts';
import { isRestError, type RestError } from './errors.ts';
import { sleep } from './sleep.ts';

export interface RetryPolicy {
  /** The first included. @defaultValue 3 */
  readonly attempts: number;
  /** The bound of the first wait; each next one's is twice as long. @defaultValue 500 */
  readonly initialMs: number;
  /** Of one wait. A throttle that lasts longer is not waited for. @defaultValue 30 000 */
  readonly maxMs: number;
}

const defaultRetryPolicy: RetryPolicy = { attempts: 3, initialMs: 500, maxMs: 30_000 };

/**
 * The policy that options ask for; what is not given, or `undefined`, is the default's.
 *
 * @throws RestError `INVALID_OPTION`: no number of attempts would be one that never gives up
 */
export function retryPolicyOf(given: Partial<RetryPolicy> | false | undefined): RetryPolicy {
  const { attempts, initialMs, maxMs }: Partial<RetryPolicy> =
    given === false ? { attempts: 1 } : (given ?? {});
  const policy = {
    attempts: attempts ?? defaultRetryPolicy.attempts,
    initialMs: initialMs ?? defaultRetryPolicy.initialMs,
    maxMs: maxMs ?? defaultRetryPolicy.maxMs,
  };
  assertAtLeast('retry.attempts', policy.attempts, 1);
  assertAtLeast('retry.initialMs', policy.initialMs, 0);
  assertDelay('retry.maxMs', policy.maxMs);
  return policy;
}

export interface RetryEvent {
  readonly endpoint: string;
  /** Which attempt failed, from 1. */
  readonly attempt: number;
  readonly waitMs: number;
  readonly error: RestError;
}

export interface RetryParts {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly onRetry: ((event: RetryEvent) => void) | undefined;
}

/**
 * Repeats what only reads, on failures that pass. What changes something is never repeated here,
 * whatever the failure: `attempt` runs once.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  call: { readonly mutates: boolean; readonly signal: AbortSignal | undefined },
  { policy, clock, timers, random, onRetry }: RetryParts,
): Promise<T> {
  const attempts = call.mutates ? 1 : policy.attempts;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (number >= attempts || !isRestError(error) || !isWorthRepeating(error, number)) {
        throw error;
      }
      const waitMs = waitBefore(error, number, policy, clock, random);
      if (waitMs === undefined) throw error;
      onRetry?.({ endpoint: error.endpoint, attempt: number, waitMs, error });
      await sleep(timers, waitMs, call.signal, error.endpoint);
    }
  }
}

/** A nonce that was too low is worth one more, not several: another program may be ahead for good. */
function isWorthRepeating(error: RestError, number: number): boolean {
  // A governor that was told to refuse, and a turn that does not come, are not to be waited for here.
  const hasWaited = error.code === 'RATE_LIMIT_AHEAD' || error.code === 'TURN_TIMEOUT';
  if (!error.retryable || hasWaited) return false;
  const isNonce = krakenErrors(error).some(({ raw }) => /nonce/i.test(raw));
  return !isNonce || number === 1;
}

function krakenErrors(error: RestError) {
  return isRestError(error, 'REJECTED') ? error.context.errors : [];
}

/**
 * Full jitter below a bound that doubles, or until the time that Kraken gave. `undefined` when that is
 * further off than a wait may be: to ask earlier would only be refused again.
 */
function waitBefore(
  error: RestError,
  number: number,
  policy: RetryPolicy,
  clock: Clock,
  random: () => number,
): number | undefined {
  const bound = Math.min(policy.maxMs, policy.initialMs * 2 ** (number - 1));
  const backoff = Math.ceil(bound * random());
  const until = Math.max(0, ...krakenErrors(error).map(({ retryAt }) => retryAt ?? 0));
  const toldMs = until * 1000 - Number(clock.wallNs() / 1_000_000n);
  return toldMs > policy.maxMs ? undefined : Math.max(backoff, toldMs);
}
