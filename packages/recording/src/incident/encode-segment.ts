import type { Frame } from '@kr/schemas/shared';
import { encodeRecord } from '../format/record-codec.ts';
import { END_KIND, FRAME_KIND, HEADER_KIND, RECORD_OVERHEAD } from '../format/record-format.ts';
import type { SegmentEnd } from '../format/segment-end.ts';
import type { SegmentHeader } from '../format/segment-header.ts';
import { utf8 } from '../wire/bytes.ts';

const NO_FRAME = { connectionId: 0, sequence: 0, wallNs: 0n, monotonicNs: 0n };

/** A whole segment in memory: header, frames, end. */
export function encodeSegment(header: SegmentHeader, frames: readonly Frame[]): Uint8Array {
  const payload = utf8(JSON.stringify(header));
  const before = frames.reduce((sum, { bytes }) => sum + bytes.length + RECORD_OVERHEAD, 0);
  const length = payload.length + RECORD_OVERHEAD + before;
  const counts: SegmentEnd = {
    reason: 'close',
    records: frames.length + 1,
    frames: frames.length,
    gaps: 0,
    bytes: length,
  };
  const end = utf8(JSON.stringify(counts));
  const bytes = new Uint8Array(length + end.length + RECORD_OVERHEAD);
  const view = new DataView(bytes.buffer);
  let at = encodeRecord(bytes, view, 0, { ...NO_FRAME, kind: HEADER_KIND, ordinal: 0 }, payload);
  for (const [index, frame] of frames.entries()) {
    const { connectionId, sequence, receivedAt } = frame;
    const fields = { kind: FRAME_KIND, ordinal: index + 1, connectionId, sequence, ...receivedAt };
    at = encodeRecord(bytes, view, at, fields, frame.bytes);
  }
  const last = { ...NO_FRAME, kind: END_KIND, ordinal: frames.length + 1 };
  encodeRecord(bytes, view, at, last, end);
  return bytes;
}
