import { describe, expect, it } from 'vitest';
import { bytes, elapsed, grouped } from './numbers.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_536_000, '1.5 MB'],
    [2.5e12, '2.5 TB'],
    [9e15, '9000.0 TB'],
  ])('%i bytes are %s', (value, text) => expect(bytes(value)).toBe(text));

  it.each([
    [0, '0s'],
    [83_000, '1m 23s'],
    [3_600_000, '1h 0m 0s'],
  ])('%i ms are %s', (ms, text) => expect(elapsed(ms)).toBe(text));

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [-123456, '-123,456'],
    [1234567, '1,234,567'],
  ])('groups the thousands of %i', (value, text) => expect(grouped(value)).toBe(text));
});
