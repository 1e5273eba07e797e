import type { Frame } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import { MAX_PAYLOAD_BYTES } from '../format/record-format.ts';

/** @throws RecordingError `INVALID_FRAME` for what a record cannot hold */
export function assertFrame({ connectionId, sequence, bytes }: Frame): void {
  if (
    connectionId >>> 0 === connectionId &&
    Number.isSafeInteger(sequence) &&
    sequence >= 0 &&
    bytes.length <= MAX_PAYLOAD_BYTES
  ) {
    return;
  }
  throw new RecordingError(
    'INVALID_FRAME',
    `A frame needs a connection id below 2^32 (got ${connectionId}), a whole sequence number from 0 ` +
      `(got ${sequence}) and at most ${MAX_PAYLOAD_BYTES} bytes (got ${bytes.length}).`,
  );
}
