import { trimDecimal } from '@kr/orderbook/decimal';
import { type Column, type CommandResult, formatCell, type Row } from '../../output/result.ts';
import { createProgress } from '../../progress.ts';
import { openRecording } from '../../recording-source.ts';
import type { Session } from '../../session.ts';

/** One SELECT over a recording, read-only; without one, the tables and their columns. */
export const queryRecording = async (
  session: Session,
  _options: object,
  name: string,
  sql: string | undefined,
): Promise<CommandResult> => {
  const { io, signal } = session;
  const recording = await openRecording(name, io);
  if (sql === undefined) return listTables(recording.simulated);
  const text = sql === '-' ? await io.readStdin() : sql;
  const progress = createProgress('reading what is not Parquet yet', 'bytes', io);
  const { openQuery } = await import('@kr/recording/query');
  const query = await openQuery(recording.path, {
    signal,
    processes: recording.processes,
    onProgress: ({ bytes, totalBytes }) => progress.at(bytes, totalBytes),
  });
  try {
    progress.end();
    const { columns, rows } = await query.run(text, { signal });
    return {
      columns: columns.map((key) => columnOf(key, rows)),
      rows,
      empty: 'no row',
      simulated: recording.simulated,
    };
  } finally {
    progress.end();
    await query.close();
  }
};

/** DuckDB prints decimals with all the places of their column: of its zeros nobody reads any. */
const columnOf = (key: string, rows: readonly Row[]): Column => {
  const cells = rows.map((row) => row[key]).filter((cell) => cell !== null);
  const isNumeric = cells.every((cell) => /^-?\d+(?:\.\d+)?$/.test(formatCell(cell)));
  return isNumeric ? { key, align: 'decimal', shown: trimPlaces } : { key };
};

const trimPlaces = (text: string): string => (/\.\d{18}$/.test(text) ? trimDecimal(text) : text);

const listTables = async (simulated: boolean): Promise<CommandResult> => {
  const { columnsOf, TABLE_NAMES } = await import('@kr/recording/export');
  const rows: Row[] = TABLE_NAMES.filter(
    (table) => table !== 'book_sample' && table !== 'metrics',
  ).flatMap((table) => columnsOf(table).map(([column, type]) => ({ table, column, type })));
  return { columns: [{ key: 'table' }, { key: 'column' }, { key: 'type' }], rows, simulated };
};
