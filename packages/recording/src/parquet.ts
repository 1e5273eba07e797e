/**
 * Parquet files, and one DuckDB file, derived from a journal. Needs `@duckdb/node-api`.
 *
 * @packageDocumentation
 */
export type { SampleOptions } from './derive/book-sampler.ts';
export { type DatabaseOptions, exportDatabase } from './parquet/database.ts';
export {
  deriveParquet,
  type ParquetOptions,
  type ParquetResult,
} from './parquet/derive-parquet.ts';
export { type DerivedSegment, readDerived } from './parquet/derived-ledger.ts';
