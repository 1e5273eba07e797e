import { type DuckDBConnection, DuckDBDataChunk, type DuckDBValue } from '@duckdb/node-api';
import { type Cell, columnsOf, type TableName } from '../derive/tables.ts';
import { duckTypeOf, duckValueOf, sqlTypeOf } from './duck-types.ts';

/** What DuckDB takes at once. */
const CHUNK_ROWS = 2048;

/** Gathers the rows of one table, column by column, and appends them to DuckDB chunk by chunk. */
export class TableWriter {
  readonly table: TableName;
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  readonly #columns: readonly (readonly [string, Parameters<typeof duckTypeOf>[0]])[];
  #values: DuckDBValue[][];
  #waiting = 0;
  #rows = 0;

  private constructor(connection: DuckDBConnection, table: TableName, name: string) {
    this.#connection = connection;
    this.table = table;
    this.#name = name;
    this.#columns = columnsOf(table);
    this.#values = this.#columns.map(() => []);
  }

  /** Creates the table in DuckDB under `name`. */
  static async create(
    connection: DuckDBConnection,
    table: TableName,
    name: string = table,
  ): Promise<TableWriter> {
    await connection.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${createColumns(table)})`);
    return new TableWriter(connection, table, name);
  }

  /** In the table, and waiting for it. */
  get rows(): number {
    return this.#rows + this.#waiting;
  }

  add(row: Readonly<Record<string, Cell>>): void {
    for (const [at, [name, type]] of this.#columns.entries()) {
      this.#values[at]?.push(duckValueOf(row[name], type));
    }
    this.#waiting += 1;
  }

  /** Puts what waits into the table. */
  async flush(): Promise<void> {
    if (this.#waiting === 0) return;
    const appender = await this.#connection.createAppender(this.#name);
    const types = this.#columns.map(([, type]) => duckTypeOf(type));
    for (let from = 0; from < this.#waiting; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, this.#waiting - from);
      const chunk = DuckDBDataChunk.create(types, count);
      chunk.setColumns(this.#values.map((column) => column.slice(from, from + count)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    this.#rows += this.#waiting;
    this.#waiting = 0;
    this.#values = this.#columns.map(() => []);
  }

  /** Empties the table. */
  async clear(): Promise<void> {
    await this.#connection.run(
      `CREATE OR REPLACE TABLE ${quoteName(this.#name)} (${createColumns(this.table)})`,
    );
    this.#rows = 0;
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
