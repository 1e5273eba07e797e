import crc32 from 'crc-32';
import {
  CONNECTION_AT,
  KIND_AT,
  LENGTH_AT,
  MONOTONIC_AT,
  ORDINAL_AT,
  PAYLOAD_AT,
  SEQUENCE_AT,
  SYNC_WORD,
  WALL_AT,
} from './record-format.ts';

const TWO_32 = 0x1_0000_0000;

/** The fields of a record beside its payload. */
export interface RecordFields {
  readonly kind: number;
  readonly ordinal: number;
  readonly connectionId: number;
  readonly sequence: number;
  readonly wallNs: bigint;
  readonly monotonicNs: bigint;
}

/** Writes one record at `at` and returns the offset after it. The caller has seen to the room. */
export function encodeRecord(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  fields: RecordFields,
  payload: Uint8Array,
): number {
  view.setUint32(at, SYNC_WORD, true);
  view.setUint32(at + LENGTH_AT, payload.length, true);
  view.setUint32(at + KIND_AT, fields.kind, true);
  view.setUint32(at + ORDINAL_AT, fields.ordinal, true);
  view.setUint32(at + CONNECTION_AT, fields.connectionId, true);
  view.setUint32(at + SEQUENCE_AT, fields.sequence % TWO_32, true);
  view.setUint32(at + SEQUENCE_AT + 4, Math.floor(fields.sequence / TWO_32), true);
  view.setBigInt64(at + WALL_AT, fields.wallNs, true);
  view.setBigInt64(at + MONOTONIC_AT, fields.monotonicNs, true);
  bytes.set(payload, at + PAYLOAD_AT);
  const end = at + PAYLOAD_AT + payload.length;
  view.setInt32(end, recordChecksum(bytes, at, end), true);
  return end + 4;
}

/** CRC-32 of everything between the sync marker of the record at `at` and `end`, as a signed word. */
export function recordChecksum(bytes: Uint8Array, at: number, end: number): number {
  return crc32.buf(bytes.subarray(at + LENGTH_AT, end));
}

/** The sequence of the record at `at`. */
export function readSequence(view: DataView, at: number): number {
  return (
    view.getUint32(at + SEQUENCE_AT + 4, true) * TWO_32 + view.getUint32(at + SEQUENCE_AT, true)
  );
}
