import type { Place } from '../format/damage.ts';
import { linuxProcessTable } from '../journal/process-table.ts';
import { isBeingWritten } from '../journal/writer-lock.ts';
import { type Located, locate } from '../read/locate.ts';
import { type DecodedLine, decodeLine, looksRaw } from '../read/ndjson-line.ts';
import { createNdjsonSplitter, type NdjsonPlace, notNdjson } from '../read/ndjson-reader.ts';
import { readThrough } from '../read/read-file.ts';
import type { ReadOptions } from '../read/read-journal.ts';
import { readManifest } from '../read/read-manifest.ts';
import { scanSegments } from '../read/scan-segments.ts';
import { ConnectionMarks } from '../wire/connection-marks.ts';
import { ExchangeSpan } from '../wire/exchange-time.ts';
import { checkTimeIndex } from './check-time-index.ts';
import type { FramePlace } from './frame-place.ts';
import { ManifestCheck } from './manifest-check.ts';
import { Verifier } from './verifier.ts';
import { createVerifierSink } from './verifier-sink.ts';
import type { VerifyReport } from './verify-report.ts';

/** How far a verification has come. */
export interface VerifyProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly frames: number;
}

export interface VerifyOptions extends ReadOptions {
  /** Called after each chunk of about 1 MiB. */
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
}

/**
 * Each read waits for a thread of its own to be run, so few large ones cost less than many small ones; but
 * what is hashed, proved and scanned should still be in the processor's cache: 4 MiB took a fifth longer.
 */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Proves a recording again: rebuilds every book, compares every checksum, and tells every mismatch, every
 * damage, every hole and every gap. Takes a journal's directory, one of its segments, or NDJSON.
 *
 * @throws RecordingError `NOT_FOUND`, `READ_FAILED`, `NOT_A_RECORDING` or `FOREIGN_FILE`; the signal's
 *   reason when it is aborted.
 */
export async function verify(path: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  options.signal?.throwIfAborted();
  const located = await locate(path);
  return located.kind === 'ndjson'
    ? verifyNdjson(located, options)
    : verifyJournal(path, located, options);
}

async function verifyJournal(
  path: string,
  located: Exclude<Located, { kind: 'ndjson' }>,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const processes = options.processes ?? linuxProcessTable();
  const live = await isBeingWritten(located.directory, processes);
  const manifest = await readManifest(located.directory, live);
  const verifier = new Verifier({ isShortened: manifest.deleted.size > 0 });
  const check = new ManifestCheck(manifest, (damage) => verifier.onDamage(damage));
  const totalBytes = located.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  let bytes = 0;
  const reading = scanSegments(
    located,
    createVerifierSink(verifier),
    live,
    manifest,
    (read) => read,
    {
      ...options,
      check,
      chunkBytes: CHUNK_BYTES,
    },
  );
  for await (bytes of reading) {
    options.onProgress?.({ bytes, totalBytes, frames: verifier.frames });
  }
  for (const { segment, name, bytes: size } of located.segments) {
    const damage = await checkTimeIndex(located.directory, { segment, file: name }, size);
    if (damage !== undefined && manifest.segments.has(segment)) verifier.onDamage(damage);
  }
  const format = located.kind;
  const segments = located.segments.length;
  return verifier.report({ path, format, live, segments, bytes }, check.segments);
}

async function verifyNdjson(
  { path, name, bytes: totalBytes }: Extract<Located, { kind: 'ndjson' }>,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const verifier = new Verifier();
  const connections = new ConnectionMarks();
  const at = new LinePlace();
  const span = new ExchangeSpan();
  const splitter = createNdjsonSplitter(
    name,
    {
      onMessage: (message, wallNs, place) => {
        at.move(connections.next(message).connectionId, wallNs, place);
        verifier.onFrame(message, at);
        if (wallNs === undefined) span.onMessage(message);
      },
      onDamage: (damage) => {
        verifier.onDamage(damage);
      },
    },
    decodeTrusting,
  );
  let bytes = 0;
  const readOptions = { ...options, chunkBytes: CHUNK_BYTES };
  const collect = (read: number): number => {
    span.onChunkEnd();
    return read;
  };
  for await (bytes of readThrough(path, splitter, collect, readOptions)) {
    options.onProgress?.({ bytes, totalBytes, frames: verifier.frames });
  }
  // Any JSON a line can be read; what has no message of Kraken at all is some other file.
  if (verifier.frames === verifier.unknown) throw notNdjson(path);
  const { fromNs, toNs } = span;
  return verifier.report({ path, format: 'ndjson', live: false, segments: 0, bytes, fromNs, toNs });
}

/** Raw lines are parsed by the verifier: books by their engine, all others as JSON. */
function decodeTrusting(line: Uint8Array): DecodedLine {
  return looksRaw(line) ? { bytes: line, wallNs: undefined } : decodeLine(line);
}

/** The line in hand, seen as a place. */
class LinePlace implements FramePlace {
  readonly sequence = undefined;
  readonly segment = undefined;
  connectionId = 0;
  #wallNs: bigint | undefined;
  #place: NdjsonPlace = { file: '', line: 0, offset: 0 };

  move(connectionId: number, wallNs: bigint | undefined, place: NdjsonPlace): void {
    this.connectionId = connectionId;
    this.#wallNs = wallNs;
    this.#place = place;
  }

  place(): Place {
    return this.#place;
  }

  wallNs(): bigint | undefined {
    return this.#wallNs;
  }
}
