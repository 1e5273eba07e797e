/**
 * What is wrong with stored bytes:
 * - `unreadable`: a stretch that holds no valid record;
 * - `records-missing`: whole records are gone, no byte is left of them;
 * - `torn-tail`: the end of the last segment is no whole record, as after a crash;
 * - `unclosed`: a segment has no end record and no restart gap follows: how much is missing is unknown;
 * - `segment-missing`: a segment's file is gone;
 * - `segment-foreign`: a segment of another recording, or under another number;
 * - `file-foreign`: a file named as a segment that holds no record;
 * - `file-unreadable`: what is named as a segment is a directory, a link that leads nowhere, or no file;
 * - `version-unsupported`: a segment of a newer format;
 * - `record-unknown`: a record of a kind, or with a content, that this version does not know;
 * - `counts-wrong`: an end record that counts other than what is there;
 * - `hash-wrong`: a segment whose bytes are not those that the manifest has the hash of;
 * - `manifest-wrong`: a line of the manifest that is not as it was written;
 * - `index-wrong`: a time index that does not fit its segment; readers make their own;
 * - `line-malformed`: a line of NDJSON that is no frame;
 * - `frame-malformed`: a frame, kept as it was received, that is not what it claims to be.
 */
export type DamageKind =
  | 'unreadable'
  | 'records-missing'
  | 'torn-tail'
  | 'unclosed'
  | 'segment-missing'
  | 'segment-foreign'
  | 'file-foreign'
  | 'file-unreadable'
  | 'version-unsupported'
  | 'record-unknown'
  | 'counts-wrong'
  | 'hash-wrong'
  | 'manifest-wrong'
  | 'index-wrong'
  | 'line-malformed'
  | 'frame-malformed';

/** Damage, with its place and what it cost. */
export interface Damage {
  readonly kind: DamageKind;
  /** The file's name, without its directory. */
  readonly file: string;
  /** Absent for NDJSON. */
  readonly segment?: number | undefined;
  /** 1, 2…; NDJSON and the manifest only. */
  readonly line?: number | undefined;
  /** Of the first byte concerned. */
  readonly offset: number;
  /** How many bytes; 0 when the bytes themselves are gone. */
  readonly bytes: number;
  /** Absent: nobody can know. */
  readonly recordsLost?: number | undefined;
  /** The sentence for people: what, where, what to do. */
  readonly message: string;
}

/** Where something stands in a recording. */
export interface Place {
  readonly file: string;
  /** Absent for NDJSON. */
  readonly segment?: number | undefined;
  /** NDJSON only. */
  readonly line?: number | undefined;
  readonly offset: number;
}

/** `segment-000001.krj at offset 1234` or `book.ndjson line 12`. */
export function formatPlace(place: Place): string {
  return place.line === undefined
    ? `${place.file} at offset ${place.offset}`
    : `${place.file} line ${place.line}`;
}
