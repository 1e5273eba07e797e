import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

describe('formatTimestamp', () => {
  it('always prints nine digits', () => {
    expect(formatTimestamp(0n)).toBe('1970-01-01T00:00:00.000000000Z');
    expect(formatTimestamp(1_795_228_200_123_456_789n)).toBe('2026-11-21T02:30:00.123456789Z');
  });

  it('is read back to the nanosecond, and sorts as time', () => {
    const times = fc.bigInt({ min: 0n, max: 4_102_444_800_000_000_000n });
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(parseTimestamp(formatTimestamp(a))).toBe(a);
        expect(formatTimestamp(a) < formatTimestamp(b)).toBe(a < b);
      }),
    );
  });
});

describe('parseTimestamp', () => {
  it.each([
    ['2023-09-25T09:04:31Z', 1_695_632_671_000_000_000n],
    ['2023-09-25T09:04:31.7Z', 1_695_632_671_700_000_000n],
    ['2023-09-25T09:04:31.742599Z', 1_695_632_671_742_599_000n],
  ])('reads %s', (text, ns) => {
    expect(parseTimestamp(text)).toBe(ns);
  });

  it.each([
    '',
    '2023-09-25',
    '2023-13-25T09:04:31Z',
    '2023-09-25T09:04:31.1234567890Z',
    '2023-09-25T09:04:31+00:00',
  ])('knows %j for none', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});
