import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBValue,
  type DuckDBVector,
} from '@duckdb/node-api';
import { type Cell, columnsOf, type TableName } from '../derive/tables.ts';
import { duckTypeOf, duckValueOf, sqlTypeOf } from './duck-types.ts';

/** What DuckDB takes at once. */
const CHUNK_ROWS = 2048;

/**
 * Puts the rows of one table into DuckDB: each value goes straight into a chunk's column, for what waits
 * in arrays of objects costs more to collect than to convert.
 */
export class TableWriter {
  readonly table: TableName;
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  readonly #columns: readonly (readonly [string, Parameters<typeof duckTypeOf>[0]])[];
  /** Of the row before: most cells of a message's rows are the same. */
  #cells: Cell[] = [];
  #values: DuckDBValue[] = [];
  #appender: DuckDBAppender | undefined;
  #chunk: DuckDBDataChunk | undefined;
  #vectors: readonly DuckDBVector[] = [];
  #inChunk = 0;
  #rows = 0;

  private constructor(connection: DuckDBConnection, table: TableName, name: string) {
    this.#connection = connection;
    this.table = table;
    this.#name = name;
    this.#columns = columnsOf(table);
  }

  /** Creates the table in DuckDB under `name`. */
  static async create(
    connection: DuckDBConnection,
    table: TableName,
    name: string = table,
  ): Promise<TableWriter> {
    const writer = new TableWriter(connection, table, name);
    await writer.clear();
    return writer;
  }

  /** In the table, and on their way to it. */
  get rows(): number {
    return this.#rows;
  }

  /** @throws RecordingError `INVALID_FRAME` for a number that its column cannot hold exactly. */
  add(row: Readonly<Record<string, Cell>>): void {
    if (this.#chunk === undefined) this.#beginChunk();
    for (let at = 0; at < this.#columns.length; at += 1) {
      const [name, type] = this.#columns[at] ?? ['', 'text'];
      const cell = row[name];
      if (cell !== this.#cells[at]) {
        this.#values[at] = duckValueOf(cell, type);
        this.#cells[at] = cell;
      }
      this.#vectors[at]?.setItem(this.#inChunk, this.#values[at] ?? null);
    }
    this.#inChunk += 1;
    this.#rows += 1;
    if (this.#inChunk === CHUNK_ROWS) this.#endChunk();
  }

  /** Everything that was added is in the table now; nothing can be added before it is cleared. */
  flush(): void {
    this.#endChunk();
    this.#appender?.closeSync();
    this.#appender = undefined;
  }

  /** Empties the table. */
  async clear(): Promise<void> {
    this.flush();
    await this.#connection.run(
      `CREATE OR REPLACE TABLE ${quoteName(this.#name)} (${createColumns(this.table)})`,
    );
    this.#appender = await this.#connection.createAppender(this.#name);
    this.#rows = 0;
  }

  #beginChunk(): void {
    const types = this.#columns.map(([, type]) => duckTypeOf(type));
    const chunk = DuckDBDataChunk.create(types, CHUNK_ROWS);
    this.#vectors = types.map((_, at) => chunk.getColumnVector(at));
    this.#chunk = chunk;
    this.#inChunk = 0;
  }

  #endChunk(): void {
    const chunk = this.#chunk;
    if (chunk === undefined) return;
    for (const vector of this.#vectors) vector.flush();
    chunk.rowCount = this.#inChunk;
    this.#appender?.appendDataChunk(chunk);
    this.#chunk = undefined;
    this.#vectors = [];
  }
}

function createColumns(table: TableName): string {
  return columnsOf(table)
    .map(([name, type]) => `${quoteName(name)} ${sqlTypeOf(type)}`)
    .join(', ');
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
