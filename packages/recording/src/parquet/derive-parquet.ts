import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type DeriveOptions, isResumable, tablesOf } from '../derive/derive-options.ts';
import {
  type DeriveReading,
  deriveSegments,
  openSource,
  type Source,
} from '../derive/derive-segments.ts';
import { type DeriveCheckpoint, Deriver } from '../derive/deriver.ts';
import { writeFileAtomic } from '../export/atomic-file.ts';
import { formatSealedLine, parseSealedLine } from '../format/sealed-line.ts';
import { nodeFileSystem } from '../journal/file-system.ts';
import { writing } from '../writing.ts';
import { commitFiles } from './commit-files.ts';
import { appendDerived, type DerivedSegment, readDerived } from './derived-ledger.ts';
import { SegmentFiles } from './segment-parquet.ts';

/** The tables, samples and metrics must be the same for every call on a directory. */
export interface ParquetOptions extends DeriveReading, DeriveOptions {
  /** The directory of the Parquet files; default `parquet` in the recording's. */
  readonly to?: string | undefined;
  /** What DuckDB may take; default 256 MB. */
  readonly memoryMb?: number | undefined;
}

/** What a call has added. */
export interface ParquetResult {
  readonly segments: readonly DerivedSegment[];
  readonly rows: Readonly<Record<string, number>>;
}

/** Rows of all tables that DuckDB holds before they become files. */
const BATCH_ROWS = 100_000;

/**
 * Derives Parquet files (zstd) from the sealed segments of a journal that are not derived yet, as
 * `channel=…/symbol=…/date=…/segment-….parquet`; tables without a symbol lack that level. A segment's files
 * are made aside, synced and renamed, then entered into `derived.ndjson`: a call that was killed is made good
 * by the next. The files of a segment are the same whoever derives them.
 *
 * @throws RecordingError as reading does, `WRITE_FAILED`, `INVALID_FRAME` for a number that no column holds
 *   exactly; the signal's reason.
 */
export async function deriveParquet(
  path: string,
  options: ParquetOptions = {},
): Promise<ParquetResult> {
  const source = await openSource(path, options.processes);
  const to = options.to ?? join(source.located.directory, 'parquet');
  return writing(to, () => deriveInto(to, source, options));
}

async function deriveInto(
  to: string,
  source: Source,
  options: ParquetOptions,
): Promise<ParquetResult> {
  await nodeFileSystem.makeDirectory(to);
  const derived = await readDerived(to);
  const isDerived = (segment: number): boolean =>
    derived.get(segment)?.sha256 === source.manifest.segments.get(segment)?.sha256;
  const isSealed = (segment: number): boolean => source.manifest.segments.has(segment);
  const todo = source.located.segments
    .map(({ segment }) => segment)
    .filter((segment) => isSealed(segment) && !isDerived(segment));
  const [first] = todo;
  if (first === undefined) {
    await removeCheckpointsBut(to, Math.max(0, ...source.manifest.segments.keys()));
    return { segments: [], rows: {} };
  }

  const staging = join(to, '.staging');
  await rm(staging, { recursive: true, force: true });
  await nodeFileSystem.makeDirectory(staging);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${options.memoryMb ?? 256}MB`,
    temp_directory: join(staging, 'spill'),
    preserve_insertion_order: 'true',
  });
  try {
    const connection = await instance.connect();
    return await run(source, { ...options, to }, connection, new Set(todo), first);
  } finally {
    instance.closeSync();
    await rm(staging, { recursive: true, force: true });
  }
}

async function run(
  source: Source,
  options: ParquetOptions & { readonly to: string },
  connection: DuckDBConnection,
  todo: ReadonlySet<number>,
  first: number,
): Promise<ParquetResult> {
  const { to, sample, metrics } = options;
  const tables = tablesOf(options);
  const files = await SegmentFiles.create(connection, join(to, '.staging', 'files'), tables);
  let isWriting = false;
  const deriver = new Deriver(
    { tables, sample, metrics },
    {
      onRow: ({ table, row }) => {
        if (isWriting) files.add(table, row);
      },
    },
  );
  // Without a checkpoint of the segment before, all those before it are read again for the books.
  const checkpoint = isResumable(options) ? await readCheckpoint(to, source, first - 1) : undefined;
  if (checkpoint !== undefined) deriver.resume(checkpoint);
  const from = checkpoint === undefined ? 0 : first;
  const isWanted = (segment: number): boolean =>
    segment >= from && source.manifest.segments.has(segment);
  const onBegin = (segment: number): void => {
    isWriting = todo.has(segment);
    files.begin(segment);
  };
  const segments: DerivedSegment[] = [];
  for await (const segment of deriveSegments(source, isWanted, deriver, { ...options, onBegin })) {
    if (!isWriting) continue;
    await files.write(segment === undefined ? BATCH_ROWS : 1);
    if (segment === undefined) continue;
    const sha256 = source.manifest.segments.get(segment)?.sha256 ?? '';
    const committed = await commitFiles(join(to, '.staging', 'files'), to);
    const entry: DerivedSegment = { segment, sha256, rows: files.takeCounts(), files: committed };
    await writeCheckpoint(to, segment, sha256, deriver.checkpoint());
    await appendDerived(to, entry);
    await removeCheckpointsBut(to, segment);
    segments.push(entry);
  }
  return { segments, rows: sumRows(segments) };
}

function sumRows(segments: readonly DerivedSegment[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { rows } of segments) {
    for (const [table, count] of Object.entries(rows)) sum[table] = (sum[table] ?? 0) + count;
  }
  return sum;
}

function checkpointPath(to: string, segment: number): string {
  return join(to, `.checkpoint-${segment}.json`);
}

async function writeCheckpoint(
  to: string,
  segment: number,
  sha256: string,
  checkpoint: DeriveCheckpoint,
): Promise<void> {
  const text = formatSealedLine({ sha256, checkpoint });
  await writeFileAtomic(checkpointPath(to, segment), text);
}

/** Of those that went before, and what a killed run left behind: only the latest is of use. */
async function removeCheckpointsBut(to: string, segment: number): Promise<void> {
  const kept = basename(checkpointPath(to, segment));
  const names = await readdir(to).catch(() => []);
  for (const name of names) {
    if (name.includes('.checkpoint-') && name !== kept) await rm(join(to, name), { force: true });
  }
}

async function readCheckpoint(
  to: string,
  { manifest }: Source,
  segment: number,
): Promise<DeriveCheckpoint | undefined> {
  const text = await readFile(checkpointPath(to, segment), 'utf8').catch(() => '');
  const value = parseSealedLine(text);
  if (value === undefined || value['sha256'] !== manifest.segments.get(segment)?.sha256) {
    return undefined;
  }
  return value['checkpoint'] as DeriveCheckpoint;
}
