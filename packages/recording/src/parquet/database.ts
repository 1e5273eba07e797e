import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type DeriveOptions, tablesOf } from '../derive/derive-options.ts';
import {
  type DeriveReading,
  deriveSegments,
  openSource,
  type Source,
} from '../derive/derive-segments.ts';
import { Deriver } from '../derive/deriver.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { writing } from '../writing.ts';
import { TableWriter } from './table-writer.ts';

export interface DatabaseOptions extends DeriveReading, DeriveOptions {
  /** What DuckDB may take; default 256 MB. */
  readonly memoryMb?: number | undefined;
}

/**
 * Derives all tables of a journal into one DuckDB file, which replaces what stood there once it is whole.
 * Returns the rows by table.
 *
 * @throws RecordingError as reading does, `WRITE_FAILED`, `INVALID_FRAME` for a number that no column holds
 *   exactly; the signal's reason.
 */
export async function exportDatabase(
  path: string,
  file: string,
  options: DatabaseOptions = {},
): Promise<Record<string, number>> {
  const source = await openSource(path, options.processes);
  return writing(file, () => fillDatabase(source, file, options));
}

async function fillDatabase(
  source: Source,
  file: string,
  options: DatabaseOptions,
): Promise<Record<string, number>> {
  const { sample, metrics } = options;
  const tables = tablesOf(options);
  const temporary = `${file}.partial`;
  const clear = (): Promise<unknown> =>
    Promise.all([temporary, `${temporary}.wal`].map((name) => rm(name, { force: true })));
  await clear();
  const settings = { threads: '2', memory_limit: `${options.memoryMb ?? 256}MB` };
  const instance = await DuckDBInstance.create(temporary, settings);
  const counts: Record<string, number> = {};
  try {
    const connection = await instance.connect();
    const writers = new Map<string, TableWriter>();
    for (const table of tables) writers.set(table, await TableWriter.create(connection, table));
    const onRow: ConstructorParameters<typeof Deriver>[1]['onRow'] = ({ table, row }) => {
      writers.get(table)?.add(row);
    };
    const deriver = new Deriver({ tables, sample, metrics }, { onRow });
    for await (const _ of deriveSegments(source, () => true, deriver, options)) {
      // The rows go into DuckDB as they come.
    }
    for (const [table, writer] of writers) {
      writer.flush();
      counts[table] = writer.rows;
    }
    await connection.run('CHECKPOINT');
    connection.closeSync();
  } catch (error) {
    instance.closeSync();
    await clear();
    throw error;
  }
  instance.closeSync();
  await rename(temporary, file);
  await nodeFileSystem.syncDirectory(dirname(file));
  return counts;
}
