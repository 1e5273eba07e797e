import { Books, L2Book, L3Book } from '../src/index.ts';
import { NaiveL2Book, NaiveL3Book } from './naive-books.ts';
import { loadCcxt, loadCrc32 } from './rivals.ts';
import { TrustingBook } from './trusting-book.ts';

/** Takes one frame; gives something read from the book. Throws when a frame does not verify. */
export type Step = (frame: Buffer) => number;

/** Where the best price and quantity are read to, in scaled integers. */
const bestBid = new Float64Array(2);
const bestAsk = new Float64Array(2);

function readBest(book: L2Book): number {
  book.readTicks('bids', bestBid);
  book.readTicks('asks', bestAsk);
  // A small integer: a double returned would be an allocation of the bench's own.
  return (bestBid[0]! + bestAsk[0]!) | 0;
}

/** Each makes a fresh book of a depth. */
export type Contender = (depth: number) => Step;

export const OURS = 'orderbook';

export const CONTENDERS: Readonly<Record<string, () => Promise<Contender>>> = {
  [OURS]: async () => (depth) => {
    const book = new L2Book({ symbol: 'BTC/USD', depth });
    return (frame) => {
      if (book.apply(frame) !== 'verified') throw new Error('mismatch');
      return readBest(book);
    };
  },
  'orderbook, texts': async () => (depth) => {
    const book = new L2Book({ symbol: 'BTC/USD', depth });
    return (frame) => {
      if (book.apply(frame.toString('latin1')) !== 'verified') throw new Error('mismatch');
      return readBest(book);
    };
  },
  'orderbook, routed': async () => (depth) => {
    const books = new Books({ depth });
    return (frame) => {
      if (books.apply(frame) !== 'verified') throw new Error('mismatch');
      return readBest(books.current!);
    };
  },
  'a prototype that trusts its input': async () => (depth) => {
    const book = new TrustingBook(depth);
    return (frame) => {
      if (!book.apply(frame)) throw new Error('mismatch');
      return book.best() | 0;
    };
  },
  'JSON.parse alone': async () => () => (frame) => {
    const parsed = JSON.parse(frame.toString()) as { readonly data: readonly unknown[] };
    return parsed.data.length;
  },
  'JSON.parse + sorted arrays + crc-32': async () => {
    const crc = await loadCrc32();
    return (depth) => {
      const book = new NaiveL2Book(depth, crc);
      return (frame) => {
        if (!book.apply(frame)) throw new Error('mismatch');
        return book.bids[0]!.price + book.asks[0]!.price;
      };
    };
  },
  'ccxt, checksum on and repaired': async () => {
    const create = await loadCcxt();
    return () => create(true);
  },
  'ccxt as shipped (verifies nothing)': async () => {
    const create = await loadCcxt();
    return () => create(false);
  },
  'orderbook L3': async () => (depth) => {
    const book = new L3Book({ symbol: 'BTC/USD', depth });
    return (frame) => {
      if (book.apply(frame) !== 'verified') throw new Error('mismatch');
      return book.orderCount;
    };
  },
  'JSON.parse + Map + arrays + crc-32 L3': async () => {
    const crc = await loadCrc32();
    return (depth) => {
      const book = new NaiveL3Book(depth, crc);
      return (frame) => {
        if (!book.apply(frame)) throw new Error('mismatch');
        return book.bids[0]!.price;
      };
    };
  },
};
