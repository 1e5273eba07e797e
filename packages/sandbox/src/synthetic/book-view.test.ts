import { describe, expect, it } from 'vitest';
import { ReferenceBook } from '../../test/reference-book.ts';
import { BOOK_DEPTHS } from '../protocol/subscription.ts';
import { seedBook, stepMarket } from './agents.ts';
import { BookView } from './book-view.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from './instruments.ts';
import { createRandom } from './random.ts';
import { SyntheticBook } from './synthetic-book.ts';

const text = (frame: { bytes: Uint8Array }): string => Buffer.from(frame.bytes).toString();

/** Ten levels a side, two ticks apart. */
const SMALL: SyntheticInstrument = {
  ...(DEFAULT_INSTRUMENTS[0] as SyntheticInstrument),
  startTicks: 1_000,
};

function smallBook(levels: number): SyntheticBook {
  const book = new SyntheticBook(SMALL);
  for (let at = 0; at < levels; at += 1) {
    book.put('bid', 1_000 - 2 * at, 100_000_000n);
    book.put('ask', 1_002 + 2 * at, 100_000_000n);
  }
  return book;
}

describe('BookView', () => {
  it('prints a snapshot best first, with trailing zeros, keys in wire order', () => {
    const book = smallBook(1);
    const view = new BookView(book, 10);
    expect(text(view.snapshot(7, '2026-07-19T17:54:39.753424Z'))).toBe(
      '{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":100.0,"qty":1.00000000}],"asks":[{"price":100.2,"qty":1.00000000}],"checksum":7,"timestamp":"2026-07-19T17:54:39.753424Z"}]}',
    );
  });

  it('republishes the level that moves up into the window after a removal', () => {
    const book = smallBook(12);
    const view = new BookView(book, 10);
    const change = book.put('ask', 1_004, 0n);
    expect(text(view.update([change], 1, 't') ?? { bytes: new Uint8Array() })).toContain(
      '"bids":[],"asks":[{"price":100.4,"qty":0.00000000},{"price":102.2,"qty":1.00000000}]',
    );
  });

  it('does not name a level that a better one pushed out', () => {
    const book = smallBook(10);
    const view = new BookView(book, 10);
    const change = book.put('bid', 1_001, 5n);
    expect(text(view.update([change], 1, 't') ?? { bytes: new Uint8Array() })).toContain(
      '"bids":[{"price":100.1,"qty":0.00000005}],"asks":[]',
    );
  });

  it('makes no frame of a change below the window', () => {
    const book = smallBook(12);
    const view = new BookView(book, 10);
    expect(view.update([book.put('bid', 978, 5n)], 1, 't')).toBeUndefined();
  });

  it('keeps a price that stands twice, in order', () => {
    const book = smallBook(2);
    const view = new BookView(book, 10);
    const changes = [book.put('bid', 1_000, 0n), book.put('bid', 1_000, 3n)];
    expect(text(view.update(changes, 1, 't') ?? { bytes: new Uint8Array() })).toContain(
      '"bids":[{"price":100.0,"qty":0.00000000},{"price":100.0,"qty":0.00000003}]',
    );
  });

  const cases = DEFAULT_INSTRUMENTS.flatMap((instrument) =>
    ['1', 'two'].map((seed) => [instrument.symbol, seed, instrument] as const),
  );
  it.each(cases)(
    'keeps a client of %s (seed %s) right at every depth',
    (_symbol, seed, instrument) => {
      const book = new SyntheticBook(instrument);
      const random = createRandom(seed);
      seedBook(book, random);
      const views = BOOK_DEPTHS.map((depth) => {
        const view = new BookView(book, depth);
        const client = new ReferenceBook(depth);
        expect(client.apply(text(view.snapshot(book.checksum(), 't')))).toBe(true);
        return { depth, view, client, messages: 0, verified: 0 };
      });
      for (let step = 0; step < 250; step += 1) {
        const { changes } = stepMarket(book, random);
        const checksum = book.checksum();
        for (const each of views) {
          const frame = each.view.update(changes, checksum, 't');
          if (frame === undefined) continue;
          each.messages += 1;
          if (each.client.apply(text(frame))) each.verified += 1;
        }
      }
      for (const { depth, client, messages, verified } of views) {
        expect(verified).toBe(messages);
        expect(messages).toBeGreaterThan(80);
        expect(client.size('bids')).toBe(Math.min(depth, book.bids.size));
        expect(client.size('asks')).toBe(Math.min(depth, book.asks.size));
      }
    },
  );
});
