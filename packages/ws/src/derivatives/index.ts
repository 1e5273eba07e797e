/**
 * Derivatives over either of their sockets, futures v1 or Unified: one program for both.
 *
 * @packageDocumentation
 */
export {
  createDerivativesClient,
  type DerivativesClient,
  type DerivativesClientOptions,
  type DerivativesProtocol,
  derivativesUrls,
} from './create-client.ts';
export { type MarketTicker, tickers } from './tickers.ts';
export { type MarketTrade, type TradesMessage, trades } from './trades.ts';
