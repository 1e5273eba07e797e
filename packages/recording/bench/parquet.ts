import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { columnsOf } from '../src/derive/tables.ts';
import { exportFiles } from '../src/export.ts';
import { sqlTypeOf } from '../src/parquet/duck-types.ts';
import { deriveParquet } from '../src/parquet.ts';

/** Rows a second from the journal to Parquet files. */
export async function fromJournal(directory: string): Promise<number> {
  const to = join(directory, 'parquet');
  await rm(to, { recursive: true, force: true });
  const since = performance.now();
  const { rows } = await deriveParquet(join(directory, 'journal'), { to, tables: ['book'] });
  return (rows['book'] ?? 0) / ((performance.now() - since) / 1000);
}

/** The same rows as NDJSON. */
export async function writeRows(directory: string): Promise<number> {
  const to = join(directory, 'rows');
  const formats = ['ndjson'] as const;
  const files = await exportFiles(join(directory, 'journal'), { to, formats, tables: ['book'] });
  return files[0]?.rows ?? 0;
}

/** Rows a second of DuckDB's own COPY from that NDJSON into the same partitions. */
export async function duckCopy(directory: string, rows: number): Promise<number> {
  const to = join(directory, 'copied');
  await rm(to, { recursive: true, force: true });
  await mkdir(to);
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '256MB' });
  const connection = await instance.connect();
  const types = columnsOf('book').map(([name, type]) => `${name}: '${sqlTypeOf(type)}'`);
  const source = `read_json('${directory}/rows/book.ndjson', format = 'newline_delimited', columns = {${types.join(', ')}})`;
  const since = performance.now();
  await connection.run(
    `COPY (SELECT *, CAST(received_at AS DATE) AS "date" FROM ${source}) TO '${to}/channel=book' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (symbol, "date"))`,
  );
  const seconds = (performance.now() - since) / 1000;
  instance.closeSync();
  return rows / seconds;
}
