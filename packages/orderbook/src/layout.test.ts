import { describe, expect, it } from 'vitest';
import { level3, v2 } from '../test/frames.ts';
import { L3_ASKS, L3_BIDS, L3_CHECKSUM } from '../test/l3-vector.ts';
import { isOrderBookError, L2Book, L3Book } from './index.ts';

// Twelve levels a side: the checksum covers ten, so that a change of the last two leaves it as it is.
const levels = (from: number, step: number): string[] =>
  Array.from({ length: 12 }, (_, i) => `${from + step * i}.0 1.00000000`);
const sides = { bids: levels(99, -1), asks: levels(101, 1) };
const DEPTH = 25;

const probe = new L2Book({ symbol: 'BTC/USD', depth: DEPTH });
probe.apply(v2('snapshot', sides));
const CHECKSUM = probe.checksum();
const SNAPSHOT = v2('snapshot', { ...sides, checksum: CHECKSUM });
const UPDATE = v2('update', {
  bids: ['88.0 2.00000000'],
  asks: ['112.0 0.00000000'],
  checksum: CHECKSUM,
});

const codeOf = (apply: () => string): string => {
  try {
    return apply();
  } catch (error) {
    return isOrderBookError(error) ? error.code : String(error);
  }
};

const outcomeOf = (frame: string): { readonly outcome: string; readonly verified: boolean } => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: DEPTH });
  expect(book.apply(SNAPSHOT)).toBe('verified');
  return { outcome: codeOf(() => book.apply(frame)), verified: book.verified };
};

describe('a frame that no checksum would convict', () => {
  it('is applied in the layout Kraken prints', () => {
    expect(outcomeOf(UPDATE)).toEqual({ outcome: 'verified', verified: true });
  });

  it('is not misread, whatever letter of a key of its levels is another', () => {
    for (const key of ['"price":', '"qty":', '"bids":', '"asks":']) {
      for (let i = 1; i < key.length - 2; i++) {
        const damaged = `${key.slice(0, i)}x${key.slice(i + 1)}`;
        const frame = UPDATE.replace(key, damaged);
        expect({ damaged, ...outcomeOf(frame) }).toEqual({
          damaged,
          outcome: 'MALFORMED_FRAME',
          verified: false,
        });
      }
    }
  });

  it.each([
    ['no checksum', UPDATE.replace(`"checksum":${CHECKSUM},`, '')],
    ['another key for it', UPDATE.replace('"checksum"', '"checkbum"')],
    ['another key for it, its ends alike', UPDATE.replace('"checksum"', '"chexksum"')],
  ])('leaves the book unverified with %s', (_, frame) => {
    expect(outcomeOf(frame)).toEqual({ outcome: 'unchecked', verified: false });
  });

  it.each([
    ['channel', '"book"', '"bowk"'],
    ['type', '"update"', '"uptade"'],
    ['symbol', '"symbol"', '"symbal"'],
  ])('is not taken with another %s', (_, from, to) => {
    expect(['foreign', 'MALFORMED_FRAME']).toContain(outcomeOf(UPDATE.replace(from, to)).outcome);
  });
});

describe('an L3 frame', () => {
  const snapshot = level3('snapshot', { bids: L3_BIDS, asks: L3_ASKS, checksum: L3_CHECKSUM });
  const update = level3('update', {
    bids: [{ ...L3_BIDS[3]!, event: 'modify' }],
    checksum: L3_CHECKSUM,
  });

  it('is not misread, whatever letter of a key of its orders is another', () => {
    for (const key of ['"event":', '"order_id":', '"limit_price":', '"order_qty":']) {
      for (let i = 1; i < key.length - 2; i++) {
        const damaged = `${key.slice(0, i)}x${key.slice(i + 1)}`;
        const book = new L3Book({ symbol: 'BTC/USD', depth: 10 });
        expect(book.apply(snapshot)).toBe('verified');
        const outcome = codeOf(() => book.apply(update.replace(key, damaged)));
        expect({ damaged, outcome, verified: book.verified }).toEqual({
          damaged,
          outcome: 'MALFORMED_FRAME',
          verified: false,
        });
      }
    }
  });

  it.each(['mxdify', 'modifx', 'modxfy', 'add'])('is no modification by the name of %s', (name) => {
    const book = new L3Book({ symbol: 'BTC/USD', depth: 10 });
    book.apply(snapshot);
    const outcome = codeOf(() => book.apply(update.replace('"modify"', `"${name}"`)));
    expect(outcome).toBe(name === 'add' ? 'mismatch' : 'MALFORMED_FRAME');
  });
});
