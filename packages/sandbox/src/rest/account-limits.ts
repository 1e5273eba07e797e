import type { SandboxOptions } from '../sandbox-types.ts';
import { proLimits, type RestLimits, standardLimits } from './rest-counters.ts';

/** What a futures key may spend in 10 s: https://docs.kraken.com/api/docs/guides/futures-rate-limits */
export const FUTURES_BUDGET = 500;

/** Nothing is too fast, unless limits are given. */
export const AMPLE: RestLimits = {
  rest: { max: 1e9, decayPerSecond: 1e9 },
  trading: { max: 1e9, decayPerSecond: 1e9 },
  historyCost: 4,
};

/** Those that are given, or those of the account that `limits` names; `undefined`: none. */
export function accountLimitsOf({
  accountLimits,
  limits,
}: Pick<SandboxOptions, 'accountLimits' | 'limits'>): RestLimits | undefined {
  if (accountLimits !== undefined) return accountLimits;
  if (limits === 'standard') return standardLimits;
  return limits === 'pro' ? proLimits : undefined;
}
