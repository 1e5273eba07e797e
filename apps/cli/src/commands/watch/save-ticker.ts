import { open, rename } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { csvLine } from '../../output/csv.ts';
import { formatCell, type Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';

interface TickerFile {
  readonly name: string;
  /** Title in the file, and key of the row. */
  readonly columns: readonly (readonly [title: string, key: string])[];
}

const same = (...keys: string[]) => keys.map((key) => [key, key] as const);

/** The files that users of older tools know, by name and columns. */
const FILES: Readonly<Record<'v1' | 'v2', TickerFile>> = {
  v1: {
    name: 'kraken_ticker_history.csv',
    columns: [
      ['timestamp', 'received_at'],
      ['pair', 'symbol'],
      ...same('ask_price', 'ask_whole_lot_volume', 'ask_lot_volume'),
      ...same('bid_price', 'bid_whole_lot_volume', 'bid_lot_volume'),
      ...same('last_trade_price', 'last_trade_volume', 'volume_today', 'volume_24h'),
      ...same('vwap_today', 'vwap_24h', 'trades_today', 'trades_24h', 'low_today', 'low_24h'),
      ...same('high_today', 'high_24h', 'opening_price'),
    ],
  },
  v2: {
    name: 'kraken_ticker_history_v2.csv',
    columns: [
      ['timestamp', 'received_at'],
      ['pair', 'symbol'],
      ['type', 'type'],
      ['bid', 'bid'],
      ['bid_qty', 'bid_quantity'],
      ['ask', 'ask'],
      ['ask_qty', 'ask_quantity'],
      ...same('last', 'volume', 'vwap', 'low', 'high', 'change', 'change_pct'),
    ],
  },
};

/**
 * Hands rows on, and writes each into the file first. It is `….partial` until the end, so that under its
 * own name it is whole; what was there before is replaced.
 */
export async function* savedTicker(
  rows: AsyncIterable<Row>,
  protocol: 'v1' | 'v2',
  folder: string,
  session: Session,
): AsyncGenerator<Row> {
  const { name, columns } = FILES[protocol];
  const { io, simulated } = session;
  const path = join(resolve(io.workingDirectory, folder), name);
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  let count = 0;
  let isWhole = false;
  try {
    await file.write(csvLine(columns.map(([title]) => title)));
    for await (const row of rows) {
      await file.write(csvLine(columns.map(([, key]) => formatCell(row[key]))));
      count += 1;
      yield row;
    }
    isWhole = true;
  } finally {
    await file.close();
    if (isWhole) await rename(partial, path);
    const shown = relative(io.workingDirectory, isWhole ? path : partial);
    session.note(`wrote ${shown}: ${count} rows${simulated ? ' (simulated)' : ''}`);
  }
}
