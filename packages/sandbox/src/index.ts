/**
 * A local Kraken on loopback: a WebSocket server that speaks Spot v2 as the exchange does, with a
 * seeded synthetic market or a capture behind it.
 *
 * @packageDocumentation
 */
export { isSandboxError, SandboxError, type SandboxErrorCode } from './errors.ts';
export type { ExchangeInstrument } from './exchange/index.ts';
export type { FaultStatus } from './faults/active-fault.ts';
export type { Fault, FaultKind } from './faults/fault.ts';
export type { Faults } from './faults/faults.ts';
export type { FuturesAccountOptions } from './futures/desk.ts';
export type { SourceStats } from './market-source.ts';
export type { LiveSourceOptions } from './mirror/mirror-source.ts';
export { readInstruments } from './mirror/recorded-instruments.ts';
export type { PaperAccount } from './paper/paper-desk.ts';
export type { SystemStatus } from './protocol/frames.ts';
export type { ReplaySourceOptions } from './replay/replay-source.ts';
export { createSandboxKey, type FakeKey } from './safety/sandbox-key.ts';
export { createSandbox } from './sandbox.ts';
export type {
  FundsStats,
  FuturesFundsStats,
  Sandbox,
  SandboxAddress,
  SandboxOptions,
  SandboxStats,
} from './sandbox-types.ts';
export type { LedgerSink } from './server/ledger.ts';
export { LIMITS, type Limits, type LimitsName } from './server/limits.ts';
export type { HeartbeatMode } from './server/liveness.ts';
export { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './synthetic/instruments.ts';
export { NAMED_INSTRUMENTS } from './synthetic/more-instruments.ts';
export type { SyntheticSourceOptions } from './synthetic/synthetic-source.ts';
export {
  createSandboxTime,
  isSandboxTime,
  type SandboxTime,
} from './time/sandbox-time.ts';
