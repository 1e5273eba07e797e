import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Cell, columnsOf, type TableName } from '../derive/tables.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { quoteText, TableWriter } from './table-writer.ts';

/** Writes the rows of one segment after the other into files below a directory, batch by batch. */
export class SegmentFiles {
  readonly #connection: DuckDBConnection;
  readonly #directory: string;
  readonly #writers: ReadonlyMap<TableName, TableWriter>;
  #segment = 0;
  #batch = 0;
  #counts: Record<string, number> = {};

  private constructor(
    connection: DuckDBConnection,
    directory: string,
    writers: ReadonlyMap<TableName, TableWriter>,
  ) {
    this.#connection = connection;
    this.#directory = directory;
    this.#writers = writers;
  }

  static async create(
    connection: DuckDBConnection,
    directory: string,
    tables: readonly TableName[],
  ): Promise<SegmentFiles> {
    const writers = new Map<TableName, TableWriter>();
    for (const table of tables) writers.set(table, await TableWriter.create(connection, table));
    return new SegmentFiles(connection, directory, writers);
  }

  begin(segment: number): void {
    this.#segment = segment;
    this.#batch = 0;
  }

  add(table: TableName, row: Readonly<Record<string, Cell>>): void {
    this.#writers.get(table)?.add(row);
  }

  /** Makes files of what there is, when it is at least so many rows. */
  async write(atLeast: number): Promise<void> {
    await nodeFileSystem.makeDirectory(this.#directory);
    let rows = 0;
    for (const writer of this.#writers.values()) rows += writer.rows;
    if (rows < atLeast) return;
    for (const writer of this.#writers.values()) if (writer.rows > 0) await this.#copy(writer);
    this.#batch += 1;
  }

  /** Rows by table since the last call. */
  takeCounts(): Record<string, number> {
    const counts = this.#counts;
    this.#counts = {};
    return counts;
  }

  async #copy(writer: TableWriter): Promise<void> {
    const { table, rows } = writer;
    this.#counts[table] = (this.#counts[table] ?? 0) + rows;
    writer.flush();
    const hasSymbol = columnsOf(table).some(([name]) => name === 'symbol');
    const number = String(this.#segment).padStart(6, '0');
    const options = [
      ...['FORMAT parquet', 'COMPRESSION zstd', 'OVERWRITE_OR_IGNORE'],
      `PARTITION_BY (${hasSymbol ? 'symbol, "date"' : '"date"'})`,
      `FILENAME_PATTERN ${quoteText(`segment-${number}-${this.#batch}-{i}`)}`,
    ].join(', ');
    const to = join(this.#directory, `channel=${table}`);
    await this.#connection.run(
      `COPY (SELECT *, CAST(received_at AS DATE) AS "date" FROM ${table}) TO ${quoteText(to)} (${options})`,
    );
    await writer.clear();
  }
}
