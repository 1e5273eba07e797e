/**
 * Kraken's REST APIs: every endpoint of Spot and Futures, typed, with exact decimals. Reads are
 * repeated when that helps, what changes something never; errors say what the exchange may have done.
 *
 * @packageDocumentation
 */
export type { Rounding } from '@kr/orderbook/decimal';
export type { CallOptions, ClientOptions } from './call-options.ts';
export {
  assertFuturesOrder,
  type FuturesOrderAmounts,
  type QuantizeFuturesOptions,
  quantizeFutures,
} from './check-futures-order.ts';
export { assertOrder, type OrderAmounts, type QuantizeOptions, quantize } from './check-order.ts';
export {
  type DeadMansSwitch,
  type DeadMansSwitchOptions,
  holdDeadMansSwitch,
} from './dead-mans-switch.ts';
export {
  isRestError,
  RestError,
  type RestErrorCode,
  type RestErrorContext,
  type RestFailure,
} from './errors.ts';
export {
  type EarnStrategy,
  pagesOfDeposits,
  pagesOfEarnStrategies,
  pagesOfWithdrawals,
} from './funding-pages.ts';
export {
  createFuturesClient,
  type FuturesClient,
  type FuturesClientBase,
  type FuturesClientOptions,
  type FuturesMethods,
  type FuturesParams,
  type FuturesResult,
} from './futures-client.ts';
export {
  createFuturesGovernor,
  type FuturesGovernorOptions,
  type FuturesLimits,
  futuresLimits,
} from './futures-governor.ts';
export { createFuturesInstruments, type FuturesInstrument } from './futures-instrument.ts';
export { FUTURES_V3_NOTICE, type FuturesNotice } from './futures-notice.ts';
export {
  createFuturesOrders,
  type FuturesBatchOptions,
  type FuturesOrders,
  type FuturesOrdersOptions,
  type NewFuturesBatchOrder,
  type NewFuturesOrder,
} from './futures-orders.ts';
export {
  type FuturesElement,
  type FuturesFill,
  type FuturesHistory,
  type FuturesLogEntry,
  type FuturesTrade,
  pagesOfAccountLog,
  pagesOfFills,
  pagesOfFuturesTrades,
  pagesOfHistory,
} from './futures-pages.ts';
export type { FuturesOrderState, ReconciledFutures } from './futures-reconcile.ts';
export type {
  CounterView,
  GovernedCall,
  GovernorOptions,
  RateGovernor,
  RatePlace,
  RatePlan,
} from './governor.ts';
export { createInstruments, type Instrument } from './instrument.ts';
export type { PairTable } from './pair-names.ts';
export type { Params, ParamValue } from './params.ts';
export type { Reconciled, ReconcileOptions } from './reconcile.ts';
export type { RetryEvent, RetryPolicy } from './retry.ts';
export type { RequestSigner, RequestToSign } from './signer.ts';
export {
  createSpotClient,
  type RequestOptions,
  type SpotClient,
  type SpotClientBase,
  type SpotClientOptions,
  type SpotMethods,
  type SpotParams,
  type SpotResult,
} from './spot-client.ts';
export { createSpotGovernor, type SpotGovernorOptions } from './spot-governor.ts';
export { type SpotLimits, type SpotTier, spotLimits } from './spot-limits.ts';
export {
  type BatchedOrder,
  type BatchOptions,
  createSpotOrders,
  type NewOrder,
  type OrderIntent,
  type PlaceOptions,
  type SpotOrders,
  type SpotOrdersOptions,
} from './spot-orders.ts';
export {
  type PagedRows,
  type PagesOptions,
  pagesOfClosedOrders,
  pagesOfLedgers,
  pagesOfPostTrade,
  pagesOfTrades,
  pagesOfTradesHistory,
} from './spot-pages.ts';
export { createTokenProvider } from './token-provider.ts';
export {
  NotSentError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts';
export { createHttpTransport, type HttpTransportOptions } from './undici-transport.ts';
