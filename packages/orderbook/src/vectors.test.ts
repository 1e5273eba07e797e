import { describe, expect, it } from 'vitest';
import { level, v2 } from '../test/frames.ts';
import { VECTORS } from '../test/vectors.ts';
import { L2Book } from './index.ts';

describe.each(VECTORS)('the checksum of $name', (vector) => {
  const { pricePrecision, quantityPrecision, checksum } = vector;
  const options = { symbol: 'BTC/USD', depth: 10, pricePrecision, quantityPrecision };

  it('is right as a frame', () => {
    const book = new L2Book(options);
    expect(book.apply(v2('snapshot', vector))).toBe('verified');
    expect(book.checksum()).toBe(checksum);
    expect(book.expectedChecksum).toBe(checksum);
  });

  it('is right as levels', () => {
    const book = new L2Book(options);
    const bids = vector.bids.map(level);
    const asks = vector.asks.map(level);
    expect(book.applySnapshot({ bids, asks, checksum })).toBe('verified');
    expect(book.verified).toBe(true);
  });

  it('is right whatever the order of the entries', () => {
    const book = new L2Book(options);
    book.applySnapshot({ bids: [], asks: [] });
    const bids = vector.bids.map(level).toReversed();
    const asks = vector.asks.map(level).toReversed();
    expect(book.applyUpdate({ bids, asks, checksum })).toBe('verified');
  });
});

describe('updates of the documentation and of real frames', () => {
  it('follows the MATIC/USD example, its zeros dropped', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    expect(book.apply(v2('snapshot', VECTORS[1]!))).toBe('verified');
    const update = v2('update', { bids: ['0.5657 1098.3947558'], checksum: 2114181697 });
    expect(book.apply(update)).toBe('verified');
    expect(book.bids().at(-1)).toEqual({ price: '0.5657', quantity: '1098.39475580' });
    expect(book.bids()[6]).toEqual({ price: '0.5660', quantity: '18097.15470000' });
  });

  it('follows a removal that brings the next level into view', () => {
    const book = new L2Book({ symbol: 'BTC/USD', depth: 10 });
    expect(book.apply(v2('snapshot', { ...VECTORS[2]!, timestamp: null }))).toBe('verified');
    const asks = ['1797.29 0.00000000', '1797.52 1.56601318'];
    expect(book.apply(v2('update', { asks, checksum: 3329440863 }))).toBe('verified');
    expect(book.askCount).toBe(10);
  });
});
