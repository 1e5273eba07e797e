import type { GapEvent } from '@kr/schemas/shared';
import type { Damage, DamageKind, Place } from '../format/damage.ts';
import { END_KIND, FRAME_KIND, GAP_KIND, HEADER_KIND } from '../format/record-format.ts';
import type { RecordView, ScanDamage } from '../format/record-scanner.ts';
import { type SegmentPlace, segmentDamage, unreadableDamage } from '../format/segment-damage.ts';
import { parseSegmentEnd, type SegmentEnd } from '../format/segment-end.ts';
import {
  FORMAT_VERSION,
  parseSegmentHeader,
  type SegmentHeader,
} from '../format/segment-header.ts';
import { parseGap } from './gap-ledger.ts';

/** Receives what a journal holds, in order. */
export interface JournalSink {
  onHeader(header: SegmentHeader, place: Place): void;
  /** The record holds only during the call. */
  onFrame(record: RecordView, segment: SegmentPlace): void;
  onGap(gap: GapEvent, place: Place): void;
  onEnd(end: SegmentEnd, place: Place): void;
  onDamage(damage: Damage): void;
}

interface ReadSegment extends SegmentPlace {
  /** 0 until the header tells, for a file with a name of its own. */
  segment: number;
  records: number;
  frames: number;
  bytes: number;
  closed: SegmentEnd['reason'] | undefined;
  /** Of another recording or of a newer format: nothing more of it is read. */
  skipped: boolean;
  /** Damage was told, so counts cannot add up. */
  damaged: boolean;
  /** Damage up to the end of the file, held back until the next header says how much was lost. */
  tail: ScanDamage | undefined;
}

/**
 * Puts the records of a recording's segments together again and tells everything that does not fit:
 * missing segments, foreign ones, lost tails, segments that were never closed without a restart being
 * written down after them.
 */
export class JournalAssembler {
  readonly #sink: JournalSink;
  readonly #isWhole: boolean;
  #current: ReadSegment | undefined;
  #expectedNumber: number | undefined;
  #recordingId: string | undefined;
  /** How many segments' files are not there, to be told once the next header is known. */
  #missing = 0;
  /** The segment before, whose end is judged by the next header. */
  #before: ReadSegment | undefined;
  /** A file without any record, judged by whether another segment follows. */
  #recordless: ReadSegment | undefined;
  /** A segment that was never closed, until a restart after it is read. */
  #unclosed: ReadSegment | undefined;

  /**
   * @param isWhole the segments are all that there are from number `first` on, so none may lack.
   */
  constructor(sink: JournalSink, isWhole: boolean, first = 1) {
    this.#sink = sink;
    this.#isWhole = isWhole;
    this.#expectedNumber = isWhole ? first : undefined;
  }

