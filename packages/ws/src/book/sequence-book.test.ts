import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareDecimals } from '@kr/orderbook/decimal';
import type { Frame } from '@kr/schemas/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameOutcome } from './kept-book.ts';
import { SequenceBook } from './sequence-book.ts';

const encoder = new TextEncoder();
const captures = process.env['KR_CAPTURES'];

function frame(text: string): Frame {
  const receivedAt = { wallNs: 0n, monotonicNs: 0n };
  return { receivedAt, connectionId: 1, sequence: 0, bytes: encoder.encode(text) };
}

type Level = readonly [price: string, quantity: string];

function snapshot(seq: number, bids: readonly Level[], asks: readonly Level[]): Frame {
  const side = (levels: readonly Level[]): string =>
    levels.map(([price, quantity]) => `{"price":${price},"qty":${quantity}}`).join(',');
  return frame(
    `{"feed":"book_snapshot","product_id":"PF_XBTUSD","timestamp":1612269825817,"seq":${seq},"tickSize":null,"bids":[${side(bids)}],"asks":[${side(asks)}]}`,
  );
}

function update(seq: number, side: string, [price, quantity]: Level, product = 'PF_XBTUSD'): Frame {
  return frame(
    `{"feed":"book","product_id":"${product}","side":"${side}","seq":${seq},"price":${price},"qty":${quantity},"timestamp":1612269953629}`,
  );
}

const numbersOf = (all: readonly { price: string; quantity: string }[]) =>
  all.map(({ price, quantity }) => [Number(price), Number(quantity)]);

/** Best first: bids with -1. */
const sorted = (side: ReadonlyMap<number, number>, sign: number) =>
  [...side].toSorted(([one], [other]) => sign * (one - other));

const levels = (book: SequenceBook): unknown => ({
  bids: book.book.bids().map(({ price, quantity }) => `${quantity}@${price}`),
  asks: book.book.asks().map(({ price, quantity }) => `${quantity}@${price}`),
});

