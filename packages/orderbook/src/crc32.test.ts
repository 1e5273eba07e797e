import CRC32 from 'crc-32';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRC_INITIAL, crc32, crcShift, crcUpdate, MAX_SHIFT } from './crc32.ts';

const digits = fc.stringMatching(/^\d{0,62}$/);

describe('crc32', () => {
  it('gives the check value of the standard', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });

  it('agrees with an independent implementation', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]*$/), (text) => {
        expect(crc32(text)).toBe(CRC32.str(text) >>> 0);
      }),
    );
  });
});

describe('crcShift', () => {
  it('joins pieces without feeding their bytes', () => {
    fc.assert(
      fc.property(fc.array(digits), (pieces) => {
        let register = CRC_INITIAL;
        for (const piece of pieces) {
          register = crcShift(register, piece.length) ^ crcUpdate(0, piece);
        }
        expect(~register >>> 0).toBe(CRC32.str(pieces.join('')) >>> 0);
      }),
    );
  });

  it('covers every length from none to the longest level', () => {
    for (let length = 0; length <= MAX_SHIFT; length++) {
      expect(crcShift(0x12345678, length)).toBe(crcUpdate(0x12345678, '\0'.repeat(length)));
    }
  });
});
