/** What a recording is exported as; `known` are the files of older tools, `wide` sampled books. */
export const EXPORT_FORMATS = ['parquet', 'csv', 'ndjson', 'known', 'wide', 'duckdb'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
