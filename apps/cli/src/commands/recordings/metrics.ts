import { type JournalEntry, readFrames, readJournal } from '@kr/recording';
import { columnsOf, Deriver } from '@kr/recording/export';
import type { Frame } from '@kr/schemas/shared';
import { formatTimestamp } from '@kr/schemas/shared';
import type { Column, CommandResult, Row } from '../../output/result.ts';
import { createProgress } from '../../progress.ts';
import { openRecording, type RecordingAt } from '../../recording-source.ts';
import type { Session } from '../../session.ts';

export interface MetricsOptions {
  readonly every: number;
  readonly symbol?: readonly string[];
}

/** Where a row is from says nothing of the market. */
const ORIGIN = new Set(['exchange_time', 'connection_id', 'sequence', 'monotonic_ns']);

/** What each book says of its market at the end of each interval. */
export const readMetrics = async (
  session: Session,
  { every, symbol }: MetricsOptions,
  name: string,
): Promise<CommandResult> => {
  const recording = await openRecording(name, session.io);
  const columns = columnsOf('metrics')
    .filter(([key]) => !ORIGIN.has(key))
    .map(([key, type]): Column => ({ key, ...(type === 'decimal' ? { align: 'decimal' } : {}) }));
  const wanted = symbol === undefined ? undefined : new Set(symbol.map((one) => one.toUpperCase()));
  return {
    columns,
    rows: metricRows(recording, every, wanted, session),
    simulated: recording.simulated,
  };
};

async function* metricRows(
  recording: RecordingAt,
  everyMs: number,
  wanted: ReadonlySet<string> | undefined,
  { io, signal }: Session,
): AsyncGenerator<Row> {
  let waiting: Row[] = [];
  const deriver = new Deriver(
    { tables: ['metrics'], metrics: { everyMs } },
    {
      onRow: ({ row }) => {
        if (wanted === undefined || wanted.has(String((row as Row)['symbol']))) {
          waiting.push(printable(row));
        }
      },
    },
  );
  const progress = createProgress('reading', 'frames', io);
  let frames = 0;
  try {
    for await (const entry of entriesOf(recording, signal)) {
      if (entry.type === 'header') deriver.onHeader(entry.header);
      else if (entry.type === 'gap') deriver.onGap(entry.gap);
      else if (entry.type === 'frame') {
        deriver.onFrame(viewOf(entry.frame));
        frames += 1;
        progress.at(frames);
      }
      if (waiting.length === 0) continue;
      const ready = waiting;
      waiting = [];
      yield* ready;
    }
  } finally {
    progress.end();
  }
}

/** Of a journal everything that it holds; of NDJSON, which has no more, its frames. */
async function* entriesOf(
  { path, processes, isJournal }: RecordingAt,
  signal: AbortSignal,
): AsyncGenerator<Pick<JournalEntry & { type: 'frame' }, 'type' | 'frame'> | JournalEntry> {
  if (isJournal) yield* readJournal(path, { processes, signal });
  else
    for await (const frame of readFrames(path, { processes, signal }))
      yield { type: 'frame', frame };
}

/** A frame in the form in which a deriver reads records. */
export const viewOf = ({ receivedAt, connectionId, sequence, bytes }: Frame) => ({
  offset: 0,
  kind: 2,
  ordinal: 0,
  connectionId,
  sequence,
  payload: bytes,
  wallNs: () => receivedAt.wallNs,
  monotonicNs: () => receivedAt.monotonicNs,
});

const printable = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([key, value]) => value !== undefined && !ORIGIN.has(key))
      .map(([key, value]) => [
        key,
        typeof value === 'bigint'
          ? key === 'received_at'
            ? formatTimestamp(value)
            : String(value)
          : value,
      ]),
  );
