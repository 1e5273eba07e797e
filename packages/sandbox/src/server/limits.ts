import { SandboxError } from '../errors.ts';

/** What one client may ask for, and how fast. A limit that is `undefined` does not exist. */
export interface Limits {
  /**
   * Of level3, each connection: a counter of at most `max`, which falls by as much in a second. Each
   * symbol costs 5 at depth 10, 25 at 100, 100 at 1000; the other channels cost nothing.
   * https://docs.kraken.com/api/docs/websocket-v2/level3: 200 a second, 500 for Pro accounts. Whether
   * the counter falls steadily or at each full second is not documented; here steadily.
   */
  readonly subscribe?: { readonly max: number } | undefined;
  /** Symbols of level3 on one connection: 200, by the same page. */
  readonly level3Symbols?: number | undefined;
  /** Symbols and channels on one connection, all counted. Kraken documents none outside level3. */
  readonly subscriptions?: number | undefined;
  /** Messages of a client in a second. "Exceeded msg rate" was seen on the wire; where it begins is not documented. */
  readonly messages?: { readonly max: number } | undefined;
  /**
   * Attempts to connect from one address: about 150 in any 600 s, then a ban of 600 s.
   * https://docs.kraken.com/api/docs/guides/spot-ws-intro ; Kraken's own client stays below 120.
   */
  readonly connects?:
    | { readonly max: number; readonly windowMs: number; readonly banMs: number }
    | undefined;
  /**
   * How a client hears that it asked too fast: `bare` is `{"Error":"Exceeded msg rate"}`, once a
   * request, as it was seen; `ack` puts the text into each acknowledgement.
   */
  readonly form?: 'bare' | 'ack' | undefined;
}

const level3 = { subscribe: { max: 200 }, level3Symbols: 200 };
const connects = { max: 150, windowMs: 600_000, banMs: 600_000 };

/**
 * - `local`, the default: those of a standard account, but as many connections as a test suite makes;
 * - `standard` and `pro`: all that Kraken documents;
 * - `none`: no limit.
 */
export const LIMITS = {
  local: level3,
  standard: { ...level3, connects },
  pro: { ...level3, subscribe: { max: 500 }, connects },
  none: {},
} as const satisfies Record<string, Limits>;
export type LimitsName = keyof typeof LIMITS;

/** Limits by name or one by one. Throws `INVALID_OPTION`. */
export function resolveLimits(limits: Limits | LimitsName = 'local'): Limits {
  if (typeof limits === 'object') return limits;
  if (Object.hasOwn(LIMITS, limits)) return LIMITS[limits];
  throw new SandboxError(
    'INVALID_OPTION',
    `limits is "${limits}": give ${Object.keys(LIMITS).join(', ')}, or an object of them`,
  );
}
