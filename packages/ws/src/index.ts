/**
 * Connections to Kraken's v2 WebSockets that tell the truth: their state, their subscriptions as
 * acknowledged, and every hole. Frames are handed out as received.
 *
 * @packageDocumentation
 */
export type {
  ActiveSubscription,
  Client,
  ClientOptions,
  ClientStats,
  ClientUrls,
  ConnectionView,
  EndedEvent,
  FrameEvent,
  LaneEvent,
  Listener,
  Listening,
  RenewSymbolOptions,
  Stream,
  StreamOptions,
} from './client/client.ts';
export { createClient } from './client/create-client.ts';
export type { DataMessage, Delivery, Message, OtherFrame } from './client/message.ts';
export type { MessageFormat } from './client/message-format.ts';
export { spotBetaUrls, spotUrls } from './client/urls.ts';
export type { WeightOf } from './client/weight.ts';
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
  RenewOptions,
} from './connection/connection.ts';
export type {
  Cadence,
  ConnectionLimits,
  ConnectionOptions,
  ProblemEvent,
} from './connection/connection-options.ts';
export type { ConnectionState, StateEvent } from './connection/connection-state.ts';
export { createConnection } from './connection/create-connection.ts';
export { isWsError, WsError, type WsErrorCode, type WsErrorContext } from './errors.ts';
export type { FramesOptions } from './frames/frame-fanout.ts';
export type { Ack } from './protocol/incoming.ts';
export type { Access, Params, Protocol, Venue } from './protocol/protocol.ts';
export type { OverflowPolicy } from './queue/bounded-queue.ts';
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
export type { CadenceOf } from './subscriptions/watchdog.ts';
