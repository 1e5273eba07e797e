/**
 * SQL over a recording. Needs `@duckdb/node-api`.
 *
 * @packageDocumentation
 */
export {
  openQuery,
  type QueryOptions,
  type QueryResult,
  type RecordingQuery,
} from './query/open-query.ts';
