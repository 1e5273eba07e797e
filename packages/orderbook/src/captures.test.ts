import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ApplyOutcome, L2Book } from './index.ts';

const captures = process.env['KR_CAPTURES'];

const lines = (path: string): string[] =>
  readFileSync(join(captures ?? '', path), 'utf8')
    .split('\n')
    .filter(Boolean);

const outcomes = (book: L2Book, frames: readonly string[], asText: boolean): ApplyOutcome[] =>
  frames
    .map((frame) => book.apply(asText ? frame : Buffer.from(frame)))
    .filter((outcome) => outcome !== 'foreign');

describe.skipIf(captures === undefined)('real recordings (skipped without KR_CAPTURES)', () => {
  it.each([false, true])('verifies 1254 of 1254 frames of the v2 feed (as text: %s)', (asText) => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    const found = outcomes(book, lines('spot-v2/book-d10-BTCUSD-20260719.ndjson'), asText);
    expect(found).toEqual(Array.from({ length: 1254 }, () => 'verified'));
    expect(book.verified).toBe(true);
  });

  it('learns symbol and precision from the wire', () => {
    const book = new L2Book({ depth: 10 });
    const found = outcomes(book, lines('spot-v2/book-d10-BTCUSD-20260719.ndjson'), false);
    expect(found.every((outcome) => outcome === 'verified')).toBe(true);
    expect([book.symbol, book.pricePrecision, book.quantityPrecision]).toEqual(['BTC/USD', 1, 8]);
  });

  it('gives the same through the exact parser', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    const frames = lines('spot-v2/book-d10-BTCUSD-20260719.ndjson').map((line) => ` ${line}`);
    expect(outcomes(book, frames, false)).toEqual(Array.from({ length: 1254 }, () => 'verified'));
  });

  it('notices the hole of a recording at the first frame after it', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    const found = outcomes(book, lines('spot-v2/book-d10-BTCUSD-20260720-with-hole.ndjson'), false);
    expect(found.slice(0, 41)).toEqual(Array.from({ length: 41 }, () => 'verified'));
    expect(found.slice(41)).toEqual(Array.from({ length: 17 }, () => 'mismatch'));
    expect(book.verified).toBe(false);
  });

  it('verifies 979 of 979 updates of the v1 feed', () => {
    const book = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    const found = outcomes(book, lines('spot-v1/book-d10-XBTUSD-20230830.ndjson'), false);
    expect(found[0]).toBe('unchecked');
    expect(found.slice(1)).toEqual(Array.from({ length: 979 }, () => 'verified'));
  });
});
