import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RecordingError, systemCodeOf } from '../errors.ts';
import { SYNC_MARKER } from '../format/record-format.ts';
import { listSegments, parseSegmentName } from '../format/segment-name.ts';
import { openForReading, readError } from './read-file.ts';

/** A segment's file. */
interface SegmentFile {
  readonly segment: number;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Why the file cannot be read; absent when it can. */
  readonly unreadable?: string | undefined;
}

/** What a path leads to. */
export type Located =
  | {
      readonly kind: 'journal';
      readonly directory: string;
      readonly segments: readonly SegmentFile[];
    }
  | {
      readonly kind: 'segment';
      readonly directory: string;
      readonly segments: readonly [SegmentFile];
    }
  | {
      readonly kind: 'ndjson';
      readonly path: string;
      readonly name: string;
      readonly bytes: number;
    };

const START_BYTES = 64;
/** For the hint at a directory without segments. */
const MAX_LOOKED_INTO = 200;
const MAX_NAMED = 5;
const SPACE = [0x20, 0x09, 0x0a, 0x0d];
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/**
 * Looks at a path: a journal's directory, one of its segments, or NDJSON, told apart by name and first
 * bytes.
 *
 * @throws RecordingError `NOT_FOUND`, `READ_FAILED`, `NOT_A_RECORDING` or `FOREIGN_FILE`.
 */
export async function locate(path: string): Promise<Located> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await locateDirectory(path);
    // A pipe would be waited for without end, and a device has none.
    if (!stats.isFile()) throw notAFile(path);
    return await locateFile(path, stats.size);
  } catch (error) {
    if (error instanceof RecordingError) throw error;
    throw readError(path, error);
  }
}

async function locateDirectory(directory: string): Promise<Located> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = listSegments(entries.map(({ name }) => name));
  if (found.length === 0) {
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const inside = await firstRecordings(directory, names);
    const hint =
      inside.length === 0
        ? 'Give the directory of a recording, one of its segments, or an NDJSON file.'
        : `Give one of the directories in it: ${inside.join(', ')}.`;
    throw new RecordingError('NOT_A_RECORDING', `${directory} holds no segment-*.krj. ${hint}`, {
      path: directory,
    });
  }
  const segments = await Promise.all(
    found.map(async ({ segment, name }) => ({
      segment,
      name,
      path: join(directory, name),
      ...(await look(join(directory, name))),
    })),
  );
  return { kind: 'journal', directory, segments };
}

/** One bad entry of a directory must not keep the others from being read. */
async function look(path: string): Promise<Pick<SegmentFile, 'bytes' | 'unreadable'>> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return { bytes: stats.size };
    return { bytes: 0, unreadable: stats.isDirectory() ? 'a directory' : 'no regular file' };
  } catch (error) {
    const code = systemCodeOf(error);
    const isLink = code === 'ENOENT' || code === 'ELOOP';
    return { bytes: 0, unreadable: isLink ? 'a link that leads nowhere' : `refused (${code})` };
  }
}

/** Of the directories in a directory, the first few that hold segments. */
async function firstRecordings(directory: string, names: readonly string[]): Promise<string[]> {
  const recordings: string[] = [];
  for (const name of names.slice(0, MAX_LOOKED_INTO)) {
    const inside = await readdir(join(directory, name)).catch(() => []);
    if (listSegments(inside).length > 0) recordings.push(name);
    if (recordings.length === MAX_NAMED) break;
  }
  return recordings;
}

async function locateFile(path: string, bytes: number): Promise<Located> {
  const name = basename(path);
  const start = await readStart(path);
  const number = parseSegmentName(name);
  if (number !== undefined || SYNC_MARKER.every((byte, at) => start[at] === byte)) {
    const segments = [{ segment: number ?? 0, name, path, bytes }] as const;
    return { kind: 'segment', directory: dirname(path), segments };
  }
  const text = startsWithBom(start) ? start.subarray(3) : start;
  const first = text.find((byte) => !SPACE.includes(byte));
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return { kind: 'ndjson', path, name, bytes };
  const what = bytes === 0 ? 'is empty' : 'is neither a segment of a recording nor NDJSON';
  throw new RecordingError(
    'FOREIGN_FILE',
    `${path} ${what}. Give the directory of a recording, one of its segments, or an NDJSON file ` +
      '(uncompressed).',
    { path },
  );
}

function notAFile(path: string): RecordingError {
  return new RecordingError(
    'FOREIGN_FILE',
    `${path} is neither a regular file nor a directory: a pipe, a socket or a device has no end to ` +
      'verify. Write what comes from it into a file and give that.',
    { path },
  );
}

function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

async function readStart(path: string): Promise<Uint8Array> {
  const file = await openForReading(path);
  try {
    const start = new Uint8Array(START_BYTES);
    const { bytesRead } = await file.read(start, 0, START_BYTES, 0);
    return start.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
