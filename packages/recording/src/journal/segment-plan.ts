import { RECORD_OVERHEAD } from '../format/record-format.ts';
import type { SegmentEnd } from '../format/segment-end.ts';

/** The segment that records are being added to, counted as if everything were written already. */
export class SegmentPlan {
  readonly segment: number;
  /** Monotonic; for rotation by age. */
  readonly startedAtNs: bigint;
  records = 0;
  bytes = 0;
  frames = 0;
  gaps = 0;

  constructor(segment: number, startedAtNs: bigint) {
    this.segment = segment;
    this.startedAtNs = startedAtNs;
  }

  /** Counts one record in and returns where it begins. */
  place(payloadBytes: number): { readonly ordinal: number; readonly offset: number } {
    const place = { ordinal: this.records, offset: this.bytes };
    this.records += 1;
    this.bytes += RECORD_OVERHEAD + payloadBytes;
    return place;
  }

  /** What its end record says of it. */
  end(reason: SegmentEnd['reason']): SegmentEnd {
    const { records, frames, gaps, bytes } = this;
    return { reason, records, frames, gaps, bytes };
  }
}
