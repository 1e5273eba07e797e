import { crc32 } from 'node:zlib';
import { firstKept, type Manifest } from '../format/manifest.ts';
import { RecordScanner } from '../format/record-scanner.ts';
import type { TimeMark } from '../format/time-index.ts';
import type { ManifestCheck } from '../verify/manifest-check.ts';
import { JournalAssembler, type JournalSink } from './journal-assembler.ts';
import type { Located } from './locate.ts';
import { type ReadFileOptions, readThrough } from './read-file.ts';

/**
 * Feeds the segments that were located through a sink. Yields what `collect`
 * makes of the bytes done with, after each chunk and each segment.
 * With `live` a writer is at work on the directory.
 */
export async function* scanSegments<T>(
  located: Exclude<Located, { kind: 'ndjson' }>,
  sink: JournalSink,
  live: boolean,
  manifest: Manifest,
  collect: (bytes: number) => T,
  options: ReadFileOptions & {
    readonly check?: ManifestCheck | undefined;
    /** The segments are the last of a recording; the first of them is read from a place inside it. */
    readonly tail?: { readonly start: TimeMark | undefined } | undefined;
  },
): AsyncGenerator<T, void, void> {
  const { check } = options;
  const { tail } = options;
  let start = tail?.start;
  const first = tail === undefined ? firstKept(manifest) : located.segments[0]?.segment;
  const assembler = new JournalAssembler(sink, located.kind === 'journal', first);
  let before = 0;
  for (const { segment, name, path, unreadable } of located.segments) {
    // Retention died before it unlinked the file.
    if (manifest.deleted.has(segment)) continue;
    assembler.beginSegment(segment, name, start !== undefined);
    if (unreadable !== undefined) {
      assembler.onUnreadable(unreadable);
      assembler.endSegment(0);
      yield collect(before);
      continue;
    }
    const scanner = new RecordScanner(
      {
        onRecord: (record) => assembler.onRecord(record),
        onDamage: (damage) => assembler.onScanDamage(damage),
      },
      start,
      crc32,
    );
    let bytes = 0;
    const done = before;
    const collectHere = (read: number): T => {
      bytes = read;
      return collect(done + read);
    };
    check?.beginSegment();
    const onBytes = check === undefined ? undefined : (read: Uint8Array) => check.onBytes(read);
    yield* readThrough(path, scanner, collectHere, {
      ...options,
      onBytes,
      position: start?.offset,
    });
    bytes += start?.offset ?? 0;
    start = undefined;
    before += bytes;
    assembler.endSegment(bytes);
    check?.endSegment(segment, name, bytes);
    yield collect(before);
  }
  assembler.finish(live);
  if (located.kind === 'journal') check?.finish(located.segments.at(-1)?.segment ?? 0);
  yield collect(before);
}
