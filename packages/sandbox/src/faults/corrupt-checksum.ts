import { WireFrame } from '../protocol/wire-frame.ts';

/** A checksum of v2 (`"checksum":2439117997`) or of v1 (`"c":"974942666"`). */
const CHECKSUM = /("checksum":|"c":")(\d+)/;

export function hasChecksum(frame: WireFrame): boolean {
  return CHECKSUM.test(textOf(frame));
}

/** The same frame with a checksum that is one bit wrong. */
export function corruptChecksum(frame: WireFrame): WireFrame {
  return new WireFrame(
    textOf(frame).replace(
      CHECKSUM,
      (_match, key: string, checksum: string) => `${key}${(Number(checksum) ^ 1) >>> 0}`,
    ),
  );
}

function textOf({ bytes }: WireFrame): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
