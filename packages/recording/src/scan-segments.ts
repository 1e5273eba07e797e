import { JournalAssembler, type JournalSink } from './journal-assembler.ts';
import type { Located } from './locate.ts';
import { type ReadFileOptions, readThrough } from './read-file.ts';
import { RecordScanner } from './record-scanner.ts';

/**
 * Feeds the segments that were located through a sink. Yields what `collect`
 * makes of the bytes done with, after each chunk and each segment.
 * With `live` a writer is at work on the directory.
 */
export async function* scanSegments<T>(
  located: Exclude<Located, { kind: 'ndjson' }>,
  sink: JournalSink,
  live: boolean,
  collect: (bytes: number) => T,
  options: ReadFileOptions,
): AsyncGenerator<T, void, void> {
  const assembler = new JournalAssembler(sink, located.kind === 'journal');
  let before = 0;
  for (const { segment, name, path, unreadable } of located.segments) {
    assembler.beginSegment(segment, name);
    if (unreadable !== undefined) {
      assembler.onUnreadable(unreadable);
      assembler.endSegment(0);
      yield collect(before);
      continue;
    }
    const scanner = new RecordScanner({
      onRecord: (record) => assembler.onRecord(record),
      onDamage: (damage) => assembler.onScanDamage(damage),
    });
    let bytes = 0;
    const done = before;
    const collectHere = (read: number): T => {
      bytes = read;
      return collect(done + read);
    };
    yield* readThrough(path, scanner, collectHere, options);
    before += bytes;
    assembler.endSegment(bytes);
    yield collect(before);
  }
  assembler.finish(live);
  yield collect(before);
}
