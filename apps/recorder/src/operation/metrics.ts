import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RecorderStatus } from '../recorder-status.ts';

/** What a recorder does beyond recording, counted by whoever does it. */
export interface UpkeepCounts {
  reloads: number;
  reloadFailures: number;
  derivedSegments: number;
  deletedSegments: number;
  upkeepFailures: number;
}

type Values = Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>;

const one = (value: number | undefined): Values => (value === undefined ? [] : [[{}, value]]);
const by = (label: string, counts: Readonly<Record<string, number>>): Values =>
  Object.entries(counts).map(([name, value]) => [{ [label]: name }, value] as const);

/**
 * A recorder in the words of Prometheus. Nothing is counted while frames come: everything is read off
 * the recorder when somebody asks. No metric has a symbol as a label, for there may be thousands.
 */
export const createMetrics = (read: () => RecorderStatus, upkeep: UpkeepCounts): Registry => {
  const registry = new Registry();
  const counter = (
    name: string,
    help: string,
    labelNames: string[],
    values: () => Values,
  ): void => {
    const metric = new Counter({
      name: `kr_recorder_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect: () => {
        metric.reset();
        for (const [labels, value] of values()) metric.inc(labels, value);
      },
    });
  };
  const gauge = (name: string, help: string, labelNames: string[], values: () => Values): void => {
    const metric = new Gauge({
      name: `kr_recorder_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect: () => {
        metric.reset();
        // Unlike what has labels, it is 0 now; what is not known is none.
        metric.remove({});
        for (const [labels, value] of values()) metric.set(labels, value);
      },
    });
  };
  counter('frames_total', 'Frames received and appended.', [], () => one(read().frames));
  counter('bytes_total', 'Bytes appended to the journal.', [], () => one(read().bytes));
  counter(
    'written_frames_total',
    'Frames that are in the file: a kill loses none of them.',
    [],
    () => one(read().journal.written.frames),
  );
  counter('durable_frames_total', 'Frames that are synced to the disk.', [], () =>
    one(read().journal.durable.frames),
  );
  counter('syncs_total', 'Syncs of the journal.', [], () => one(read().journal.syncs));
  counter('synchronous_writes_total', 'Appends that had to wait for the disk.', [], () =>
    one(read().journal.synchronousWrites),
  );
  counter(
    'dropped_frames_total',
    'Frames that were not taken; each is in the gap ledger.',
    [],
    () => one(read().journal.dropped),
  );
  counter('pauses_total', 'Times the network was not read because something was behind.', [], () =>
    one(read().pauses),
  );
  counter('checksums_total', 'Checksums of books compared as frames came.', ['result'], () =>
    by('result', { ...read().checksums }),
  );
  counter('gaps_total', 'Gaps entered into the ledger.', ['reason'], () =>
    by('reason', read().gapsByReason),
  );
  counter('reloads_total', 'Times the symbols were read again.', ['result'], () =>
    by('result', { done: upkeep.reloads, failed: upkeep.reloadFailures }),
  );
  counter('derived_segments_total', 'Segments that became Parquet.', [], () =>
    one(upkeep.derivedSegments),
  );
  counter('deleted_segments_total', 'Segments that retention deleted.', [], () =>
    one(upkeep.deletedSegments),
  );
  counter('upkeep_failures_total', 'Runs of derivation and retention that failed.', [], () =>
    one(upkeep.upkeepFailures),
  );
  gauge('waiting_bytes', 'Bytes that wait for the disk.', [], () =>
    one(read().journal.waitingBytes),
  );
  gauge('segment', 'Number of the segment that is being written.', [], () =>
    one(read().journal.segment),
  );
  gauge('symbols', 'Symbols that are recorded.', [], () => one(read().symbols));
  gauge('subscriptions', 'Subscriptions asked for.', ['channel'], () =>
    by('channel', read().subscriptions),
  );
  gauge('connections', 'Connections by state.', ['state'], () => {
    const counts: Record<string, number> = { open: 0, stale: 0, connecting: 0, reconnecting: 0 };
    for (const { state } of read().connections) counts[state] = (counts[state] ?? 0) + 1;
    return by('state', counts);
  });
  gauge('lag_seconds', "From the exchange's timestamp to our receipt, by both clocks.", [], () => {
    const { lagMs } = read();
    return one(lagMs === undefined ? undefined : lagMs / 1000);
  });
  collectDefaultMetrics({ register: registry });
  return registry;
};
