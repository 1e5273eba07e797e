/**
 * Order books that are verified by the exchange's checksum on every message, or say why they are not.
 *
 * @packageDocumentation
 */
export type {
  BookState,
  BookStats,
  BookStatus,
  BookStatusEvent,
  ReadableBook,
} from './book-state.ts';
export { type BookChange, type BookFeed, type BooksOptions, books } from './books.ts';
export type { ResyncLimits } from './resync-policy.ts';
