import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Frame, parseTimestamp } from '@kr/schemas/shared';
import type { Damage } from '../format/damage.ts';
import { findMark, parseTimeIndex, type TimeMark, timeIndexName } from '../format/time-index.ts';
import { linuxProcessTable } from '../journal/process-table.ts';
import { isBeingWritten } from '../journal/writer-lock.ts';
import { EntryCollector, type JournalEntry } from './journal-entry.ts';
import { type Located, locate } from './locate.ts';
import { type ReadFramesOptions, readFrames } from './read-frames.ts';
import { readManifest } from './read-manifest.ts';
import { scanSegments } from './scan-segments.ts';
import { throwDamage } from './throw-damage.ts';

/**
 * The frames of a recording from the first that came at `fromNs` or later on. Of a journal the manifest
 * says which segment that is in, and its time index where in it; without them it is read up to there.
 */
export async function* readFrom(
  path: string,
  fromNs: bigint,
  options: ReadFramesOptions,
): AsyncGenerator<Frame, void, void> {
  options.signal?.throwIfAborted();
  const located = await locate(path);
  const frames =
    located.kind === 'ndjson'
      ? readFrames(path, options)
      : readSegmentsFrom(located, fromNs, options);
  let begun = false;
  for await (const frame of frames) {
    begun ||= frame.receivedAt.wallNs >= fromNs;
    if (begun) yield frame;
  }
}

async function* readSegmentsFrom(
  located: Exclude<Located, { kind: 'ndjson' }>,
  fromNs: bigint,
  options: ReadFramesOptions,
): AsyncGenerator<Frame, void, void> {
  const onDamage: (damage: Damage) => void = options.onDamage ?? throwDamage;
  const live = await isBeingWritten(located.directory, options.processes ?? linuxProcessTable());
  const manifest = await readManifest(located.directory, live);
  const { segments } = located;
  let first = 0;
  while (first < segments.length - 1) {
    const sealed = manifest.segments.get(segments[first]?.segment ?? 0);
    const toNs = sealed?.to === undefined ? undefined : parseTimestamp(sealed.to);
    if (sealed === undefined || (sealed.frames > 0 && (toNs === undefined || toNs >= fromNs)))
      break;
    first += 1;
  }
  const rest = segments.slice(first);
  const [begin] = rest;
  if (begin === undefined) return;
  const marks = await readTimeIndex(
    join(located.directory, timeIndexName(begin.name)),
    begin.bytes,
  );
  const start = marks === undefined ? undefined : findMark(marks, fromNs);
  const collector = new EntryCollector();
  const take = (): JournalEntry[] => collector.take();
  const reading = { ...options, tail: { start } };
  const source = { kind: 'journal', directory: located.directory, segments: rest } as const;
  for await (const entries of scanSegments(source, collector, live, manifest, take, reading)) {
    for (const entry of entries) {
      if (entry.type === 'frame') yield entry.frame;
      else if (entry.type === 'damage') onDamage(entry.damage);
    }
  }
}

/** `undefined`: there is none that fits the segment as it stands. */
async function readTimeIndex(
  path: string,
  segmentBytes: number,
): Promise<readonly TimeMark[] | undefined> {
  try {
    return parseTimeIndex(await readFile(path, 'utf8'), segmentBytes);
  } catch {
    return undefined;
  }
}
