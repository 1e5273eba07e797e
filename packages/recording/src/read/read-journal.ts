import { RecordingError } from '../errors.ts';
import { linuxProcessTable, type ProcessTable } from '../journal/process-table.ts';
import { isBeingWritten } from '../journal/writer-lock.ts';
import { EntryCollector, type JournalEntry } from './journal-entry.ts';
import { locate } from './locate.ts';
import { readManifest } from './read-manifest.ts';
import { scanSegments } from './scan-segments.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Finds out whether a writer is at work; needed on systems other than Linux. */
  readonly processes?: ProcessTable | undefined;
}

/**
 * Everything that a journal (its directory, or one segment) holds, in order, in constant memory. What is
 * wrong with it comes as entries of type `damage`; reading goes on behind each.
 *
 * @throws RecordingError `NOT_FOUND`, `READ_FAILED`, `NOT_A_RECORDING` or `FOREIGN_FILE`; the signal's
 *   reason when it is aborted.
 */
export async function* readJournal(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<JournalEntry, void, void> {
  options.signal?.throwIfAborted();
  const located = await locate(path);
  if (located.kind === 'ndjson') {
    throw new RecordingError(
      'NOT_A_RECORDING',
      `${path} is NDJSON, not a journal: read it with readFrames.`,
      { path },
    );
  }
  const processes = options.processes ?? linuxProcessTable();
  const live = await isBeingWritten(located.directory, processes);
  const manifest = await readManifest(located.directory, live);
  const collector = new EntryCollector();
  const take = (): JournalEntry[] => collector.take();
  for await (const entries of scanSegments(located, collector, live, manifest, take, options)) {
    yield* entries;
  }
}