  /** With `isPartial` its records begin inside it, so that its counts cannot be checked. */
  beginSegment(segment: number, file: string, isPartial = false): void {
    this.#tellRecordless('file-foreign');
    this.#missing = segment - (this.#expectedNumber ?? segment);
    this.#expectedNumber = segment + 1;
    this.#current = {
      file,
      segment,
      records: 0,
      frames: 0,
      bytes: 0,
      closed: undefined,
      skipped: false,
      damaged: isPartial,
      tail: undefined,
    };
  }

  onRecord(record: RecordView): void {
    const current = this.#current;
    if (current === undefined || current.skipped) return;
    current.records = record.ordinal + 1;
    if (record.kind === FRAME_KIND) {
      if (current.frames === 0) {
        this.#judgeBefore(current, undefined);
        this.#tellUnclosed();
      }
      current.frames += 1;
      this.#sink.onFrame(record, current);
    } else if (record.kind === HEADER_KIND) {
      this.#onHeader(current, record);
    } else {
      this.#judgeBefore(current, undefined);
      if (record.kind === GAP_KIND) this.#onGap(current, record);
      else if (record.kind === END_KIND) this.#onEnd(current, record);
      else this.#tellUnknown(current, record, `holds a record of the unknown kind ${record.kind}`);
    }
  }

  onScanDamage(damage: ScanDamage): void {
    const current = this.#current;
    if (current === undefined || current.skipped) return;
    current.damaged = true;
    if (damage.tail) current.tail = damage;
    else this.#sink.onDamage(unreadableDamage(current, damage, damage.recordsLost));
  }

  /** Instead of records: the entry of that name is no file that can be read. */
  onUnreadable(what: string): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#judgeBefore(current, undefined);
    current.skipped = true;
    const text = `is ${what}: what it should hold is not there; look for the file in a backup`;
    this.#tell(current, 'file-unreadable', text, {});
  }

  endSegment(size: number): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined || current.skipped) return;
    current.bytes = size;
    if (current.records === 0) {
      this.#recordless = current;
      return;
    }
    this.#judgeBefore(current, undefined);
    this.#tellUnclosed();
    this.#before = current;
    if (current.closed === undefined) this.#unclosed = current;
  }

  /** With `live` a writer is at work: then the last segment need not be closed, nor its last record whole. */
  finish(live: boolean): void {
    if (live) return;
    this.#tellRecordless('torn-tail');
    const last = this.#before;
    if (last === undefined) return;
    if (last.tail !== undefined) {
      const text =
        'is no whole record, as after a crash; recording into the directory again cuts it off';
      this.#tell(last, 'torn-tail', text, last.tail);
    }
    if (this.#isWhole && last.closed === 'rotate') {
      const text =
        'says that a segment follows, and none does: the recorder died just then, or the file is lost';
      this.#tell(last, 'segment-missing', text, { offset: last.bytes });
    }
    this.#tellUnclosed();
  }

  #onHeader(current: ReadSegment, record: RecordView): void {
    const header = parseSegmentHeader(record.payload);
    const known = header === undefined || 'unsupportedVersion' in header ? undefined : header;
    const foreign =
      known !== undefined && known.recordingId !== (this.#recordingId ?? known.recordingId);
    this.#judgeBefore(current, foreign ? undefined : known);
    if (header === undefined) {
      this.#tellUnknown(current, record, 'has a header that cannot be read');
    } else if (known === undefined) {
      current.skipped = true;
      const version = 'unsupportedVersion' in header ? header.unsupportedVersion : 0;
      const text = `has format version ${version}, and this reader knows ${FORMAT_VERSION}; it is not read: update @kr/recording`;
      this.#tell(current, 'version-unsupported', text, {});
    } else if (foreign) {
      current.skipped = true;
      const text = 'belongs to another recording; it is not read: move it away';
      this.#tell(current, 'segment-foreign', text, {});
    } else {
      this.#recordingId = known.recordingId;
      if (current.segment === 0) current.segment = known.segment;
      if (known.segment !== current.segment) {
        const text = `says that it is segment ${known.segment}: the file was renamed`;
        this.#tell(current, 'segment-foreign', text, {});
      }
      this.#sink.onHeader(known, placeOf(current, record));
    }
  }

  #onGap(current: ReadSegment, record: RecordView): void {
    const gap = parseGap(record.payload);
    if (gap === undefined) {
      this.#tellUnknown(current, record, 'holds a gap that cannot be read');
      return;
    }
    if (gap.reason === 'restart') this.#unclosed = undefined;
    this.#sink.onGap(gap, placeOf(current, record));
  }

  #onEnd(current: ReadSegment, record: RecordView): void {
    const end = parseSegmentEnd(record.payload);
    if (end === undefined) {
      this.#tellUnknown(current, record, 'has an end that cannot be read');
      return;
    }
    current.closed = end.reason;
    if (!current.damaged && (end.records !== record.ordinal || end.frames !== current.frames)) {
      const text = `counts ${end.frames} frames at its end, and ${current.frames} are there`;
      this.#tell(current, 'counts-wrong', text, { offset: record.offset });
    }
    this.#sink.onEnd(end, placeOf(current, record));
  }

  /** Once for each segment: tells what is missing before it, by its header where that can be read. */
  #judgeBefore(current: ReadSegment, header: SegmentHeader | undefined): void {
    const before = this.#before;
    const count = this.#missing;
    this.#before = undefined;
    this.#missing = 0;
    const previous = header?.previous;
    if (before !== undefined) {
      const stood = previous?.segment === before.segment ? previous.records : undefined;
      const lost = stood === undefined ? undefined : stood - before.records;
      if (before.tail !== undefined) {
        this.#sink.onDamage(unreadableDamage(before, before.tail, lost));
      } else if (lost !== undefined && lost > 0) {
        const cut = { offset: before.bytes, bytes: 0, tail: true, recordsLost: lost };
        this.#sink.onDamage(unreadableDamage(before, cut, lost));
      }
    }
    if (count === 0) return;
    const last = current.segment - 1;
    const known = count === 1 && previous?.segment === last ? previous.records : undefined;
    const names =
      count === 1 ? `segment ${last}` : `segments ${current.segment - count} to ${last}`;
    const text = `follows on nothing: ${names} missing; look for the files in a backup`;
    this.#tell(current, 'segment-missing', text, { recordsLost: known });
  }

  #tellRecordless(kind: 'file-foreign' | 'torn-tail'): void {
    const recordless = this.#recordless;
    this.#recordless = undefined;
    if (recordless === undefined) return;
    const text =
      kind === 'file-foreign'
        ? 'is named as a segment but holds no record of a recording: move it away'
        : 'holds no record: the recorder died before its first one, or the file is foreign';
    this.#tell(recordless, kind, text, { bytes: recordless.bytes });
  }

  #tellUnclosed(): void {
    const unclosed = this.#unclosed;
    this.#unclosed = undefined;
    if (unclosed === undefined) return;
    const text =
      'has no end record and no restart is written down after it: what is missing is unknown; ' +
      'if the recorder died, recording into the directory again writes the gap down';
    this.#tell(unclosed, 'unclosed', text, { offset: unclosed.bytes });
  }

  #tellUnknown(current: ReadSegment, record: RecordView, text: string): void {
    const bytes = record.payload.length;
    this.#tell(current, 'record-unknown', text, { offset: record.offset, bytes });
  }

  #tell(
    place: SegmentPlace,
    kind: DamageKind,
    text: string,
    where: {
      readonly offset?: number;
      readonly bytes?: number;
      readonly recordsLost?: number | undefined;
    },
  ): void {
    this.#sink.onDamage(segmentDamage(place, kind, text, where));
  }
}

function placeOf({ file, segment }: SegmentPlace, { offset }: RecordView): Place {
  return { file, segment, offset };
}
