/**
 * What several packages share and no schema is needed for: nothing here loads zod.
 *
 * @packageDocumentation
 */
export { type Clock, createSystemClock, createSystemTimers, type Timers } from './clock.ts';
export type { ErrorCategory } from './error-category.ts';
export type { Frame, ReceivedAt } from './frame.ts';
export type { GapEvent, GapReason } from './gap.ts';
export type {
  AcceptedOrder,
  OrderOutcome,
  RejectedOrder,
  UnknownOrder,
} from './order-outcome.ts';
export type {
  ChallengeSigner,
  FuturesSignable,
  SignableParams,
  SignableValue,
  Signed,
  Signer,
  SigningOptions,
  SpotSignable,
} from './signer.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
export type { TokenProvider, WebSocketToken } from './token-provider.ts';
