/**
 * Order books that are verified on every message, by the exchange's checksum or by its numbers, or say
 * why they are not.
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
export {
  type BookChange,
  type BookClient,
  type BookFeed,
  type BooksOptions,
  books,
} from './books.ts';
export type { Proof } from './kept-book.ts';
export type { ResyncLimits } from './resync-policy.ts';
