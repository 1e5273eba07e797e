import type { Frame, GapEvent } from '@kr/schemas/shared';
import type { Damage, Place } from '../format/damage.ts';
import type { RecordView } from '../format/record-scanner.ts';
import type { SegmentPlace } from '../format/segment-damage.ts';
import type { SegmentEnd } from '../format/segment-end.ts';
import type { SegmentHeader } from '../format/segment-header.ts';
import type { JournalSink } from './journal-assembler.ts';

/** One thing that a journal holds, or that is wrong with it, in the order of the files. */
export type JournalEntry =
  | { readonly type: 'header'; readonly place: Place; readonly header: SegmentHeader }
  | { readonly type: 'frame'; readonly place: Place; readonly frame: Frame }
  | { readonly type: 'gap'; readonly place: Place; readonly gap: GapEvent }
  | { readonly type: 'end'; readonly place: Place; readonly end: SegmentEnd }
  | { readonly type: 'damage'; readonly damage: Damage };

/** Collects entries until they are taken; each owns its bytes. */
export class EntryCollector implements JournalSink {
  #entries: JournalEntry[] = [];

  take(): JournalEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }

  onHeader(header: SegmentHeader, place: Place): void {
    this.#entries.push({ type: 'header', place, header });
  }

  onFrame(record: RecordView, { file, segment }: SegmentPlace): void {
    const place = { file, segment, offset: record.offset };
    this.#entries.push({ type: 'frame', place, frame: toFrame(record) });
  }

  onGap(gap: GapEvent, place: Place): void {
    this.#entries.push({ type: 'gap', place, gap });
  }

  onEnd(end: SegmentEnd, place: Place): void {
    this.#entries.push({ type: 'end', place, end });
  }

  onDamage(damage: Damage): void {
    this.#entries.push({ type: 'damage', damage });
  }
}

function toFrame(record: RecordView): Frame {
  return {
    receivedAt: { wallNs: record.wallNs(), monotonicNs: record.monotonicNs() },
    connectionId: record.connectionId,
    sequence: record.sequence,
    bytes: record.payload.slice(),
  };
}
