import { invalidOption } from './errors.ts';

export type SpotTier = 'starter' | 'intermediate' | 'pro';

/** Every number of Spot's limits. Spread `spotLimits(tier)` and change what differs. */
export interface SpotLimits {
  /** The counter of private calls that are no orders. */
  readonly rest: { readonly max: number; readonly decayPerSecond: number };
  /** The engine's counter, one a pair, shared by REST, WebSocket and FIX. */
  readonly trading: { readonly max: number; readonly decayPerSecond: number };
  /**
   * Of Ledgers, QueryLedgers, TradesHistory, QueryTrades and ClosedOrders on the `rest` counter. The
   * page of May 2026 says 4, older ones and Kraken's own command line 2; ClosedOrders stands on
   * neither list for certain.
   */
  readonly historyCost: number;
  /** Public calls a second, for each endpoint and pair. The support pages say about 1. */
  readonly publicPerSecond: number;
  /** Kept free on `rest` and `trading`, for what travels at different speeds. */
  readonly headroom: number;
  /** After `EGeneral:Temporary lockout`. Kraken's SDK counts with 15 minutes. */
  readonly lockoutMs: number;
}

const TIERS: Readonly<Record<SpotTier, Pick<SpotLimits, 'rest' | 'trading'>>> = {
  // Starter stands on the support pages only; the page of May 2026 lists the other two.
  starter: { rest: { max: 15, decayPerSecond: 0.33 }, trading: { max: 60, decayPerSecond: 1 } },
  intermediate: {
    rest: { max: 20, decayPerSecond: 0.5 },
    trading: { max: 125, decayPerSecond: 2.34 },
  },
  pro: { rest: { max: 20, decayPerSecond: 1 }, trading: { max: 180, decayPerSecond: 3.75 } },
};

/**
 * https://docs.kraken.com/api/docs/guides/spot-rest-ratelimits and
 * https://docs.kraken.com/api/docs/guides/spot-ratelimits
 *
 * @throws RestError `INVALID_OPTION` for another tier
 */
export function spotLimits(tier: SpotTier): SpotLimits {
  if (!Object.hasOwn(TIERS, tier)) {
    throw invalidOption('tier', `One of ${Object.keys(TIERS).join(', ')}.`);
  }
  return {
    ...TIERS[tier],
    historyCost: 4,
    publicPerSecond: 1,
    headroom: 1,
    lockoutMs: 15 * 60_000,
  };
}
