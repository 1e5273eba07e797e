/**
 * The REST side of the local Kraken: verifies signatures and nonces, keeps orders, counts as the
 * exchange does, and plays the faults that a network has.
 *
 * @packageDocumentation
 */
export type { RestFault, RestFaultKind } from './fault.ts';
export { FuturesAccount, type FuturesElement, type FuturesOrder } from './futures-routes.ts';
export type { SandboxKey } from './key-ring.ts';
export type { LockoutLimit } from './lockouts.ts';
export { proLimits, type RestLimits, standardLimits } from './rest-counters.ts';
export {
  createRestSandbox,
  type FaultRequest,
  type FaultSource,
  type RestLine,
  type RestSandbox,
  type RestSandboxOptions,
  type RestSandboxStats,
} from './rest-sandbox.ts';
export { type SandboxOrder, type SandboxRow, SpotAccount } from './spot-account.ts';
export type { PublicTrade } from './spot-public.ts';
