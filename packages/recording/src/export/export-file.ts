import type { BookSample } from '../derive/book-sampler.ts';
import { type Cell, columnsOf, type TableName } from '../derive/tables.ts';
import { cellText, csvLine, ndjsonLine } from './text.ts';

/** A file that an export writes: what begins it, and what a row or a sample adds. */
export interface ExportFile {
  readonly name: string;
  readonly header: string;
  readonly table?: TableName | undefined;
  readonly row?: ((row: Readonly<Record<string, Cell>>) => string) | undefined;
  readonly sample?: ((sample: BookSample) => string) | undefined;
}

/** A table as CSV, all its columns by their names. */
export function csvFile(table: TableName): ExportFile {
  const columns = columnsOf(table);
  return {
    name: `${table}.csv`,
    header: csvLine(columns.map(([name]) => name)),
    table,
    row: (row) => csvLine(columns.map(([name, type]) => cellText(row[name], type))),
  };
}

export function ndjsonFile(table: TableName): ExportFile {
  const columns = columnsOf(table);
  return {
    name: `${table}.ndjson`,
    header: '',
    table,
    row: (row) => ndjsonLine(columns, row),
  };
}

/** Books in the wide form: a row a sample, `ask_px_0,ask_sz_0,bid_px_0,bid_sz_0,…`; a level that is not there is empty. */
export function wideBookFile(levels: number): ExportFile {
  const ranks = Array.from({ length: levels }, (_, rank) => rank);
  const names = ranks.flatMap((rank) =>
    ['ask_px', 'ask_sz', 'bid_px', 'bid_sz'].map((name) => `${name}_${rank}`),
  );
  return {
    name: 'book_wide.csv',
    header: csvLine(['symbol', 'timestamp', 'ts_recv', ...names]),
    sample: ({ symbol, exchangeNs, receivedNs, bids, asks }) =>
      csvLine([
        symbol,
        cellText(exchangeNs, 'timestamp'),
        cellText(receivedNs, 'timestamp'),
        ...ranks.flatMap((rank) => [
          ...[asks[rank]?.price ?? '', asks[rank]?.quantity ?? ''],
          ...[bids[rank]?.price ?? '', bids[rank]?.quantity ?? ''],
        ]),
      ]),
  };
}
