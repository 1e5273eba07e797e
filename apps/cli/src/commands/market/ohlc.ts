import type { Column, CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { isoOfSeconds, type Moment } from '../../times.ts';
import { rowsOfPair } from './rows-of-pair.ts';

export interface OhlcOptions {
  /** Minutes. */
  readonly interval: number;
  readonly since?: Moment;
}

const COLUMNS: readonly Column[] = [
  { key: 'time' },
  ...['open', 'high', 'low', 'close', 'vwap', 'volume', 'trades'].map(
    (key) => ({ key, align: 'decimal' }) as const,
  ),
];

export const readOhlc = async (
  session: Session,
  { interval, since }: OhlcOptions,
  name: string,
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const { signal, io } = session;
  const { altname } = (await loadListing(client, signal)).pair(name);
  const nowMs = Number(io.clock.wallNs() / 1_000_000n);
  const from = since === undefined ? {} : { since: Math.floor(since(nowMs) / 1000) };
  const answer = await client.ohlc({ pair: altname, interval, ...from }, { signal });
  const rows = rowsOfPair(answer).map(([time, open, high, low, close, vwap, volume, trades]) => ({
    time: isoOfSeconds(time),
    open,
    high,
    low,
    close,
    vwap,
    volume,
    trades,
  }));
  return { columns: COLUMNS, rows, footer: 'The last candle is still running.' };
};
