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
} from './connection/attempt-budget.ts';
export type {
  CallOptions,
  Connection,
  ConnectionStats,
  OpenOptions,
} from './connection/connection.ts';
export type {
  ConnectionLimits,
  ConnectionOptions,
  ProblemEvent,
} from './connection/connection-options.ts';
export type { ConnectionState, StateEvent } from './connection/connection-state.ts';
export { createConnection } from './connection/create-connection.ts';
export { isWsError, WsError, type WsErrorCode, type WsErrorContext } from './errors.ts';
export type { FramesOptions, OverflowPolicy } from './frames/frame-queue.ts';
export type { Ack } from './protocol/incoming.ts';
export type { Params, Protocol } from './protocol/protocol.ts';
export type { RequestOptions } from './requests/request-table.ts';
export type { Disconnect } from './socket/disconnect.ts';
export type {
  SubscribeParams,
  SubscribeResult,
  SubscriptionEvent,
  SubscriptionStatus,
  SubscriptionView,
  UnsubscribeParams,
} from './subscriptions/subscription.ts';
