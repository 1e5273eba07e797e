import { readFile } from 'node:fs/promises';
import { RecordScanner } from '../src/format/record-scanner.ts';
import { formatSegmentName } from '../src/format/segment-name.ts';
import { JournalAssembler } from '../src/read/journal-assembler.ts';
import { EntryCollector, type JournalEntry } from '../src/read/journal-entry.ts';
import { heartbeats, openWriter, temporaryDirectory, textFrame } from './support.ts';

/** Reads segments from memory, `chunkBytes` at a time, as the reader does from files. */
export function assemble(
  segments: readonly (readonly [number, Uint8Array])[],
  { chunkBytes = 4096, live = false } = {},
): JournalEntry[] {
  const collector = new EntryCollector();
  const assembler = new JournalAssembler(collector, true);
  for (const [segment, bytes] of segments) {
    assembler.beginSegment(segment, formatSegmentName(segment));
    const scanner = new RecordScanner({
      onRecord: (record) => assembler.onRecord(record),
      onDamage: (damage) => assembler.onScanDamage(damage),
    });
    let from = 0;
    let to = 0;
    while (true) {
      const atEnd = to === bytes.length;
      to = Math.min(bytes.length, to + chunkBytes);
      // A copy, so that a view kept beyond the call would show.
      from += scanner.scan(bytes.slice(from, to), to - from, atEnd);
      if (atEnd) break;
    }
    assembler.endSegment(bytes.length);
  }
  assembler.finish(live);
  return collector.take();
}

/** Two small segments of one recording, with frames, a gap and text beyond ASCII. */
export async function twoSegments(): Promise<{ first: Uint8Array; second: Uint8Array }> {
  await using directory = await temporaryDirectory();
  const writer = await openWriter(directory.path, { rotate: { maxBytes: 900 } });
  for (const frame of [...heartbeats(3), textFrame('{"note":"€"}', 3)]) writer.append(frame);
  writer.appendGap({ reason: 'disconnect', symbols: [], repaired: false, connectionId: 1 });
  for (const frame of heartbeats(3, 0, 2)) writer.append(frame);
  await writer.close();
  // Not the Buffer itself, whose slice is a view.
  const read = async (name: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(directory.join(name)));
  return { first: await read('segment-000001.krj'), second: await read('segment-000002.krj') };
}

/** Where each record begins, and the length of all. */
export function recordStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  const scanner = new RecordScanner({
    onRecord: ({ offset }) => starts.push(offset),
    onDamage: () => undefined,
  });
  scanner.scan(bytes, bytes.length, true);
  return [...starts, bytes.length];
}
