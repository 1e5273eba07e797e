import { describe, expect, it } from 'vitest';
import { level, v2 } from '../test/frames.ts';
import { VECTORS } from '../test/vectors.ts';
import { Books, crc32, isOrderBookError } from './index.ts';

const snapshotOf = (symbol: string, price: number): string =>
  v2('snapshot', { symbol, bids: [`${price}.0 1.0`], checksum: crc32(`${price}010`) });
const updateOf = (symbol: string, price: number): string =>
  v2('update', { symbol, bids: [`${price}.0 2.0`], checksum: crc32(`${price}020`) });

describe('Books', () => {
  it('makes a book of every snapshot and keeps them apart', () => {
    const books = new Books({ depth: 10 });
    const symbols = Array.from({ length: 500 }, (_, i) => `S${i}/USD`);
    expect(books.apply(updateOf('S1/USD', 1))).toBe('awaitingSnapshot');
    expect(books.current).toBeUndefined();
    symbols.forEach((symbol, i) => {
      expect(books.apply(snapshotOf(symbol, i + 1))).toBe('verified');
      expect(books.current?.symbol).toBe(symbol);
    });
    symbols.forEach((symbol, i) => {
      expect(books.apply(Buffer.from(updateOf(symbol, i + 1)))).toBe('verified');
      expect(books.current).toBe(books.get(symbol));
    });
    expect(books.size).toBe(500);
    expect(books.symbols()).toEqual(symbols);
    expect([...books].every((book) => book.verified)).toBe(true);
    expect(books.get('S7/USD')?.bids()).toEqual([level('8.0 2.0')]);
  });

  it('takes frames in any layout, and v1', () => {
    const books = new Books({ depth: 10 });
    expect(books.apply(` ${snapshotOf('BTC/USD', 5)}`)).toBe('verified');
    expect(books.apply(updateOf('BTC/USD', 5).replace('/', String.raw`\/`))).toBe('verified');
    expect(books.current?.symbol).toBe('BTC/USD');
    const v1 = '[1,{"as":[],"bs":[["5.0","1.0","1.0"]]},"book-10","XBT/USD"]';
    expect(books.apply(v1)).toBe('unchecked');
    expect(books.apply(v1.replace('book-10', 'book-25'))).toBe('foreign');
    expect(books.size).toBe(2);
    expect(books.apply(snapshotOf('é/USD', 5))).toBe('verified');
    expect(books.apply(updateOf('é/USD', 5))).toBe('verified');
  });

  it('leaves other frames alone', () => {
    const books = new Books({ depth: 10 });
    books.apply(snapshotOf('BTC/USD', 5));
    expect(books.apply('{"channel":"heartbeat"}')).toBe('foreign');
    expect(books.current).toBeUndefined();
    const other = '{"channel":"tape","type":"update","data":[{"symbol":"BTC/USD","x":1}]}';
    expect(books.apply(other)).toBe('foreign');
    expect(books.get('BTC/USD')?.verified).toBe(true);
  });

  it('keeps to the symbols it was given', () => {
    const books = new Books({ depth: 10, symbols: ['BTC/USD'] });
    expect(books.apply(snapshotOf('ETH/USD', 5))).toBe('foreign');
    expect(books.apply(updateOf('BTC/USD', 5))).toBe('awaitingSnapshot');
    expect(books.apply(snapshotOf('BTC/USD', 5))).toBe('verified');
    expect(books.size).toBe(1);
  });

  it('adds books with options of their own, and forgets them', () => {
    const books = new Books({ depth: 25, symbols: ['ETH/USD'] });
    const [, , , , , , , vector] = VECTORS;
    books.add({ symbol: 'BTC/USD', depth: 10, pricePrecision: 10, quantityPrecision: 5 });
    expect(books.apply(v2('snapshot', vector!))).toBe('verified');
    expect(books.delete('BTC/USD')).toBe(true);
    expect(books.delete('BTC/USD')).toBe(false);
    expect(books.apply(v2('snapshot', vector!))).toBe('foreign');
    expect(books.apply(snapshotOf('ETH/USD', 2))).toBe('verified');
  });

  it('makes no more books than it may', () => {
    const books = new Books({ depth: 10, maxBooks: 1 });
    expect(books.apply(snapshotOf('BTC/USD', 5))).toBe('verified');
    expect(books.apply(snapshotOf('ETH/USD', 5))).toBe('foreign');
  });

  it('tells which book lost a malformed frame', () => {
    const books = new Books({ depth: 10 });
    books.apply(snapshotOf('BTC/USD', 5));
    const broken = updateOf('BTC/USD', 5).replace('"asks"', '"tasks"');
    let thrown: unknown;
    try {
      books.apply(broken);
    } catch (error) {
      thrown = error;
    }
    expect(isOrderBookError(thrown, 'MALFORMED_FRAME')).toBe(true);
    expect(books.current?.symbol).toBe('BTC/USD');
    expect(books.current?.verified).toBe(false);
    expect(() => books.apply('\ud800')).toThrow('not JSON');
  });
});
