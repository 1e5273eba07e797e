/**
 * Spot REST: the parameters and the result of every endpoint.
 * `spotEndpoints` is the table of all of them.
 *
 * @packageDocumentation
 */
export {
  type AccountTransferParams,
  type AccountTransferResult,
  accountTransferParamsSchema,
  accountTransferResultSchema,
} from './account-transfer.ts';
export {
  type AddOrderParams,
  type AddOrderResult,
  addOrderParamsSchema,
  addOrderResultSchema,
  type CloseOrder,
  closeOrderSchema,
  newOrderFields,
  type OrderTexts,
  orderTextsSchema,
} from './add-order.ts';
export {
  type AddOrderBatchEntry,
  type AddOrderBatchParams,
  type AddOrderBatchResult,
  type AddOrderBatchRow,
  addOrderBatchEntrySchema,
  addOrderBatchParamsSchema,
  addOrderBatchResultSchema,
  addOrderBatchRowSchema,
} from './add-order-batch.ts';
export {
  type AmendOrderParams,
  type AmendOrderResult,
  amendOrderParamsSchema,
  amendOrderResultSchema,
} from './amend-order.ts';
export {
  type GetApiKeyInfoParams,
  type GetApiKeyInfoResult,
  getApiKeyInfoParamsSchema,
  getApiKeyInfoResultSchema,
} from './api-key-info.ts';
export {
  type AssetPair,
  type AssetPairsFeesResult,
  type AssetPairsLeverageResult,
  type AssetPairsMarginResult,
  type AssetPairsParams,
  type AssetPairsResult,
  assetPairSchema,
  assetPairsFeesResultSchema,
  assetPairsLeverageResultSchema,
  assetPairsMarginResultSchema,
  assetPairsParamsSchema,
  assetPairsResultSchema,
  feeTierSchema,
} from './asset-pairs.ts';
export {
  type Asset,
  type AssetsParams,
  type AssetsResult,
  assetSchema,
  assetsParamsSchema,
  assetsResultSchema,
} from './assets.ts';
export {
  type BalanceParams,
  type BalanceResult,
  balanceParamsSchema,
  balanceResultSchema,
} from './balance.ts';
export {
  type BalanceExParams,
  type BalanceExResult,
  balanceExParamsSchema,
  balanceExResultSchema,
  type ExtendedBalance,
  extendedBalanceSchema,
} from './balance-ex.ts';
export {
  type CancelAllParams,
  type CancelAllResult,
  cancelAllParamsSchema,
  cancelAllResultSchema,
} from './cancel-all.ts';
export {
  type CancelAllOrdersAfterParams,
  type CancelAllOrdersAfterResult,
  cancelAllOrdersAfterParamsSchema,
  cancelAllOrdersAfterResultSchema,
} from './cancel-all-orders-after.ts';
export {
  type CancelOrderParams,
  type CancelOrderResult,
  cancelOrderParamsSchema,
  cancelOrderResultSchema,
} from './cancel-order.ts';
export {
  type CancelOrderBatchParams,
  type CancelOrderBatchResult,
  cancelOrderBatchParamsSchema,
  cancelOrderBatchResultSchema,
} from './cancel-order-batch.ts';
export {
  type ClosedOrder,
  type ClosedOrdersParams,
  type ClosedOrdersResult,
  closedOrderSchema,
  closedOrdersParamsSchema,
  closedOrdersResultSchema,
} from './closed-orders.ts';
export {
  type CreateSubaccountParams,
  type CreateSubaccountResult,
  createSubaccountParamsSchema,
  createSubaccountResultSchema,
} from './create-subaccount.ts';
export {
  type CreditLine,
  type CreditLinesParams,
  type CreditLinesResult,
  creditLineSchema,
  creditLinesParamsSchema,
  creditLinesResultSchema,
} from './credit-lines.ts';
export {
  type DepositAddress,
  type DepositAddressesParams,
  type DepositAddressesResult,
  depositAddressesParamsSchema,
  depositAddressesResultSchema,
  depositAddressSchema,
} from './deposit-addresses.ts';
export {
  type DepositMethod,
  type DepositMethodsParams,
  type DepositMethodsResult,
  depositMethodSchema,
  depositMethodsParamsSchema,
  depositMethodsResultSchema,
} from './deposit-methods.ts';
export {
  type Deposit,
  type DepositStatusParams,
  type DepositStatusResult,
  depositSchema,
  depositStatusParamsSchema,
  depositStatusResultSchema,
} from './deposit-status.ts';
export {
  type Depth,
  type DepthLevel,
  type DepthParams,
  type DepthResult,
  depthLevelSchema,
  depthParamsSchema,
  depthResultSchema,
  depthSchema,
} from './depth.ts';
export {
  type EarnAllocateParams,
  type EarnAllocateResult,
  type EarnAllocateStatusParams,
  type EarnAllocateStatusResult,
  type EarnDeallocateParams,
  type EarnDeallocateResult,
  type EarnDeallocateStatusParams,
  type EarnDeallocateStatusResult,
  earnAllocateParamsSchema,
  earnAllocateResultSchema,
  earnAllocateStatusParamsSchema,
  earnAllocateStatusResultSchema,
  earnDeallocateParamsSchema,
  earnDeallocateResultSchema,
  earnDeallocateStatusParamsSchema,
  earnDeallocateStatusResultSchema,
} from './earn-allocate.ts';
export {
  type EarnAllocation,
  type EarnAllocationsParams,
  type EarnAllocationsResult,
  type EarnAmount,
  type EarnWaitingAmount,
  earnAllocationSchema,
  earnAllocationsParamsSchema,
  earnAllocationsResultSchema,
  earnAmountSchema,
  earnWaitingAmountSchema,
} from './earn-allocations.ts';
export {
  type EarnLockType,
  type EarnStrategiesParams,
  type EarnStrategiesResult,
  type EarnStrategy,
  earnLockTypeSchema,
  earnStrategiesParamsSchema,
  earnStrategiesResultSchema,
  earnStrategySchema,
} from './earn-strategies.ts';
export {
  type EditOrderParams,
  type EditOrderResult,
  editOrderParamsSchema,
  editOrderResultSchema,
} from './edit-order.ts';
export type { SpotEndpoint } from './endpoint.ts';
export { type SpotEndpointName, spotEndpoints } from './endpoints.ts';
export { type Envelope, envelopeOf, envelopeSchema } from './envelope.ts';
export {
  type AddExportParams,
  type AddExportResult,
  addExportParamsSchema,
  addExportResultSchema,
  type ExportReport,
  type ExportStatusParams,
  type ExportStatusResult,
  exportReportSchema,
  exportStatusParamsSchema,
  exportStatusResultSchema,
  type RemoveExportParams,
  type RemoveExportResult,
  type RetrieveExportParams,
  type RetrieveExportResult,
  removeExportParamsSchema,
  removeExportResultSchema,
  retrieveExportParamsSchema,
  retrieveExportResultSchema,
} from './exports.ts';
export {
  assetClassSchema,
  orderTypeSchema,
  rebaseMultiplierSchema,
  relativePriceSchema,
  sideSchema,
  tokenizedPairSchema,
} from './fields.ts';
export {
  type GroupedBookLevel,
  type GroupedBookParams,
  type GroupedBookResult,
  groupedBookLevelSchema,
  groupedBookParamsSchema,
  groupedBookResultSchema,
} from './grouped-book.ts';
export {
  type Ledger,
  type LedgersParams,
  type LedgersResult,
  ledgerSchema,
  ledgersParamsSchema,
  ledgersResultSchema,
} from './ledgers.ts';
export {
  type Level3Order,
  type Level3Params,
  type Level3Result,
  level3OrderSchema,
  level3ParamsSchema,
  level3ResultSchema,
} from './level3.ts';
export {
  type OhlcParams,
  type OhlcResult,
  type OhlcRow,
  ohlcParamsSchema,
  ohlcResultSchema,
  ohlcRowSchema,
} from './ohlc.ts';
export {
  type OpenOrdersParams,
  type OpenOrdersResult,
  openOrdersParamsSchema,
  openOrdersResultSchema,
} from './open-orders.ts';
export {
  type OpenPositionsParams,
  type OpenPositionsResult,
  openPositionsParamsSchema,
  openPositionsResultSchema,
  type Position,
  positionSchema,
} from './open-positions.ts';
export {
  type Order,
  type OrderDescription,
  orderDescriptionSchema,
  orderFields,
  orderSchema,
} from './order.ts';
export {
  type OrderAmend,
  type OrderAmendsParams,
  type OrderAmendsResult,
  orderAmendSchema,
  orderAmendsParamsSchema,
  orderAmendsResultSchema,
} from './order-amends.ts';
export {
  type PostTrade,
  type PostTradeParams,
  type PostTradeResult,
  postTradeParamsSchema,
  postTradeResultSchema,
  postTradeSchema,
} from './post-trade.ts';
export {
  type PreTradeLevel,
  type PreTradeParams,
  type PreTradeResult,
  preTradeLevelSchema,
  preTradeParamsSchema,
  preTradeResultSchema,
} from './pre-trade.ts';
export {
  type QueryLedgersParams,
  type QueryLedgersResult,
  queryLedgersParamsSchema,
  queryLedgersResultSchema,
} from './query-ledgers.ts';
export {
  type QueryOrdersParams,
  type QueryOrdersResult,
  queryOrdersParamsSchema,
  queryOrdersResultSchema,
} from './query-orders.ts';
export {
  type QueryTradesParams,
  type QueryTradesResult,
  queryTradesParamsSchema,
  queryTradesResultSchema,
} from './query-trades.ts';
export {
  type SpreadParams,
  type SpreadResult,
  type SpreadRow,
  spreadParamsSchema,
  spreadResultSchema,
  spreadRowSchema,
} from './spread.ts';
export {
  type SystemStatusParams,
  type SystemStatusResult,
  systemStatusParamsSchema,
  systemStatusResultSchema,
} from './system-status.ts';
export {
  type Ticker,
  type TickerParams,
  type TickerResult,
  tickerParamsSchema,
  tickerResultSchema,
  tickerSchema,
} from './ticker.ts';
export { type TimeParams, type TimeResult, timeParamsSchema, timeResultSchema } from './time.ts';
export { type AccountTrade, accountTradeSchema } from './trade.ts';
export {
  type TradeBalanceParams,
  type TradeBalanceResult,
  tradeBalanceParamsSchema,
  tradeBalanceResultSchema,
} from './trade-balance.ts';
export {
  type FeeInfo,
  feeInfoSchema,
  type TradeVolumeParams,
  type TradeVolumeResult,
  tradeVolumeParamsSchema,
  tradeVolumeResultSchema,
} from './trade-volume.ts';
export {
  type TradesParams,
  type TradesResult,
  type TradesRow,
  tradesParamsSchema,
  tradesResultSchema,
  tradesRowSchema,
} from './trades.ts';
export {
  type TradesHistoryParams,
  type TradesHistoryResult,
  tradesHistoryParamsSchema,
  tradesHistoryResultSchema,
} from './trades-history.ts';
export {
  type WalletTransferParams,
  type WalletTransferResult,
  walletTransferParamsSchema,
  walletTransferResultSchema,
} from './wallet-transfer.ts';
export {
  type GetWebSocketsTokenParams,
  type GetWebSocketsTokenResult,
  getWebSocketsTokenParamsSchema,
  getWebSocketsTokenResultSchema,
} from './websockets-token.ts';
export {
  type WithdrawParams,
  type WithdrawResult,
  withdrawParamsSchema,
  withdrawResultSchema,
} from './withdraw.ts';
export {
  type WithdrawAddress,
  type WithdrawAddressesParams,
  type WithdrawAddressesResult,
  withdrawAddressesParamsSchema,
  withdrawAddressesResultSchema,
  withdrawAddressSchema,
} from './withdraw-addresses.ts';
export {
  type WithdrawCancelParams,
  type WithdrawCancelResult,
  withdrawCancelParamsSchema,
  withdrawCancelResultSchema,
} from './withdraw-cancel.ts';
export {
  type WithdrawInfoParams,
  type WithdrawInfoResult,
  withdrawInfoParamsSchema,
  withdrawInfoResultSchema,
} from './withdraw-info.ts';
export {
  type WithdrawMethod,
  type WithdrawMethodsParams,
  type WithdrawMethodsResult,
  withdrawMethodSchema,
  withdrawMethodsParamsSchema,
  withdrawMethodsResultSchema,
} from './withdraw-methods.ts';
export {
  type Withdrawal,
  type WithdrawStatusParams,
  type WithdrawStatusResult,
  withdrawalSchema,
  withdrawStatusParamsSchema,
  withdrawStatusResultSchema,
} from './withdraw-status.ts';
