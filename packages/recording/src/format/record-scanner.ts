import { type Crc32, CrcRun } from './crc-run.ts';
import { readSequence, recordChecksum } from './record-codec.ts';
import {
  CONNECTION_AT,
  HEADER_KIND,
  KIND_AT,
  LENGTH_AT,
  MAX_PAYLOAD_BYTES,
  MONOTONIC_AT,
  ORDINAL_AT,
  PAYLOAD_AT,
  RECORD_OVERHEAD,
  SYNC_MARKER,
  SYNC_WORD,
  WALL_AT,
} from './record-format.ts';

/** One valid record. The object and its payload are reused: they hold only during the callback. */
export interface RecordView {
  /** Where the record starts in its file. */
  readonly offset: number;
  readonly kind: number;
  readonly ordinal: number;
  readonly connectionId: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
  wallNs(): bigint;
  monotonicNs(): bigint;
}

/** A stretch of a file that holds no valid record. */
export interface ScanDamage {
  readonly offset: number;
  readonly bytes: number;
  /** Exact where a valid record follows; unknown at the end of a file. */
  readonly recordsLost: number | undefined;
  /** Nothing valid follows. */
  readonly tail: boolean;
}

export interface ScanHandlers {
  onRecord(record: RecordView): void;
  onDamage(damage: ScanDamage): void;
}

/** How many bytes may have been cut out of a file, a disk's block, before an ordinal looks too high. */
const CUT_BYTES = 4096;
/** Records proved by one call: as many as the processor's nearer cache holds until they are looked at. */
const RUN_BYTES = 128 * 1024;

const VALID = 1;
const INVALID = 0;
const INCOMPLETE = -1;

/**
 * Finds the records of one segment in the bytes it is fed, and says of every byte between them that
 * it is damage. After damage it goes on at the next sync marker with a right CRC and an ordinal that
 * can be true.
 */
export class RecordScanner {
  readonly #handlers: ScanHandlers;
  readonly #record = new CurrentRecord();
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #filled = 0;
  #atEnd = false;
  /** File offset of the first byte of the buffer. */
  #base = 0;
  #damageFrom: number | undefined;
  #lastOrdinal = -1;
  #validEnd = 0;

  readonly #crc32: Crc32 | undefined;
  readonly #run = new CrcRun();
  /** Records up to here have the right CRC, or were tried together in vain. */
  #proved = 0;
  #tried = 0;

  /**
   * @param start where the bytes begin, when that is a record inside the segment.
   * @param crc32 the runtime's own, where it has one: many records are proved by one call of it.
   */
  constructor(handlers: ScanHandlers, start = { offset: 0, ordinal: 0 }, crc32?: Crc32) {
    this.#handlers = handlers;
    this.#crc32 = crc32;
    this.#base = start.offset;
    this.#lastOrdinal = start.ordinal - 1;
  }

  /** The ordinal of the last valid record; -1 before the first. */
  get lastOrdinal(): number {
    return this.#lastOrdinal;
  }

  /** File offset behind the last valid record. */
  get validEnd(): number {
    return this.#validEnd;
  }

