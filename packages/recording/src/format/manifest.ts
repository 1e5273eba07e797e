import { utf8 } from '../wire/bytes.ts';
import type { Damage } from './damage.ts';
import { formatSealedLine, parseSealedLine } from './sealed-line.ts';

/** Beside the segments of every recording. */
export const MANIFEST_NAME = 'manifest.ndjson';

/** What is known of a segment that is complete: enough to tell any later change of its file. */
export interface SealedSegment {
  readonly type: 'segment';
  readonly segment: number;
  readonly file: string;
  readonly bytes: number;
  readonly records: number;
  readonly frames: number;
  readonly gaps: number;
  /** Of the file, in hex: `sha256sum` prints the same. */
  readonly sha256: string;
  /** When its first frame came and the latest that any came, RFC 3339; absent without a frame. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `recovered`: its writer had died; the hash is that of what was found. */
  readonly sealed: 'closed' | 'recovered';
}

/** A segment that retention has deleted, on purpose. */
export interface DeletedSegment {
  readonly type: 'deleted';
  readonly segment: number;
  readonly sha256: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A recording's manifest, as read. */
export interface Manifest {
  readonly segments: ReadonlyMap<number, SealedSegment>;
  readonly deleted: ReadonlyMap<number, DeletedSegment>;
  readonly damage: readonly Damage[];
  /** Bytes of whole lines, from the beginning; what follows is a torn line. */
  readonly wholeBytes: number;
}

export const NO_MANIFEST: Manifest = {
  segments: new Map(),
  deleted: new Map(),
  damage: [],
  wholeBytes: 0,
};

/** One line, with its line break. */
export function formatManifestLine(entry: SealedSegment | DeletedSegment): Uint8Array {
  return utf8(`${formatSealedLine(entry)}\n`);
}

/** With `live` a writer is at work: then the last line need not be whole. */
export function parseManifest(bytes: Uint8Array, live: boolean): Manifest {
  const segments = new Map<number, SealedSegment>();
  const deleted = new Map<number, DeletedSegment>();
  const damage: Damage[] = [];
  let at = 0;
  for (let line = 1; at < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, at);
    const end = found === -1 ? bytes.length : found;
    const entry = found === -1 ? undefined : parseEntry(bytes.subarray(at, end));
    if (entry?.type === 'segment') segments.set(entry.segment, entry);
    else if (entry?.type === 'deleted') deleted.set(entry.segment, entry);
    else if (found !== -1 || !live) damage.push(lineDamage(line, at, end - at, found === -1));
    if (found === -1) break;
    at = end + 1;
  }
  return { segments, deleted, damage, wholeBytes: at };
}

/** The number of the first segment that retention has left. */
export function firstKept({ deleted }: Manifest): number {
  let first = 1;
  while (deleted.has(first)) first += 1;
  return first;
}

function parseEntry(bytes: Uint8Array): SealedSegment | DeletedSegment | undefined {
  const value = parseSealedLine(new TextDecoder().decode(bytes));
  if (value === undefined || !Number.isSafeInteger(value['segment'])) return undefined;
  if (typeof value['sha256'] !== 'string') return undefined;
  if (value['type'] === 'deleted') return value as unknown as DeletedSegment;
  const isSegment = value['type'] === 'segment' && Number.isSafeInteger(value['bytes']);
  return isSegment ? (value as unknown as SealedSegment) : undefined;
}

function lineDamage(line: number, offset: number, bytes: number, torn: boolean): Damage {
  const what = torn
    ? 'is no whole line, as after a crash; recording into the directory again writes it anew'
    : 'is not as it was written; the segment that it was of is proved by its own checksums alone';
  return {
    kind: 'manifest-wrong',
    file: MANIFEST_NAME,
    line,
    offset,
    bytes: bytes + (torn ? 0 : 1),
    recordsLost: 0,
    message: `${MANIFEST_NAME} line ${line} ${what}.`,
  };
}
