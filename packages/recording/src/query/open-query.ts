import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type DeriveReading, deriveSegments, openSource } from '../derive/derive-segments.ts';
import { Deriver } from '../derive/deriver.ts';
import { columnsOf, TABLE_NAMES, type TableName } from '../derive/tables.ts';
import { readDerived } from '../parquet/derived-ledger.ts';
import { quoteName, quoteText, TableWriter } from '../parquet/table-writer.ts';
import { assertSingleSelect, unanswered } from './single-select.ts';

export interface QueryOptions extends DeriveReading {
  /** Where `deriveParquet` has put the files; default `parquet` in the recording's directory. */
  readonly parquet?: string | undefined;
  /** What DuckDB may take; default 256 MB. */
  readonly memoryMb?: number | undefined;
}

export interface QueryResult {
  readonly columns: readonly string[];
  /** JSON-ready: decimals, times and whole numbers of 64 bits are texts, to the last digit. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** A recording as read-only tables, one a channel. */
export interface RecordingQuery extends AsyncDisposable {
  /** @throws RecordingError `INVALID_QUERY` for anything but one SELECT that DuckDB can answer. */
  run(sql: string, options?: { readonly signal?: AbortSignal }): Promise<QueryResult>;
  close(): Promise<void>;
}

const TAIL = '_tail';

/**
 * Opens a recording for SQL: a view a channel over its Parquet files and over what is not derived yet, as it
 * stands now. DuckDB is locked to the Parquet directory before the first statement of the caller's: no other
 * file, no network, no extension, no setting.
 *
 * @throws RecordingError as reading does; the signal's reason.
 */
export async function openQuery(path: string, options: QueryOptions = {}): Promise<RecordingQuery> {
  const source = await openSource(path, options.processes);
  const parquet = resolve(options.parquet ?? join(source.located.directory, 'parquet'));
  const derived = await readDerived(parquet);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${options.memoryMb ?? 256}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    const writers = new Map<string, TableWriter>();
    for (const table of TABLE_NAMES) {
      writers.set(table, await TableWriter.create(connection, table, table + TAIL));
    }
    let isTail = false;
    const deriver = new Deriver(
      {},
      {
        onRow: ({ table, row }) => {
          if (isTail) writers.get(table)?.add(row);
        },
      },
    );
    const first = Math.min(
      ...source.located.segments
        .map(({ segment }) => segment)
        .filter((segment) => !derived.has(segment)),
    );
    const onBegin = (segment: number): void => {
      isTail = !derived.has(segment);
    };
    const reading = { ...options, onBegin };
    // The books of what is not derived began in what is.
    const isWanted = (): boolean => first < Infinity;
    for await (const _ of deriveSegments(source, isWanted, deriver, reading)) {
      // The rows go into DuckDB as they come.
    }
    for (const writer of writers.values()) writer.flush();
    for (const table of TABLE_NAMES) await createView(connection, table, parquet);
    await lock(connection, parquet);
    return new DuckQuery(instance, connection);
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** The columns as they are derived, `date` last. */
async function createView(
  connection: DuckDBConnection,
  table: TableName,
  parquet: string,
): Promise<void> {
  const names = columnsOf(table)
    .map(([name]) => quoteName(name))
    .join(', ');
  const tail = `SELECT ${names}, CAST(received_at AS DATE) AS "date" FROM ${table}${TAIL}`;
  const directory = join(parquet, `channel=${table}`);
  const files = await readdir(directory, { recursive: true }).catch(() => []);
  const hasFiles = files.some((name) => name.endsWith('.parquet'));
  const glob = quoteText(join(directory, '**', '*.parquet'));
  const symbol = names.includes('"symbol"') ? ", 'symbol': VARCHAR" : '';
  const stored = `SELECT ${names}, "date" FROM read_parquet(${glob}, hive_partitioning = true, hive_types = {'date': DATE${symbol}})`;
  const body = hasFiles ? `${stored} UNION ALL ${tail}` : tail;
  await connection.run(`CREATE VIEW ${quoteName(table)} AS ${body}`);
}

async function lock(connection: DuckDBConnection, parquet: string): Promise<void> {
  await connection.run(`SET allowed_directories = [${quoteText(`${parquet}/`)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

class DuckQuery implements RecordingQuery {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  async run(sql: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<QueryResult> {
    signal?.throwIfAborted();
    await assertSingleSelect(this.#connection, sql);
    const interrupt = (): void => {
      this.#connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      const reader = await this.#connection.runAndReadAll(sql);
      const rows = reader.getRowObjectsJson();
      return { columns: reader.columnNames(), rows };
    } catch (error) {
      signal?.throwIfAborted();
      throw unanswered(error);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  // oxlint-disable-next-line require-await -- the interface of every resource; DuckDB closes at once
  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
