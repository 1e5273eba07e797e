import type { Place } from '../format/damage.ts';
import type { RecordView } from '../format/record-scanner.ts';
import type { SegmentPlace } from '../format/segment-damage.ts';
import type { JournalSink } from '../read/journal-assembler.ts';
import type { FramePlace } from './frame-place.ts';
import type { Verifier } from './verifier.ts';

/** Hands what a journal holds to a verifier. */
export function createVerifierSink(verifier: Verifier): JournalSink {
  const at = new RecordPlace();
  return {
    onHeader: (header) => {
      verifier.onHeader(header);
    },
    onFrame: (record, segment) => {
      at.move(record, segment);
      verifier.onFrame(record.payload, at);
    },
    onGap: (gap, place) => {
      verifier.onGap(gap, place);
    },
    onEnd: () => undefined,
    onDamage: (damage) => {
      verifier.onDamage(damage);
    },
  };
}

/** The record in hand, seen as a place; one object for all frames. */
class RecordPlace implements FramePlace {
  #record: RecordView | undefined;
  #segment: SegmentPlace = { file: '', segment: 0 };
  connectionId = 0;
  sequence = 0;

  move(record: RecordView, segment: SegmentPlace): void {
    this.#record = record;
    this.#segment = segment;
    this.connectionId = record.connectionId;
    this.sequence = record.sequence;
  }

  get segment(): number {
    return this.#segment.segment;
  }

  place(): Place {
    const { file, segment } = this.#segment;
    return { file, segment, offset: this.#record?.offset ?? 0 };
  }

  wallNs(): bigint | undefined {
    return this.#record?.wallNs();
  }
}
