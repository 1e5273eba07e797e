/**
 * Exact order books of Kraken's feeds, verified by CRC-32 on every message.
 *
 * @packageDocumentation
 */

export { Books, type BooksOptions } from './books.ts';
export { crc32 } from './crc32.ts';
export {
  isOrderBookError,
  OrderBookError,
  type OrderBookErrorCode,
  type OrderBookErrorContexts,
} from './errors.ts';
export {
  type ChecksumPart,
  type ChecksumReport,
  type ChecksumSource,
  explainChecksum,
  formatChecksumReport,
} from './explain.ts';
export { checkIntegrity, type IntegrityIssue } from './integrity.ts';
export { L2Book } from './l2-book.ts';
export { L3Book } from './l3-book.ts';
export type { L2BookOptions, L3BookOptions, PrecisionOptions } from './options.ts';
export type {
  ApplyOutcome,
  BookLevels,
  BookSide,
  BookView,
  L2Snapshot,
  L3Snapshot,
  Level,
  Order,
  OrderEvent,
  OrderSnapshotLevels,
  OrderUpdateLevels,
} from './types.ts';
