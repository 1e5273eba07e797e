/**
 * The v1 socket of Kraken Futures, to be switched off on 1 March 2027.
 *
 * @packageDocumentation
 */
export {
  type AccountLogEntry,
  type AccountLogFrame,
  type AccountLogSnapshotFrame,
  accountLogEntrySchema,
  accountLogFrameSchema,
  accountLogSnapshotFrameSchema,
} from './account-log.ts';
export {
  type BalancesFrame,
  type BalancesSnapshotFrame,
  balancesFrameSchema,
  balancesSnapshotFrameSchema,
  type FlexAccount,
  type FlexCurrency,
  flexAccountSchema,
  flexCurrencySchema,
  type MarginAccount,
  marginAccountSchema,
} from './balances.ts';
export {
  type BookFrame,
  type BookLevel,
  type BookSnapshotFrame,
  bookFrameSchema,
  bookLevelSchema,
  bookSnapshotFrameSchema,
} from './book.ts';
export {
  type AlertEvent,
  alertEventSchema,
  type ChallengeEvent,
  challengeEventSchema,
  type ErrorEvent,
  errorEventSchema,
  type InfoEvent,
  infoEventSchema,
  type PongEvent,
  pongEventSchema,
  type SubscribedEvent,
  type SubscribedFailedEvent,
  subscribedEventSchema,
  subscribedFailedEventSchema,
  type UnsubscribedEvent,
  type UnsubscribedFailedEvent,
  unsubscribedEventSchema,
  unsubscribedFailedEventSchema,
} from './events.ts';
export {
  type Fill,
  type FillsFrame,
  type FillsSnapshotFrame,
  fillSchema,
  fillsFrameSchema,
  fillsSnapshotFrameSchema,
} from './fills.ts';
export { type HeartbeatFrame, heartbeatFrameSchema } from './heartbeat.ts';
export {
  type FuturesEvent,
  type FuturesFrame,
  type FuturesMessage,
  type FuturesRoute,
  futuresEventSchemas,
  futuresFrameSchemas,
  parseFuturesMessage,
  routeFuturesMessage,
} from './message.ts';
export {
  type Notification,
  type NotificationsFrame,
  notificationSchema,
  notificationsFrameSchema,
} from './notifications.ts';
export {
  type OpenOrder,
  type OpenOrdersFrame,
  type OpenOrdersSnapshotFrame,
  type OpenOrdersVerboseFrame,
  type OpenOrdersVerboseSnapshotFrame,
  openOrderReasonSchema,
  openOrderSchema,
  openOrdersFrameSchema,
  openOrdersSnapshotFrameSchema,
  openOrdersVerboseFrameSchema,
  openOrdersVerboseSnapshotFrameSchema,
} from './open-orders.ts';
export {
  type OpenPosition,
  type OpenPositionsFrame,
  openPositionSchema,
  openPositionsFrameSchema,
} from './open-positions.ts';
export {
  type ChallengeRequest,
  challengeRequestSchema,
  type PingRequest,
  pingRequestSchema,
  privateFeeds,
  publicFeeds,
  type SubscribeRequest,
  subscribeRequestSchema,
  type UnsubscribeRequest,
  unsubscribeRequestSchema,
} from './requests.ts';
export {
  type Greeks,
  greeksSchema,
  type TickerFrame,
  tagSchema,
  tickerFrameSchema,
} from './ticker.ts';
export { type TickerLiteFrame, tickerLiteFrameSchema } from './ticker-lite.ts';
export {
  type TradeFrame,
  type TradeSnapshotFrame,
  tradeFrameSchema,
  tradeSnapshotFrameSchema,
} from './trade.ts';
