import { formatTimestamp } from '@kr/schemas/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEpoch, formatMicros } from './timestamp.ts';

const ns = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });

describe('times as the sockets print them', () => {
  it('are the microseconds of the exact time, in whatever order they are asked for', () => {
    fc.assert(
      fc.property(fc.array(ns, { minLength: 2 }), (times) => {
        for (const time of [...times, ...times.map((each) => each + 1_000n)]) {
          expect(formatMicros(time)).toBe(`${formatTimestamp(time).slice(0, 26)}Z`);
        }
      }),
    );
  });

  it.each([
    [0n, '0.000000'],
    [999n, '0.000000'],
    [1_693_415_330_621_700_999n, '1693415330.621700'],
  ])('%s of v1 is %s', (time, text) => {
    expect(formatEpoch(time)).toBe(text);
  });
});
