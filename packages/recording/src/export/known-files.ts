import { type Cell, columnsOf, type TableName } from '../derive/tables.ts';
import type { ExportFile } from './export-file.ts';
import { cellText, csvLine } from './text.ts';

const TICKER_V1 = columnsOf('ticker_v1')
  .map(([name]) => name)
  .slice(6);
const TICKER = ['bid', 'bid_qty', 'ask', 'ask_qty', 'last', 'volume', 'vwap', 'low', 'high'];
const CHANGES = ['change', 'change_pct'];

/**
 * The files that users of older recorders know, by name and columns. `timestamp` is when a message came,
 * where the exchange writes none; of a candle it is its end, `tstart` its beginning and `ttrue` when it came.
 */
export const KNOWN_FILES: readonly ExportFile[] = [
  known('kraken_ticker_history.csv', 'ticker_v1', [
    ...[['timestamp', 'received_at'] as const, ['pair', 'symbol'] as const],
    ...same(TICKER_V1),
  ]),
  known('kraken_ticker_history_v2.csv', 'ticker', [
    ...[['timestamp', 'received_at'] as const, ['pair', 'symbol'] as const],
    ...same(['type', ...TICKER, ...CHANGES]),
  ]),
  known('L1.csv', 'ticker', [
    ['timestamp', 'received_at'],
    ...same(['symbol', ...TICKER, ...CHANGES]),
  ]),
  known('L3.csv', 'level3', [
    ['side', 'side'],
    ['ts_event', 'exchange_time'],
    ['ts_recv', 'received_at'],
    ['price', 'price'],
    ['size', 'quantity'],
    ['action', 'event'],
    ...same(['order_id', 'symbol']),
  ]),
  known('OHLC.csv', 'ohlc', [
    ['timestamp', 'exchange_time'],
    ...same(['symbol', 'open', 'high', 'low', 'close', 'volume', 'vwap', 'trades']),
    ['tstart', 'interval_begin'],
    ['ttrue', 'received_at'],
  ]),
  known('trades.csv', 'trade', [
    ['ts_event', 'exchange_time'],
    ...same(['symbol', 'price']),
    ['qty', 'quantity'],
    ...same(['side', 'ord_type', 'trade_id']),
  ]),
  known('connection_events.csv', 'connections', [
    ['timestamp', 'received_at'],
    ...same(['connection_id', 'event', 'reason', 'detail']),
  ]),
];

function same(names: readonly string[]): (readonly [string, string])[] {
  return names.map((name) => [name, name]);
}

function known(
  name: string,
  table: TableName,
  columns: readonly (readonly [title: string, column: string])[],
): ExportFile {
  const types = new Map(columnsOf(table));
  const picked = columns.map(([, column]) => [column, types.get(column) ?? 'text'] as const);
  return {
    name,
    header: csvLine(columns.map(([title]) => title)),
    table,
    row: (row: Readonly<Record<string, Cell>>) =>
      csvLine(picked.map(([column, type]) => cellText(row[column], type))),
  };
}
