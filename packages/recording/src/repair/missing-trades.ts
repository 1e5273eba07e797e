import { parseTimestamp } from '@kr/schemas/shared';
import { type DeriveReading, deriveSegments, openSource } from '../derive/derive-segments.ts';
import { Deriver } from '../derive/deriver.ts';
import { IdRuns } from './id-runs.ts';
import type { RepairedRow } from './repaired-file.ts';

/** Trade ids of a symbol that are not there, between two that are: Kraken numbers the trades of each symbol. */
export interface MissingTrades {
  readonly symbol: string;
  readonly fromId: number;
  readonly toId: number;
  /** When the trades in front and behind were made, ns since the epoch. */
  readonly afterNs: bigint;
  readonly beforeNs: bigint;
}

/**
 * The ranges of trade ids that a recording lacks, by symbol and id, less those that were repaired. What came
 * before the first trade that was recorded, or after the last, is not missing.
 */
export async function findMissingTrades(
  path: string,
  repaired: readonly RepairedRow[],
  options: DeriveReading = {},
): Promise<MissingTrades[]> {
  const source = await openSource(path, options.processes);
  const symbols = new Map<string, IdRuns>();
  const add = (symbol: string, id: number, ns: bigint): void => {
    const runs = symbols.get(symbol) ?? new IdRuns();
    symbols.set(symbol, runs);
    runs.add(id, ns);
  };
  const deriver = new Deriver(
    { tables: ['trade'] },
    {
      onRow: ({ table, row }) => {
        if (table !== 'trade' || row.trade_id === undefined || row.symbol === undefined) return;
        add(row.symbol, Number(row.trade_id), row.exchange_time ?? row.received_at ?? 0n);
      },
    },
  );
  for await (const _ of deriveSegments(source, () => true, deriver, options)) continue;
  for (const row of repaired) {
    if (row.type === 'trade') add(row.symbol, row.trade_id, parseTimestamp(row.timestamp) ?? 0n);
  }
  return [...symbols].flatMap(([symbol, runs]) =>
    runs.holes().map((hole) => ({ symbol, ...hole })),
  );
}
