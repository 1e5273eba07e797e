/**
 * The Unified WebSocket of Kraken: derivatives now, spot to come.
 *
 * @packageDocumentation
 */
export {
  createUnifiedClient,
  type UnifiedChannel,
  type UnifiedClient,
  type UnifiedClientOptions,
  type UnifiedMessage,
  type UnifiedParams,
  unifiedUrls,
} from './create-client.ts';
export type { AssetClass } from './protocol.ts';
