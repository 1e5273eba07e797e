import { type DeriveReading, openSource } from '../derive/derive-segments.ts';
import { findMissingTrades, type MissingTrades } from './missing-trades.ts';
import {
  appendRepaired,
  type RepairedRange,
  type RepairedTrade,
  readRepaired,
} from './repaired-file.ts';

/** A trade as REST gives it: numbers as they were printed. */
export type FetchedTrade = Omit<RepairedTrade, 'type' | 'symbol'>;

export interface RepairOptions extends DeriveReading {
  /**
   * The trades of a symbol from a moment on, oldest first, in pages: REST's Trades with its cursor, for
   * example. It is read until a trade behind the range comes.
   */
  readonly fetchTrades: (
    symbol: string,
    sinceNs: bigint,
    signal: AbortSignal | undefined,
  ) => AsyncIterable<readonly FetchedTrade[]>;
}

/**
 * Fetches the trades that a recording lacks and writes them beside the journal (`repaired.ndjson`), each once
 * by its id, with a row a range that says whether all of it was found. Calling it again fetches only what is
 * still missing.
 *
 * @throws RecordingError as reading does; what `fetchTrades` throws, after what came before is written.
 */
export async function repairTrades(path: string, options: RepairOptions): Promise<RepairedRange[]> {
  const { located } = await openSource(path, options.processes);
  const { directory } = located;
  const missing = await findMissingTrades(path, await readRepaired(directory), options);
  const ranges: RepairedRange[] = [];
  for (const range of missing) {
    options.signal?.throwIfAborted();
    const trades = await fetchRange(range, options);
    const { symbol, fromId, toId } = range;
    const fetched = trades.length;
    const repaired = fetched === toId - fromId + 1;
    const row: RepairedRange = { type: 'range', symbol, fromId, toId, fetched, repaired };
    await appendRepaired(directory, [...trades, row]);
    ranges.push(row);
  }
  return ranges;
}

async function fetchRange(
  { symbol, fromId, toId, afterNs }: MissingTrades,
  { fetchTrades, signal }: RepairOptions,
): Promise<RepairedTrade[]> {
  const found = new Map<number, RepairedTrade>();
  for await (const page of fetchTrades(symbol, afterNs, signal)) {
    for (const trade of page) {
      const { trade_id } = trade;
      if (trade_id < fromId || trade_id > toId || found.has(trade_id)) continue;
      found.set(trade_id, { type: 'trade', symbol, ...trade });
    }
    if (page.some(({ trade_id }) => trade_id > toId)) break;
  }
  return [...found.values()].toSorted((a, b) => a.trade_id - b.trade_id);
}
