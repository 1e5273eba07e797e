import { join } from 'node:path';
import { formatTimestamp } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import type { Damage } from '../format/damage.ts';
import { END_KIND, FRAME_KIND, HEADER_KIND, SYNC_MARKER } from '../format/record-format.ts';
import { RecordScanner, type ScanDamage } from '../format/record-scanner.ts';
import {
  type PreviousSegment,
  parseSegmentHeader,
  type SegmentHeader,
} from '../format/segment-header.ts';
import { listSegments } from '../format/segment-name.ts';
import type { JournalFileSystem } from '../journal/file-system.ts';
import { scanWith } from './seal-found.ts';

/** Bytes that were cut from the end of the last segment, and where they are kept. */
export interface TornTail {
  readonly file: string;
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
  /** The file's name beside the segment. */
  readonly keptAs: string;
}

/** What stood in the directory when the writer was opened, and what was done about it. */
export interface Recovery {
  /** False for a new recording. */
  readonly resumed: boolean;
  /** Absent for a new recording, or when no header is left. */
  readonly recordingId?: string | undefined;
  /** The writer before had closed it. */
  readonly closed: boolean;
  /** When the last readable frame was received, RFC 3339. */
  readonly lastFrameAt?: string | undefined;
  readonly tornTail?: TornTail | undefined;
  /** Damage inside the last segment, which stays as it is. */
  readonly damage: readonly Damage[];
}

/** {@link Recovery}, with what the next segment's header needs. */
export interface RecoveredState extends Recovery {
  readonly nextSegment: number;
  readonly lastConnectionId: number;
  readonly previous: PreviousSegment | undefined;
  readonly source: string | undefined;
}