  /**
   * Takes what it can of `bytes[0, filled)` and returns how many bytes are done with; the caller
   * hands the rest in again, in front of more. When nothing could be taken the buffer must grow.
   */
  scan(bytes: Uint8Array, filled: number, atEnd: boolean): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#filled = filled;
    this.#atEnd = atEnd;
    this.#proved = this.#tried = 0;
    const at = this.#scanAll();
    if (atEnd && this.#damageFrom !== undefined) {
      const offset = this.#damageFrom;
      const end = this.#base + filled;
      this.#damageFrom = undefined;
      this.#handlers.onDamage({ offset, bytes: end - offset, recordsLost: undefined, tail: true });
    }
    this.#base += at;
    return at;
  }

  /** Works through the buffer and returns the position up to which it is done. */
  #scanAll(): number {
    let at = 0;
    while (at < this.#filled) {
      const searching = this.#damageFrom !== undefined;
      const found = searching ? this.#findMarker(at) : at;
      if (found === -1) return this.#atEnd ? this.#filled : Math.max(at, this.#filled - 3);
      const state = searching ? this.#probeAfterDamage(found) : this.#probeInPlace(found);
      if (state === INCOMPLETE) return found;
      if (state === VALID) {
        at = this.#accept(found);
      } else {
        this.#damageFrom ??= this.#base + found;
        at = found + 1;
      }
    }
    return at;
  }

  /** Is there a whole record at `at`, whatever its marker and ordinal? */
  #probe(at: number): number {
    const short = this.#atEnd ? INVALID : INCOMPLETE;
    if (at + RECORD_OVERHEAD > this.#filled) return short;
    const view = this.#view;
    const length = view.getUint32(at + LENGTH_AT, true);
    if (length > MAX_PAYLOAD_BYTES) return INVALID;
    const kindWord = view.getUint32(at + KIND_AT, true);
    if (kindWord === 0 || kindWord > 0xff) return INVALID;
    const ordinal = view.getUint32(at + ORDINAL_AT, true);
    if ((kindWord === HEADER_KIND) !== (ordinal === 0)) return INVALID;
    const end = at + PAYLOAD_AT + length;
    if (end + 4 > this.#filled) return short;
    if (at >= this.#tried) this.#prove(at);
    if (end + 4 <= this.#proved) return VALID;
    return view.getInt32(end, true) === recordChecksum(this.#bytes, at, end) ? VALID : INVALID;
  }

  /** Proves the records from `at` on together, as far as they follow on each other. */
  #prove(at: number): void {
    if (this.#crc32 === undefined) return;
    const limit = Math.min(this.#filled, at + RUN_BYTES);
    this.#run.begin();
    let end = at;
    while (end + RECORD_OVERHEAD <= limit && this.#view.getUint32(end, true) === SYNC_WORD) {
      const length = this.#view.getUint32(end + LENGTH_AT, true);
      if (end + RECORD_OVERHEAD + length > limit) break;
      this.#run.add(length);
      end += RECORD_OVERHEAD + length;
    }
    this.#tried = Math.max(end, at + 1);
    if (end > at && this.#crc32(this.#bytes.subarray(at, end)) === this.#run.expected)
      this.#proved = end;
  }

  /** A record where one must start. A record with a damaged marker alone is still read. */
  #probeInPlace(at: number): number {
    const state = this.#probe(at);
    if (state !== VALID) return state;
    const lost = this.#ordinalAt(at) - this.#lastOrdinal - 1;
    if (this.#view.getUint32(at, true) !== SYNC_WORD) {
      if (lost !== 0) return INVALID;
      this.#report(this.#base + at, SYNC_MARKER.length, 0);
    } else if (lost < 0) {
      return INVALID;
    } else if (lost > 0) {
      this.#report(this.#base + at, 0, lost);
    }
    return VALID;
  }

  /**
   * A record behind damage: the lost ones must about fit into the skipped bytes, or the record is
   * followed by its successor. Else it may be the copy of a record inside a binary payload.
   */
  #probeAfterDamage(at: number): number {
    const state = this.#probe(at);
    if (state !== VALID) return state;
    const ordinal = this.#ordinalAt(at);
    const lost = ordinal - this.#lastOrdinal - 1;
    const from = this.#damageFrom ?? 0;
    const skipped = this.#base + at - from;
    if (lost < 0) return INVALID;
    if (lost * RECORD_OVERHEAD > skipped + CUT_BYTES) {
      const next = at + this.#sizeAt(at);
      if (next < this.#filled || !this.#atEnd) {
        const following = next < this.#filled ? this.#probe(next) : INCOMPLETE;
        if (following !== VALID) return following;
        if (this.#ordinalAt(next) !== ordinal + 1) return INVALID;
      }
    }
    this.#damageFrom = undefined;
    this.#report(from, skipped, lost);
    return VALID;
  }

  #accept(at: number): number {
    const next = at + this.#sizeAt(at);
    const view = this.#view;
    this.#lastOrdinal = this.#ordinalAt(at);
    this.#validEnd = this.#base + next;
    this.#record.move(view, this.#bytes, at, next, this.#base + at);
    this.#handlers.onRecord(this.#record);
    return next;
  }

  #report(offset: number, bytes: number, recordsLost: number): void {
    this.#handlers.onDamage({ offset, bytes, recordsLost, tail: false });
  }

  #ordinalAt(at: number): number {
    return this.#view.getUint32(at + ORDINAL_AT, true);
  }

  #sizeAt(at: number): number {
    return this.#view.getUint32(at + LENGTH_AT, true) + RECORD_OVERHEAD;
  }

  #findMarker(from: number): number {
    const [first = 0] = SYNC_MARKER;
    const last = this.#filled - SYNC_MARKER.length;
    for (let at = this.#bytes.indexOf(first, from); at !== -1; ) {
      if (at > last) return -1;
      if (this.#view.getUint32(at, true) === SYNC_WORD) return at;
      at = this.#bytes.indexOf(first, at + 1);
    }
    return -1;
  }
}

/** The record in hand; one object for all of a segment's, because there are millions. */
class CurrentRecord implements RecordView {
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  offset = 0;
  kind = 0;
  ordinal = 0;
  connectionId = 0;
  sequence = 0;
  payload: Uint8Array = new Uint8Array(0);

  move(view: DataView, bytes: Uint8Array, at: number, next: number, offset: number): void {
    this.#view = view;
    this.#at = at;
    this.offset = offset;
    this.kind = view.getUint8(at + KIND_AT);
    this.ordinal = view.getUint32(at + ORDINAL_AT, true);
    this.connectionId = view.getUint32(at + CONNECTION_AT, true);
    this.sequence = readSequence(view, at);
    this.payload = bytes.subarray(at + PAYLOAD_AT, next - 4);
  }

  wallNs(): bigint {
    return this.#view.getBigInt64(this.#at + WALL_AT, true);
  }

  monotonicNs(): bigint {
    return this.#view.getBigInt64(this.#at + MONOTONIC_AT, true);
  }
}
