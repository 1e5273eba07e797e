import type { Clock } from '@kr/schemas/shared';
import { bound } from '../queue/queue-options.ts';

/**
 * Connection attempts counted per host, as a value that several connections share. Kraken's front
 * door bans an address for ten minutes after about 150 attempts in ten minutes
 * (https://docs.kraken.com/api/docs/guides/spot-ws-intro).
 */
export interface AttemptBudget {
  /** Milliseconds until an attempt at this host is allowed: 0 is now. */
  waitMs(host: string): number;
  /** Counts an attempt where one is allowed; answers whether it was. */
  take(host: string): boolean;
}

export interface AttemptBudgetOptions {
  readonly clock: Clock;
  /** Rounded down. @default 120 */
  readonly attempts?: number | undefined;
  /** The rolling window, in milliseconds. @default 600000 */
  readonly windowMs?: number | undefined;
}

/**
 * 120 attempts in any 600 seconds, for each host, unless told otherwise.
 *
 * @throws WsError `INVALID_OPTION`
 */
export function createAttemptBudget({
  clock,
  attempts: most = 120,
  windowMs = 600_000,
}: AttemptBudgetOptions): AttemptBudget {
  // A share of 120 need not be whole.
  const attempts = Math.floor(bound('createAttemptBudget', 'attempts', most));
  bound('createAttemptBudget', 'windowMs', windowMs);
  const windowNs = BigInt(Math.round(windowMs * 1e6));
  const taken = new Map<string, bigint[]>();

  const recent = (host: string, nowNs: bigint): bigint[] => {
    const times = (taken.get(host) ?? []).filter((time) => nowNs - time < windowNs);
    if (times.length === 0) taken.delete(host);
    else taken.set(host, times);
    return times;
  };

  const waitMs = (host: string): number => {
    const nowNs = clock.monotonicNs();
    const times = recent(host, nowNs);
    const oldest = times[times.length - attempts];
    // Rounded up: a timer that fires a fraction early would find the door still shut.
    return oldest === undefined ? 0 : Math.ceil(Number(oldest + windowNs - nowNs) / 1e6);
  };

  return {
    waitMs,
    take: (host) => {
      if (waitMs(host) > 0) return false;
      taken.set(host, [...(taken.get(host) ?? []), clock.monotonicNs()]);
      return true;
    },
  };
}

const shared = new WeakMap<Clock, AttemptBudget>();

/** One for all connections that keep the same time: clients of one program count together, told to or not. */
export function sharedBudget(clock: Clock): AttemptBudget {
  const budget = shared.get(clock) ?? createAttemptBudget({ clock });
  shared.set(clock, budget);
  return budget;
}
