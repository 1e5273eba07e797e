import { describe, expect, it } from 'vitest';
import { fitParts } from './fit-parts.ts';
import { wrapWords } from './wrap-words.ts';

describe('a line of parts', () => {
  it.each([
    [99, 'spread 0.1 · 0.02 bps · mid 64494.85'],
    [36, 'spread 0.1 · 0.02 bps · mid 64494.85'],
    [35, 'spread 0.1 · 0.02 bps'],
    [12, 'spread 0.1'],
    [9, ''],
  ])('of %i has whole parts alone', (width, line) => {
    expect(fitParts(['spread 0.1', '0.02 bps', 'mid 64494.85'], width)).toBe(line);
  });
});

describe('a text in lines', () => {
  it('has whole words, and a longer one by itself', () => {
    expect(wrapWords('a key may query-funds', 10)).toEqual(['a key may', 'query-funds']);
    expect(wrapWords('', 10)).toEqual([]);
    expect(wrapWords('all of it', Number.POSITIVE_INFINITY)).toEqual(['all of it']);
  });
});
