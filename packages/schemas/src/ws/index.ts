/**
 * The v2 sockets of Kraken Spot.
 *
 * @packageDocumentation
 */
export {
  type Book,
  type BookFrame,
  type BookLevel,
  type BookSubscribeParams,
  type BookUnsubscribeParams,
  bookFrameSchema,
  bookLevelSchema,
  bookSchema,
  bookSubscribeParamsSchema,
  bookUnsubscribeParamsSchema,
} from './book.ts';
export {
  type FailedAck,
  failedAckSchema,
  type ProtocolError,
  protocolErrorSchema,
  requestIdSchema,
} from './envelope.ts';
export { type HeartbeatFrame, heartbeatFrameSchema } from './heartbeat.ts';
export {
  type InstrumentAsset,
  type InstrumentFrame,
  type InstrumentPair,
  type InstrumentSubscribeParams,
  type InstrumentUnsubscribeParams,
  instrumentAssetSchema,
  instrumentFrameSchema,
  instrumentPairSchema,
  instrumentSubscribeParamsSchema,
  instrumentUnsubscribeParamsSchema,
} from './instrument.ts';
export {
  parseWsMessage,
  toWsMessage,
  type WsAck,
  type WsFrame,
  type WsMessage,
} from './message.ts';
export { type PingRequest, type PongAck, pingRequestSchema, pongAckSchema } from './ping.ts';
export { type Status, type StatusFrame, statusFrameSchema, statusSchema } from './status.ts';
export {
  type SubscribeAck,
  type SubscribeParams,
  type SubscribeRequest,
  type SubscribeResult,
  subscribeAckSchema,
  subscribeParamsSchema,
  subscribeRequestSchema,
  subscribeResultSchema,
  type UnsubscribeAck,
  type UnsubscribeParams,
  type UnsubscribeRequest,
  unsubscribeAckSchema,
  unsubscribeParamsSchema,
  unsubscribeRequestSchema,
} from './subscribe.ts';
export {
  type Ticker,
  type TickerFrame,
  type TickerSubscribeParams,
  type TickerUnsubscribeParams,
  tickerFrameSchema,
  tickerSchema,
  tickerSubscribeParamsSchema,
  tickerUnsubscribeParamsSchema,
} from './ticker.ts';
export {
  type Trade,
  type TradeFrame,
  type TradeSubscribeParams,
  type TradeUnsubscribeParams,
  tradeFrameSchema,
  tradeSchema,
  tradeSubscribeParamsSchema,
  tradeUnsubscribeParamsSchema,
} from './trade.ts';
