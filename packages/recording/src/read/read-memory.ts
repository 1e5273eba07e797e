import { RecordingError } from '../errors.ts';
import type { Damage } from '../format/damage.ts';
import {
  firstKept,
  MANIFEST_NAME,
  type Manifest,
  NO_MANIFEST,
  parseManifest,
} from '../format/manifest.ts';
import { RecordScanner } from '../format/record-scanner.ts';
import { parseSegmentName } from '../format/segment-name.ts';
import { Verifier } from '../verify/verifier.ts';
import { createVerifierSink } from '../verify/verifier-sink.ts';
import type { VerifyReport } from '../verify/verify-report.ts';
import { ConnectionMarks } from '../wire/connection-marks.ts';
import { exchangeTimeNs } from '../wire/exchange-time.ts';
import { JournalAssembler, type JournalSink } from './journal-assembler.ts';
import { EntryCollector, type JournalEntry } from './journal-entry.ts';
import { createNdjsonSplitter } from './ndjson-reader.ts';

/** What of a `Blob` or a `File` is asked for. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** One file of a recording: a segment, its manifest, or NDJSON. */
export interface RecordingFile {
  /** `segment-000001.krj`; any other name is NDJSON, but for the manifest's. */
  readonly name: string;
  readonly data: Uint8Array | BlobLike;
}

export interface ReaderOptions {
  readonly signal?: AbortSignal | undefined;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Everything that the files of a recording hold, in order; Blobs are read a piece at a time. The order in
 * which the files are given does not matter. Give the manifest too, so that segments which retention has
 * deleted are not missed.
 *
 * @throws RecordingError `NOT_A_RECORDING` without a segment and without NDJSON; the signal's reason.
 */
export async function* readEntries(
  files: readonly RecordingFile[],
  options: ReaderOptions = {},
): AsyncGenerator<JournalEntry, void, void> {
  const collector = new EntryCollector();
  for await (const _ of feed(files, collector, options)) yield* collector.take();
  yield* collector.take();
}

/** As `verify` does it for a directory, but for the hashes, which a browser has no stream for. */
export async function verifyFiles(
  files: readonly RecordingFile[],
  options: ReaderOptions = {},
): Promise<VerifyReport> {
  const manifest = await manifestOf(files);
  const verifier = new Verifier({ isShortened: manifest.deleted.size > 0 });
  let bytes = 0;
  for await (bytes of feed(files, createVerifierSink(verifier), options)) continue;
  const segments = segmentsOf(files);
  return verifier.report({
    path: files.map(({ name }) => name).join(', '),
    format: segments.length === 0 ? 'ndjson' : 'journal',
    live: false,
    segments: segments.length,
    bytes,
  });
}

/** Feeds the files through a sink; yields how many bytes are done with. */
async function* feed(
  files: readonly RecordingFile[],
  sink: JournalSink,
  { signal }: ReaderOptions,
): AsyncGenerator<number, void, void> {
  const segments = segmentsOf(files);
  if (segments.length === 0) {
    yield* feedNdjson(files, sink, signal);
    return;
  }
  const manifest = await manifestOf(files);
  for (const damage of manifest.damage) sink.onDamage(damage);
  const assembler = new JournalAssembler(sink, true, firstKept(manifest));
  let before = 0;
  for (const { segment, name, data } of segments) {
    assembler.beginSegment(segment, name);
    const scanner = new RecordScanner({
      onRecord: (record) => {
        assembler.onRecord(record);
      },
      onDamage: (damage) => {
        assembler.onScanDamage(damage);
      },
    });
    for await (const read of scanData(data, scanner, signal)) yield before + read;
    before += sizeOf(data);
    assembler.endSegment(sizeOf(data));
  }
  assembler.finish(false);
  yield before;
}

async function* feedNdjson(
  files: readonly RecordingFile[],
  sink: JournalSink,
  signal: AbortSignal | undefined,
): AsyncGenerator<number, void, void> {
  const [file] = files.filter(({ name }) => name !== MANIFEST_NAME);
  if (file === undefined) {
    throw new RecordingError(
      'NOT_A_RECORDING',
      'No file of a recording was given: give its segment-*.krj and manifest.ndjson, or NDJSON.',
    );
  }
  const { name } = file;
  const marks = new ConnectionMarks();
  let latestNs = 0n;
  const splitter = createNdjsonSplitter(name, {
    onMessage: (payload, stampedNs, place) => {
      const ns = stampedNs ?? exchangeTimeNs(payload) ?? latestNs;
      if (stampedNs !== undefined || ns > latestNs) latestNs = ns;
      const wallNs = latestNs;
      const clocks = { wallNs: () => wallNs, monotonicNs: () => wallNs };
      const fields = { offset: place.offset, kind: 2, ordinal: 0, payload, ...marks.next(payload) };
      sink.onFrame({ ...fields, ...clocks }, { file: name, segment: 0 });
    },
    onDamage: (damage: Damage) => {
      sink.onDamage(damage);
    },
  });
  yield* scanData(file.data, splitter, signal);
}

async function* scanData(
  data: Uint8Array | BlobLike,
  consumer: { scan(bytes: Uint8Array, filled: number, atEnd: boolean): number },
  signal: AbortSignal | undefined,
): AsyncGenerator<number, void, void> {
  const size = sizeOf(data);
  let kept = new Uint8Array(0);
  for (let at = 0; ; ) {
    signal?.throwIfAborted();
    const end = Math.min(size, at + CHUNK_BYTES);
    const chunk = await readPart(data, at, end);
    at = end;
    const buffer = new Uint8Array(kept.length + chunk.length);
    buffer.set(kept);
    buffer.set(chunk, kept.length);
    const done = consumer.scan(buffer, buffer.length, at === size);
    yield at;
    if (at === size) return;
    kept = buffer.subarray(done);
  }
}

async function readPart(
  data: Uint8Array | BlobLike,
  from: number,
  to: number,
): Promise<Uint8Array> {
  if (data instanceof Uint8Array) return data.subarray(from, to);
  return new Uint8Array(await data.slice(from, to).arrayBuffer());
}

async function manifestOf(files: readonly RecordingFile[]): Promise<Manifest> {
  const file = files.find(({ name }) => name === MANIFEST_NAME);
  if (file === undefined) return NO_MANIFEST;
  return parseManifest(await readPart(file.data, 0, sizeOf(file.data)), false);
}

function segmentsOf(files: readonly RecordingFile[]): (RecordingFile & { segment: number })[] {
  return files
    .flatMap((file) => {
      const segment = parseSegmentName(file.name);
      return segment === undefined ? [] : [{ ...file, segment }];
    })
    .toSorted((a, b) => a.segment - b.segment);
}

function sizeOf(data: Uint8Array | BlobLike): number {
  return data instanceof Uint8Array ? data.length : data.size;
}
