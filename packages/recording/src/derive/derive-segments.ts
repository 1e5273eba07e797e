import { RecordingError } from '../errors.ts';
import { type Manifest, NO_MANIFEST } from '../format/manifest.ts';
import { linuxProcessTable, type ProcessTable } from '../journal/process-table.ts';
import { isBeingWritten } from '../journal/writer-lock.ts';
import type { JournalSink } from '../read/journal-assembler.ts';
import { type Located, locate } from '../read/locate.ts';
import { readManifest } from '../read/read-manifest.ts';
import { scanSegments } from '../read/scan-segments.ts';

export interface DeriveProgress {
  readonly segment: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface DeriveReading {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DeriveProgress) => void) | undefined;
  readonly processes?: ProcessTable | undefined;
  /** Before the first row of a segment. */
  readonly onBegin?: ((segment: number) => void) | undefined;
}

/** A journal, ready to be derived from. */
export interface Source {
  readonly located: Exclude<Located, { kind: 'ndjson' }>;
  readonly manifest: Manifest;
  readonly live: boolean;
}

/** @throws RecordingError `NOT_A_RECORDING` for NDJSON, and what reading throws. */
export async function openSource(
  path: string,
  processes: ProcessTable | undefined,
): Promise<Source> {
  const located = await locate(path);
  if (located.kind === 'ndjson') {
    throw new RecordingError(
      'NOT_A_RECORDING',
      `${path} is NDJSON, and tables are derived from journals: record its frames first (readFrames, append).`,
      { path },
    );
  }
  const live = await isBeingWritten(located.directory, processes ?? linuxProcessTable());
  const manifest = await readManifest(located.directory, live);
  return { located, manifest, live };
}

/**
 * Feeds segments through a deriver. After each stretch of bytes yields the segment when it is done, else
 * `undefined`: whoever writes rows does it there, so that no more than a stretch of them waits.
 */
export async function* deriveSegments(
  { located, manifest, live }: Source,
  isWanted: (segment: number) => boolean,
  deriver: JournalSink,
  { signal, onProgress, onBegin }: DeriveReading,
): AsyncGenerator<number | undefined, void, void> {
  const segments = located.segments.filter(
    ({ segment }) => isWanted(segment) && !manifest.deleted.has(segment),
  );
  const totalBytes = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const file of segments) {
    const { segment } = file;
    onBegin?.(segment);
    const one = { kind: 'journal', directory: located.directory, segments: [file] } as const;
    const reading = { signal, tail: { start: undefined } };
    for await (const bytes of scanSegments(one, deriver, live, NO_MANIFEST, readBytes, reading)) {
      onProgress?.({ segment, bytes: before + bytes, totalBytes });
      yield undefined;
    }
    before += file.bytes;
    yield segment;
  }
}

function readBytes(bytes: number): number {
  return bytes;
}