interface SegmentScan {
  readonly header: SegmentHeader | undefined;
  readonly records: number;
  readonly closed: boolean;
  readonly validEnd: number;
  readonly size: number;
  readonly lastConnectionId: number;
  readonly lastFrameNs: bigint | undefined;
  readonly damage: readonly ScanDamage[];
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Makes a directory ready for its next segment: reads the last segment, and cuts what stands behind its
 * last valid record. Nothing else is touched. The cut bytes are kept as `….krj.torn`.
 *
 * @throws RecordingError `FOREIGN_FILE` when the last segment's file holds something else,
 *   `UNSUPPORTED_VERSION` when a newer version wrote it.
 */
export async function recoverDirectory(
  directory: string,
  fileSystem: JournalFileSystem,
  signal?: AbortSignal,
): Promise<RecoveredState> {
  const segments = listSegments(await fileSystem.list(directory));
  const damage: Damage[] = [];
  let nextSegment = (segments.at(-1)?.segment ?? 0) + 1;
  let previous: PreviousSegment | undefined;
  let tornTail: TornTail | undefined;
  let lastConnectionId = 0;
  let lastFrameNs: bigint | undefined;
  for (const { segment, name } of segments.toReversed()) {
    const path = join(directory, name);
    const scan = await scanSegment(path, fileSystem, signal);
    const isLast = segment === nextSegment - 1;
    if (isLast && scan.records === 0) await assertTornHeader(path, scan.size, fileSystem);
    if (isLast) {
      damage.push(
        ...scan.damage.filter(({ tail }) => !tail).map((item) => describe(item, segment, name)),
      );
      if (scan.size > scan.validEnd)
        tornTail ??= await cut(directory, segment, name, scan, fileSystem);
    }
    if (scan.records === 0 && isLast) {
      // A crash between creating the file and its header: the number is taken again.
      nextSegment = segment;
      continue;
    }
    lastConnectionId = Math.max(lastConnectionId, scan.lastConnectionId);
    lastFrameNs ??= scan.lastFrameNs;
    previous ??= { segment, records: scan.records, closed: scan.closed };
    if (scan.header !== undefined) {
      const lastFrameAt =
        lastFrameNs === undefined
          ? scan.header.previous?.lastFrameAt
          : formatTimestamp(lastFrameNs);
      return {
        resumed: true,
        recordingId: scan.header.recordingId,
        source: scan.header.source,
        closed: previous.closed,
        lastFrameAt,
        tornTail,
        damage,
        nextSegment,
        lastConnectionId: Math.max(lastConnectionId, scan.header.lastConnectionId),
        previous: { ...previous, lastFrameAt },
      };
    }
  }
  return {
    resumed: previous !== undefined,
    closed: previous?.closed ?? false,
    lastFrameAt: lastFrameNs === undefined ? undefined : formatTimestamp(lastFrameNs),
    tornTail,
    damage,
    nextSegment,
    lastConnectionId,
    previous,
    source: undefined,
  };
}

async function scanSegment(
  path: string,
  fileSystem: JournalFileSystem,
  signal: AbortSignal | undefined,
): Promise<SegmentScan> {
  const size = await fileSystem.size(path);
  const damage: ScanDamage[] = [];
  let header: SegmentHeader | undefined;
  let closed = false;
  let lastConnectionId = 0;
  let lastFrameNs: bigint | undefined;
  const scanner = new RecordScanner({
    onDamage: (item) => damage.push(item),
    onRecord: (record) => {
      closed = record.kind === END_KIND;
      if (record.kind === FRAME_KIND) lastFrameNs = record.wallNs();
      lastConnectionId = Math.max(lastConnectionId, record.connectionId);
      if (record.kind !== HEADER_KIND) return;
      const parsed = parseSegmentHeader(record.payload);
      if (parsed === undefined) return;
      if ('unsupportedVersion' in parsed) {
        throw new RecordingError(
          'UNSUPPORTED_VERSION',
          `${path} has format version ${parsed.unsupportedVersion}, which this version of ` +
            '@kr/recording does not know. Update it, or record into another directory.',
          { path },
        );
      }
      header = parsed;
    },
  });
  await scanWith(path, fileSystem, scanner, () => undefined, signal);
  return {
    header,
    records: scanner.lastOrdinal + 1,
    closed,
    validEnd: scanner.validEnd,
    size,
    lastConnectionId,
    lastFrameNs,
    damage,
  };
}

/** Only what can be the beginning of a header record may be cut away whole: its bytes, or zeros. */
async function assertTornHeader(
  path: string,
  size: number,
  fileSystem: JournalFileSystem,
): Promise<void> {
  const start = new Uint8Array(Math.min(size, SYNC_MARKER.length));
  await fileSystem.read(path, start, 0);
  if (start.every((byte, at) => byte === SYNC_MARKER[at]) || start.every((byte) => byte === 0))
    return;
  throw new RecordingError(
    'FOREIGN_FILE',
    `${path} is named as a segment but holds no record of a recording. ` +
      'Move it away, or record into another directory.',
    { path },
  );
}

async function cut(
  directory: string,
  segment: number,
  file: string,
  scan: SegmentScan,
  fileSystem: JournalFileSystem,
): Promise<TornTail> {
  const path = join(directory, file);
  const names = new Set(await fileSystem.list(directory));
  let keptAs = `${file}.torn`;
  for (let copy = 2; names.has(keptAs); copy += 1) keptAs = `${file}.torn-${copy}`;
  const fd = fileSystem.open(join(directory, keptAs));
  try {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, scan.size - scan.validEnd));
    for (let position = scan.validEnd; position < scan.size; ) {
      const read = await fileSystem.read(path, chunk, position);
      if (read === 0) break;
      for (let done = 0; done < read; ) {
        done += await fileSystem.write(
          fd,
          chunk.subarray(done, read),
          position - scan.validEnd + done,
        );
      }
      position += read;
    }
    await fileSystem.datasync(fd);
  } finally {
    fileSystem.close(fd);
  }
  await fileSystem.syncDirectory(directory);
  await fileSystem.truncate(path, scan.validEnd);
  return { file, segment, offset: scan.validEnd, bytes: scan.size - scan.validEnd, keptAs };
}

function describe(item: ScanDamage, segment: number, file: string): Damage {
  return {
    kind: item.bytes === 0 ? 'records-missing' : 'unreadable',
    file,
    segment,
    offset: item.offset,
    bytes: item.bytes,
    recordsLost: item.recordsLost,
    message: `${file} is damaged at offset ${item.offset}; it stays as it is.`,
  };
}