describe('SequenceBook', () => {
  it('keeps the whole book, each message the next of the one before', () => {
    const book = new SequenceBook('PF_XBTUSD');
    expect(book.apply(update(6, 'buy', ['1', '1'])).kind).toBe('ignored');
    expect(book.isVerified).toBe(false);
    const first = snapshot(
      7,
      [['34892.5', '6385']],
      [
        ['34911', '20598'],
        ['34912', '0'],
      ],
    );
    expect(book.apply(first).kind).toBe('verified');
    expect(book.apply(update(8, 'sell', ['34981', '1e-3'])).kind).toBe('verified');
    expect(book.apply(update(9, 'buy', ['34892.5', '0'])).kind).toBe('verified');
    expect(levels(book)).toStrictEqual({ bids: [], asks: ['20598.000@34911.0', '0.001@34981.0'] });
    expect([book.isVerified, book.momentOf()]).toStrictEqual([
      true,
      { time: '0000000000000009', checksum: undefined },
    ]);
  });

  it('is empty after a jump, until a snapshot', () => {
    const book = new SequenceBook('PF_XBTUSD');
    book.apply(snapshot(7, [['1', '1']], []));
    expect(book.apply(update(10, 'buy', ['1', '2']))).toStrictEqual({
      kind: 'failed',
      cause: 'jump',
      detail: 'messages 8 to 9 did not come',
    });
    expect([book.isVerified, book.book.bidCount]).toStrictEqual([false, 0]);
    expect(book.apply(update(11, 'buy', ['1', '3'])).kind).toBe('ignored');
    expect(book.apply(snapshot(3, [['2', '1']], [])).kind).toBe('verified');
    expect(book.apply(update(5, 'buy', ['1', '2']))).toMatchObject({
      detail: 'message 4 did not come',
    });
  });

  it('takes a message that comes twice, or that the snapshot holds, once', () => {
    const book = new SequenceBook('PF_XBTUSD');
    book.apply(snapshot(7, [['1', '1']], []));
    expect(book.apply(update(7, 'buy', ['1', '9'])).kind).toBe('ignored');
    expect(book.apply(update(8, 'buy', ['1', '2'])).kind).toBe('verified');
    expect(book.apply(update(8, 'buy', ['1', '9'])).kind).toBe('ignored');
    expect(levels(book)).toStrictEqual({ bids: ['2@1'], asks: [] });
  });

  it.each([
    [update(8, 'hold', ['1', '1']), 'a level of the side hold'],
    [update(8, 'buy', ['-1', '1']), 'The price or quantity "-1"'],
    [update(8, 'buy', ['"x"', '1']), 'price'],
    [frame('{"feed":"book","product_id":"PF_XBTUSD"'), 'JSON'],
  ])('fails where a message of it cannot be read: %#', (bad, detail) => {
    const book = new SequenceBook('PF_XBTUSD');
    expect(book.apply(bad).kind).toBe('ignored');
    book.apply(snapshot(7, [['1', '1']], []));
    const outcome = book.apply(bad);
    expect(outcome).toMatchObject({ kind: 'failed', cause: 'malformed' });
    expect(outcome.kind === 'failed' ? outcome.detail : '').toContain(detail);
    expect(book.isVerified).toBe(false);
  });

  it.each([
    update(8, 'buy', ['1', '9'], 'PF_ETHUSD'),
    frame('{"feed":"trade_snapshot","product_id":"PF_XBTUSD","trades":[]}'),
    frame('{"event":"info","version":1}'),
  ])('leaves alone what is not its own: %#', (foreign) => {
    const book = new SequenceBook('PF_XBTUSD');
    book.apply(snapshot(7, [['1', '1']], []));
    expect(book.apply(foreign).kind).toBe('ignored');
    expect(levels(book)).toStrictEqual({ bids: ['1@1'], asks: [] });
  });

  it('does not keep a part of a book that is too long for it', () => {
    const book = new SequenceBook('PF_XBTUSD');
    const many = Array.from({ length: 9999 }, (_, index): Level => [String(index + 1), '1']);
    expect(book.apply(snapshot(1, many, [])).kind).toBe('verified');
    expect(book.apply(update(2, 'buy', ['20000', '1']))).toMatchObject({
      kind: 'failed',
      detail: 'more levels than can be kept: 10000 a side',
    });
  });

  it('agrees with a map of levels on any stream', () => {
    const level = fc.tuple(
      fc.constantFrom('99.5', '100', '100.5', '1e2', '101'),
      fc.constantFrom('0', '0.0', '1', '2.50', '3e-4'),
    );
    const change = fc.record({ side: fc.constantFrom('buy', 'sell'), level });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const book = new SequenceBook('PF_XBTUSD');
        const model = { buy: new Map<number, number>(), sell: new Map<number, number>() };
        book.apply(snapshot(0, [], []));
        changes.forEach(({ side, level: [price, quantity] }, index) => {
          const outcome: FrameOutcome = book.apply(update(index + 1, side, [price, quantity]));
          expect(outcome.kind).toBe('verified');
          if (Number(quantity) === 0) model[side].delete(Number(price));
          else model[side].set(Number(price), Number(quantity));
        });
        expect(numbersOf(book.book.bids())).toStrictEqual(sorted(model.buy, -1));
        expect(numbersOf(book.book.asks())).toStrictEqual(sorted(model.sell, 1));
      }),
    );
  });
});

describe.skipIf(captures === undefined)('a real feed of ten products (needs KR_CAPTURES)', () => {
  it('is verified by its numbers from end to end, and never crosses', () => {
    const file = join(captures ?? '', 'futures-v1/feed-10products-20210722.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    const books = new Map<string, SequenceBook>();
    let verified = 0;
    for (const line of lines) {
      const product = /^\{"feed":"book(?:_snapshot)?","product_id":"([^"]+)"/.exec(line)?.[1];
      if (product === undefined) continue;
      const book = books.get(product) ?? new SequenceBook(product);
      books.set(product, book);
      const outcome = book.apply(frame(line));
      expect(outcome.kind).toBe('verified');
      verified += 1;
    }
    expect([books.size, verified]).toStrictEqual([10, 7024]);
    const crossed = [...books.values()].filter(({ book }) => {
      const [bid, ask] = [book.bestBid(), book.bestAsk()];
      return bid && ask && compareDecimals(bid.price, ask.price) >= 0;
    });
    expect(crossed).toStrictEqual([]);
  });
});
