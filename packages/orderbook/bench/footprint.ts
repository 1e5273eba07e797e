// What a book of depth 1000 keeps in memory: run with --expose-gc, prints bytes.
import { L2Book } from '../src/index.ts';
import { L2Stream } from './l2-stream.ts';
import { loadCrc32 } from './rivals.ts';

const BOOKS = 200;

const stream = new L2Stream(1000, 1, 'BTC/USD', await loadCrc32());
const snapshot = Buffer.from(stream.snapshot());
const create = (): L2Book => {
  const book = new L2Book({ symbol: 'BTC/USD', depth: 1000 });
  book.apply(snapshot);
  return book;
};
const used = (): number => {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
create();
const before = used();
const books = Array.from({ length: BOOKS }, create);
const after = used();
process.stdout.write(JSON.stringify((after - before) / books.length));
