import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CrcRun } from './crc-run.ts';
import { encodeRecord } from './record-codec.ts';
import { FRAME_KIND, RECORD_OVERHEAD } from './record-format.ts';

function encode(payloads: readonly Uint8Array[]): Uint8Array {
  const size = payloads.reduce((sum, { length }) => sum + RECORD_OVERHEAD + length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [ordinal, payload] of payloads.entries()) {
    const clocks = { wallNs: BigInt(ordinal) * 7n, monotonicNs: -3n };
    const fields = { kind: FRAME_KIND, ordinal, connectionId: 9, sequence: ordinal, ...clocks };
    at = encodeRecord(bytes, view, at, fields, payload);
  }
  return bytes;
}

function expectedOf(payloads: readonly Uint8Array[]): number {
  const run = new CrcRun();
  run.begin();
  for (const { length } of payloads) run.add(length);
  return run.expected;
}

describe('CrcRun', () => {
  it('knows the CRC-32 of records in a row from their lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (payloads) => {
        expect(expectedOf(payloads)).toBe(crc32(encode(payloads)));
      }),
    );
  });

  it.each([4032, 4096, 262_143, 262_144, 20_000_000])(
    'knows it of a payload of %i bytes',
    (size) => {
      const payloads = [new Uint8Array(3), new Uint8Array(size).fill(0x5a), new Uint8Array(1)];
      expect(expectedOf(payloads)).toBe(crc32(encode(payloads)));
    },
  );

  it('is not the CRC of records of which any bit is another', () => {
    const payloads = [4, 0, 9].map((length) => new Uint8Array(length).fill(1));
    const bytes = encode(payloads);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(crc32(bytes)).not.toBe(expectedOf(payloads));
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    }
  });
});
