/**
 * The v1 sockets of Kraken Spot: frozen, still running. Frames are arrays, money is text.
 *
 * @packageDocumentation
 */
export {
  type BookFrame,
  type BookLevel,
  type BookSnapshot,
  type BookUpdate,
  bookFrameSchema,
  bookLevelSchema,
  bookSnapshotSchema,
  bookUpdateSchema,
} from './book.ts';
export {
  type ErrorEvent,
  errorEventSchema,
  type HeartbeatEvent,
  heartbeatEventSchema,
  type PongEvent,
  pongEventSchema,
  type SubscriptionStatusEvent,
  type SystemStatusEvent,
  subscriptionStatusEventSchema,
  systemStatusEventSchema,
} from './events.ts';
export { epochSchema, numberedChannel, systemStatusSchema } from './fields.ts';
export {
  parseSpotV1Message,
  routeSpotV1Message,
  type SpotV1Data,
  type SpotV1Event,
  type SpotV1Message,
  type SpotV1Route,
  spotV1EventSchemas,
  spotV1FrameSchemas,
} from './message.ts';
export { type Candle, candleSchema, type OhlcFrame, ohlcFrameSchema } from './ohlc.ts';
export {
  type OpenOrder,
  type OpenOrderDescription,
  type OpenOrdersFrame,
  openOrderDescriptionSchema,
  openOrderSchema,
  openOrdersFrameSchema,
} from './open-orders.ts';
export {
  type OwnTrade,
  type OwnTradesFrame,
  ownTradeSchema,
  ownTradesFrameSchema,
} from './own-trades.ts';
export {
  type PingRequest,
  pingRequestSchema,
  type SubscribeRequest,
  type Subscription,
  subscribeRequestSchema,
  subscriptionSchema,
  type UnsubscribeRequest,
  unsubscribeRequestSchema,
} from './requests.ts';
export { type Spread, type SpreadFrame, spreadFrameSchema, spreadSchema } from './spread.ts';
export { type Ticker, type TickerFrame, tickerFrameSchema, tickerSchema } from './ticker.ts';
export { type Trade, type TradeFrame, tradeFrameSchema, tradeSchema } from './trade.ts';
export {
  type AddOrderRequest,
  type AddOrderStatus,
  type AmendOrderRequest,
  type AmendOrderStatus,
  addOrderRequestSchema,
  addOrderStatusSchema,
  amendOrderRequestSchema,
  amendOrderStatusSchema,
  type CancelAllOrdersAfterRequest,
  type CancelAllOrdersAfterStatus,
  type CancelAllRequest,
  type CancelAllStatus,
  type CancelOrderRequest,
  type CancelOrderStatus,
  cancelAllOrdersAfterRequestSchema,
  cancelAllOrdersAfterStatusSchema,
  cancelAllRequestSchema,
  cancelAllStatusSchema,
  cancelOrderRequestSchema,
  cancelOrderStatusSchema,
  type EditOrderRequest,
  type EditOrderStatus,
  editOrderRequestSchema,
  editOrderStatusSchema,
} from './trading.ts';
