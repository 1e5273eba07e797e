/**
 * The v2 sockets of Kraken Spot.
 *
 * @packageDocumentation
 */
export {
  type AddOrderAck,
  type AddOrderParams,
  type AddOrderRequest,
  type AddOrderResult,
  addOrderAckSchema,
  addOrderParamsSchema,
  addOrderRequestSchema,
  addOrderResultSchema,
  newOrderFields,
} from './add-order.ts';
export {
  type AmendOrderAck,
  type AmendOrderParams,
  type AmendOrderRequest,
  type AmendOrderResult,
  amendOrderAckSchema,
  amendOrderParamsSchema,
  amendOrderRequestSchema,
  amendOrderResultSchema,
} from './amend-order.ts';
export {
  type AssetBalance,
  assetBalanceSchema,
  type BalancesFrame,
  type BalancesSubscribeParams,
  type BalancesUnsubscribeParams,
  balancesFrameSchema,
  balancesSubscribeParamsSchema,
  balancesUnsubscribeParamsSchema,
  type LedgerTransaction,
  ledgerTransactionSchema,
  type Wallet,
  walletSchema,
} from './balances.ts';
export {
  type BatchAddAck,
  type BatchAddFailedAck,
  type BatchAddParams,
  type BatchAddRequest,
  type BatchAddResult,
  type BatchAddRow,
  type BatchOrder,
  batchAddAckSchema,
  batchAddFailedAckSchema,
  batchAddParamsSchema,
  batchAddRequestSchema,
  batchAddResultSchema,
  batchAddRowSchema,
  batchOrderSchema,
} from './batch-add.ts';
export {
  type BatchCancelAck,
  type BatchCancelParams,
  type BatchCancelRequest,
  batchCancelAckSchema,
  batchCancelParamsSchema,
  batchCancelRequestSchema,
} from './batch-cancel.ts';
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
  type CancelAllAck,
  type CancelAllParams,
  type CancelAllRequest,
  type CancelAllResult,
  cancelAllAckSchema,
  cancelAllParamsSchema,
  cancelAllRequestSchema,
  cancelAllResultSchema,
} from './cancel-all.ts';
export {
  type CancelAllOrdersAfterAck,
  type CancelAllOrdersAfterParams,
  type CancelAllOrdersAfterRequest,
  type CancelAllOrdersAfterResult,
  cancelAllOrdersAfterAckSchema,
  cancelAllOrdersAfterParamsSchema,
  cancelAllOrdersAfterRequestSchema,
  cancelAllOrdersAfterResultSchema,
} from './cancel-all-orders-after.ts';
export {
  type CancelOrderAck,
  type CancelOrderParams,
  type CancelOrderRequest,
  type CancelOrderResult,
  cancelOrderAckSchema,
  cancelOrderParamsSchema,
  cancelOrderRequestSchema,
  cancelOrderResultSchema,
} from './cancel-order.ts';
export {
  type EditOrderAck,
  type EditOrderParams,
  type EditOrderRequest,
  type EditOrderResult,
  editOrderAckSchema,
  editOrderParamsSchema,
  editOrderRequestSchema,
  editOrderResultSchema,
} from './edit-order.ts';
export {
  ackFields,
  ackOf,
  type FailedAck,
  failedAckSchema,
  type ProtocolError,
  protocolErrorSchema,
  requestIdSchema,
  requestOf,
  warningsSchema,
  wsMethods,
} from './envelope.ts';
export {
  type Execution,
  type ExecutionFee,
  type ExecutionsFrame,
  type ExecutionsSubscribeParams,
  type ExecutionsUnsubscribeParams,
  executionFeeSchema,
  executionSchema,
  executionsFrameSchema,
  executionsSubscribeParamsSchema,
  executionsUnsubscribeParamsSchema,
} from './executions.ts';
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
  type Level3Event,
  type Level3Frame,
  type Level3Order,
  type Level3Snapshot,
  type Level3SubscribeParams,
  type Level3UnsubscribeParams,
  type Level3Update,
  level3EventSchema,
  level3FrameSchema,
  level3OrderSchema,
  level3SnapshotSchema,
  level3SubscribeParamsSchema,
  level3UnsubscribeParamsSchema,
  level3UpdateSchema,
} from './level3.ts';
export {
  parseWsMessage,
  routeWsMessage,
  type WsAck,
  type WsFrame,
  type WsMessage,
  type WsRoute,
  wsAckSchemas,
  wsFrameSchemas,
} from './message.ts';
export {
  type Candle,
  candleSchema,
  type OhlcFrame,
  type OhlcSubscribeParams,
  type OhlcUnsubscribeParams,
  ohlcFrameSchema,
  ohlcSubscribeParamsSchema,
  ohlcUnsubscribeParamsSchema,
} from './ohlc.ts';
export {
  type Conditional,
  conditionalSchema,
  feePreferenceSchema,
  orderTypeSchema,
  priceTypeSchema,
  selfTradePreventionSchema,
  sideSchema,
  type Triggers,
  triggersSchema,
} from './order-fields.ts';
export { type PingRequest, type PongAck, pingRequestSchema, pongAckSchema } from './ping.ts';
export { formatWsRequest, parseWsRequest, type WsRequest, wsRequestSchema } from './request.ts';
export { type Status, type StatusFrame, statusFrameSchema, statusSchema } from './status.ts';
export {
  type SubscribeAck,
  type SubscribeParams,
  type SubscribeRequest,
  type SubscribeResult,
  subscribeAckSchema,
  subscribeParamsSchema,
  subscribeRequestSchema,
  subscribeResultFields,
  subscribeResultSchema,
  type UnsubscribeAck,
  type UnsubscribeParams,
  type UnsubscribeRequest,
  unsubscribeAckSchema,
  unsubscribeParamsSchema,
  unsubscribeRequestSchema,
  wsChannels,
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
