/**
 * The Unified WebSocket: the words of the Spot sockets for derivatives too, with an `asset_class`.
 * Where its fields are not public, the schemas take what comes.
 *
 * @packageDocumentation
 */
export { assetClassEcho, assetClassSchema } from './asset-class.ts';
export {
  type BalancesFrame,
  type BalancesSubscribeParams,
  balancesFrameSchema,
  balancesSubscribeParamsSchema,
} from './balances.ts';
export {
  type Book,
  type BookFrame,
  type BookSubscribeParams,
  bookFrameSchema,
  bookSchema,
  bookSubscribeParamsSchema,
} from './book.ts';
export {
  type Execution,
  type ExecutionsFrame,
  type ExecutionsSubscribeParams,
  executionSchema,
  executionsFrameSchema,
  executionsSubscribeParamsSchema,
} from './executions.ts';
export {
  type InstrumentAsset,
  type InstrumentFrame,
  type InstrumentPair,
  type InstrumentSubscribeParams,
  instrumentAssetSchema,
  instrumentFrameSchema,
  instrumentPairSchema,
  instrumentSubscribeParamsSchema,
} from './instrument.ts';
export {
  type LedgerEntry,
  type LedgersFrame,
  type LedgersSubscribeParams,
  ledgerEntrySchema,
  ledgersFrameSchema,
  ledgersSubscribeParamsSchema,
} from './ledgers.ts';
export {
  type Level3Frame,
  type Level3SubscribeParams,
  level3FrameSchema,
  level3SubscribeParamsSchema,
} from './level3.ts';
export {
  type MarginFrame,
  type MarginSubscribeParams,
  marginFrameSchema,
  marginSubscribeParamsSchema,
} from './margin.ts';
export {
  parseUwsMessage,
  routeUwsMessage,
  type UwsAck,
  type UwsFrame,
  type UwsMessage,
  type UwsRoute,
  uwsAckSchemas,
  uwsFrameSchemas,
} from './message.ts';
export {
  type Candle,
  candleSchema,
  type OhlcFrame,
  type OhlcSubscribeParams,
  ohlcFrameSchema,
  ohlcSubscribeParamsSchema,
} from './ohlc.ts';
export {
  type AddOrderParams,
  type AddOrderRequest,
  type AmendOrderParams,
  type AmendOrderRequest,
  addOrderParamsSchema,
  addOrderRequestSchema,
  amendOrderParamsSchema,
  amendOrderRequestSchema,
  type CancelAllOrdersAfterParams,
  type CancelAllOrdersAfterRequest,
  type CancelAllParams,
  type CancelAllRequest,
  type CancelOrderParams,
  type CancelOrderRequest,
  cancelAllOrdersAfterParamsSchema,
  cancelAllOrdersAfterRequestSchema,
  cancelAllParamsSchema,
  cancelAllRequestSchema,
  cancelOrderParamsSchema,
  cancelOrderRequestSchema,
} from './orders.ts';
export {
  type Position,
  type PositionsFrame,
  type PositionsSubscribeParams,
  positionSchema,
  positionsFrameSchema,
  positionsSubscribeParamsSchema,
} from './positions.ts';
export { formatUwsRequest, parseUwsRequest, type UwsRequest, uwsRequestSchema } from './request.ts';
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
  type UnsubscribeRequest,
  unsubscribeAckSchema,
  unsubscribeRequestSchema,
  uwsChannels,
} from './subscribe.ts';
export {
  type Ticker,
  type TickerFrame,
  type TickerSubscribeParams,
  tickerFrameSchema,
  tickerSchema,
  tickerSubscribeParamsSchema,
} from './ticker.ts';
export {
  type Trade,
  type TradeFrame,
  type TradeSubscribeParams,
  tradeFrameSchema,
  tradeSchema,
  tradeSubscribeParamsSchema,
} from './trade.ts';
