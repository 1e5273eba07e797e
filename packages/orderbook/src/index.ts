/**
 * Exact order books of Kraken's feeds, verified by CRC-32 on every message.
 *
 * @packageDocumentation
 */
export { crc32 } from './crc32.ts';
export {
  isOrderBookError,
  OrderBookError,
  type OrderBookErrorCode,
  type OrderBookErrorContexts,
} from './errors.ts';
export { L2Book, type L2BookOptions } from './l2-book.ts';
export type { ApplyOutcome, BookLevels, Level } from './types.ts';
