/**
 * Connections to Kraken's v2 WebSockets that tell the truth: their state, their subscriptions as
 * acknowledged, and every hole. Frames are handed out as received.
 *
 * @packageDocumentation
 */
export {
  type AttemptBudget,
  type AttemptBudgetOptions,
  createAttemptBudget,
} from './attempt-budget.ts';
export type { CallOptions, Connection, ConnectionStats, OpenOptions } from './connection.ts';
export type { ConnectionLimits, ConnectionOptions, ProblemEvent } from './connection-options.ts';
export type { ConnectionState, StateEvent } from './connection-state.ts';
export { createConnection } from './create-connection.ts';
export type { Disconnect } from './disconnect.ts';
export { isWsError, WsError, type WsErrorCode, type WsErrorContext } from './errors.ts';
export type { FramesOptions, OverflowPolicy } from './frame-queue.ts';
export type { Ack } from './incoming.ts';
export type { RequestOptions } from './request-table.ts';
export type {
  SubscribeParams,
  SubscribeResult,
  SubscriptionEvent,
  SubscriptionStatus,
  SubscriptionView,
  UnsubscribeParams,
} from './subscription.ts';
