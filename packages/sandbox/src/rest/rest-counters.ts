import type { Clock } from '@kr/schemas/shared';
import type { LockoutLimit } from './lockouts.ts';

/** As Kraken counts them: https://docs.kraken.com/api/docs/guides/spot-ratelimits */
export interface RestLimits {
  readonly rest: { readonly max: number; readonly decayPerSecond: number };
  readonly trading: { readonly max: number; readonly decayPerSecond: number };
  /** Of ledgers and histories; the pages disagree on 2 and 4. */
  readonly historyCost: number;
  /** Open orders of an account in one pair; default 225, a Pro account's. */
  readonly openOrders?: number | undefined;
  /**
   * After keys that nobody knows: `EGeneral:Temporary lockout`. About 15 minutes are documented, and
   * "too many" in a row, for which there is no number. Default: none.
   */
  readonly lockout?: LockoutLimit | undefined;
}

const lockout: LockoutLimit = { attempts: 10, forMs: 900_000 };

/** Of an Intermediate account. */
export const standardLimits: RestLimits = {
  rest: { max: 20, decayPerSecond: 0.5 },
  trading: { max: 125, decayPerSecond: 2.34 },
  historyCost: 4,
  openOrders: 80,
  lockout,
};

export const proLimits: RestLimits = {
  rest: { max: 20, decayPerSecond: 1 },
  trading: { max: 180, decayPerSecond: 3.75 },
  historyCost: 4,
  openOrders: 225,
  lockout,
};

const HISTORY = /^(?:Ledgers|QueryLedgers|TradesHistory|QueryTrades|ClosedOrders)$/;
const AGED: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  AmendOrder: [
    [5, 4],
    [10, 3],
    [15, 2],
    [Number.POSITIVE_INFINITY, 1],
  ],
  EditOrder: [
    [5, 7],
    [10, 6],
    [15, 5],
    [45, 3],
    [90, 2],
    [Number.POSITIVE_INFINITY, 1],
  ],
  CancelOrder: [
    [5, 8],
    [10, 6],
    [15, 5],
    [45, 4],
    [90, 2],
    [300, 1],
    [Number.POSITIVE_INFINITY, 0],
  ],
};

interface Level {
  value: number;
  atNs: bigint;
}

/** The counters as the exchange keeps them, for each key and each pair. */
export class RestCounters {
  readonly #limits: RestLimits;
  readonly #clock: Clock;
  readonly #levels = new Map<string, Level>();
  /** How many requests were refused, and what all accepted ones cost. */
  refused = 0;
  charged = 0;

  constructor(limits: RestLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** For a private call that is no order. */
  chargeCall(key: string, name: string): string | undefined {
    const cost = HISTORY.test(name) ? this.#limits.historyCost : 1;
    const fits = this.#charge(`rest ${key}`, cost, this.#limits.rest);
    return fits ? undefined : 'EAPI:Rate limit exceeded';
  }

  /** For an order, `ageNs` after it was made or last amended. */
  chargeOrder(
    key: string,
    pair: string,
    name: string,
    count: number,
    ageNs = 0n,
  ): string | undefined {
    const ageS = Number(ageNs) / 1e9;
    const aged = AGED[name.replace('Batch', '')]?.find(([below]) => ageS < below)?.[1] ?? 1;
    const cost = name === 'AddOrderBatch' ? count / 2 : aged * count;
    const fits = this.#charge(scopeOf(key, pair), cost, this.#limits.trading);
    return fits ? undefined : 'EOrder:Rate limit exceeded';
  }

  /** How full the counter of a key's orders in a pair is, whole numbers. */
  orderCount(key: string, pair: string): number {
    const level = this.#levels.get(scopeOf(key, pair));
    return level === undefined ? 0 : Math.ceil(this.#fallen(level, this.#limits.trading));
  }

  #charge(scope: string, cost: number, limit: { max: number; decayPerSecond: number }): boolean {
    const atNs = this.#clock.monotonicNs();
    const last = this.#levels.get(scope) ?? { value: 0, atNs };
    const value = this.#fallen(last, limit);
    if (value + cost > limit.max) {
      this.refused += 1;
      return false;
    }
    this.#levels.set(scope, { value: value + cost, atNs });
    this.charged += cost;
    return true;
  }
  #fallen({ value, atNs }: Level, { decayPerSecond }: { decayPerSecond: number }): number {
    const elapsedS = Number(this.#clock.monotonicNs() - atNs) / 1e9;
    return Math.max(0, value - elapsedS * decayPerSecond);
  }
}

/** Of orders: each pair has a counter of its own. */
function scopeOf(key: string, pair: string): string {
  return `trading ${key} ${pair}`;
}
