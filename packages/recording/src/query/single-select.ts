import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { RecordingError } from '../errors.ts';

/** Comments, white space and brackets, then a word that begins a query. PRAGMAs are SELECTs to DuckDB, too. */
const QUERY = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|with|from|values)\b/i;

/** @throws RecordingError `INVALID_QUERY` for anything but one SELECT that DuckDB can parse. */
export async function assertSingleSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  if (!QUERY.test(sql)) throw refuse('it begins with none of SELECT, WITH, FROM and VALUES');
  const extracted = await connection.extractStatements(sql).catch((error: unknown) => {
    throw refuse(`DuckDB cannot read it: ${messageOf(error)}`);
  });
  if (extracted.count !== 1) throw refuse(`it holds ${extracted.count} statements`);
  const prepared = await extracted.prepare(0).catch((error: unknown) => {
    throw refuse(`DuckDB refuses it: ${messageOf(error)}`);
  });
  try {
    if (prepared.statementType !== StatementType.SELECT) {
      throw refuse(
        `it is a ${StatementType[prepared.statementType] ?? 'statement of another kind'}`,
      );
    }
  } finally {
    prepared.destroySync();
  }
}

function refuse(why: string): RecordingError {
  return new RecordingError(
    'INVALID_QUERY',
    `A query is one SELECT, and nothing else: ${why}. What it asks of is read-only.`,
  );
}

/** What DuckDB says of a query that it could read, and not answer. */
export function unanswered(error: unknown): RecordingError {
  const message = `DuckDB could not answer it: ${messageOf(error)}`;
  return new RecordingError('INVALID_QUERY', message, {}, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
