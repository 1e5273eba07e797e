/**
 * Tables derived from a journal, as CSV and NDJSON.
 *
 * @packageDocumentation
 */
export type { BookSample, SampleOptions } from './derive/book-sampler.ts';
export type { DeriveOptions } from './derive/derive-options.ts';
export type { DeriveProgress } from './derive/derive-segments.ts';
export {
  type BookApplied,
  type DeriveCheckpoint,
  type DeriveHandlers,
  Deriver,
} from './derive/deriver.ts';
export {
  type Cell,
  type ColumnType,
  columnsOf,
  type DerivedRow,
  type Row,
  TABLE_NAMES,
  TABLES,
  type TableName,
} from './derive/tables.ts';
export { type ExportedFile, type ExportOptions, exportFiles } from './export/export-files.ts';
export { type SnapshotSource, writeLiveBooks } from './export/live-books.ts';
