import { L2Book, type L2Snapshot, L3Book, type L3Snapshot } from '@kr/orderbook';
import {
  type BookAcknowledgement,
  countLevels,
  inferDepth,
  type KnownDepth,
} from '../wire/book-depth.ts';
import type { BookKey } from '../wire/frame-kind.ts';

/** Connections whose books are kept at once: far more than run side by side, few enough to stay small. */
const MAX_CONNECTIONS = 64;

/** A book of either channel. */
export type ShelfBook = L2Book | L3Book;

/** The books of every connection as JSON. */
export type ShelfCheckpoint = readonly {
  readonly connectionId: number;
  readonly acknowledged: readonly (readonly [string, number])[];
  readonly books: readonly { readonly key: BookKey; readonly book: L2Snapshot | L3Snapshot }[];
}[];

/** The books of every connection; a new connection begins with none. */
export class BookShelf {
  readonly #connections = new Map<number, Map<BookKey, ShelfBook>>();
  readonly #acknowledged = new Map<number, Map<string, number>>();
  #latestId: number | undefined;
  #latest: Map<BookKey, ShelfBook> = new Map();

  /** Makes room for a connection's books; those of the connection begun longest ago go. */
  begin(connectionId: number): void {
    for (const id of this.#connections.keys()) {
      if (this.#connections.size < MAX_CONNECTIONS) break;
      this.#connections.delete(id);
      this.#acknowledged.delete(id);
    }
    this.#connections.set(connectionId, new Map());
    this.#latestId = undefined;
  }

  checkpoint(): ShelfCheckpoint {
    return [...this.#connections].map(([connectionId, books]) => ({
      connectionId,
      acknowledged: [...(this.#acknowledged.get(connectionId) ?? [])],
      books: [...books].map(([key, book]) => ({ key, book: book.toSnapshot() })),
    }));
  }

  /** Puts back what stood in a checkpoint, under the keys that `keyOf` gives. */
  restore(checkpoint: ShelfCheckpoint, keyOf: (key: BookKey) => BookKey): void {
    for (const { connectionId, acknowledged, books } of checkpoint) {
      const made = books.map(({ key, book }): [BookKey, ShelfBook] => [
        keyOf(key),
        key.channel === 'book'
          ? L2Book.fromSnapshot(book)
          : L3Book.fromSnapshot(book as L3Snapshot),
      ]);
      this.#connections.set(connectionId, new Map(made));
      this.#acknowledged.set(connectionId, new Map(acknowledged));
    }
    this.#latestId = undefined;
  }

  /** Notes a subscription's depth; a book kept at another depth begins anew. */
  acknowledge(connectionId: number, { channel, symbol, depth }: BookAcknowledgement): void {
    const known = this.#acknowledged.get(connectionId) ?? new Map<string, number>();
    this.#acknowledged.set(connectionId, known.set(`${channel} ${symbol}`, depth));
    const books = this.#connections.get(connectionId);
    if (books === undefined) return;
    for (const [key, book] of books) {
      if (key.channel !== channel) continue;
      if (key.symbol === symbol && key.depth === undefined && book.depth !== depth)
        books.delete(key);
    }
  }

  get(connectionId: number, key: BookKey): ShelfBook | undefined {
    if (connectionId !== this.#latestId) {
      this.#latest = this.#connections.get(connectionId) ?? new Map<BookKey, ShelfBook>();
      this.#connections.set(connectionId, this.#latest);
      this.#latestId = connectionId;
    }
    return this.#latest.get(key);
  }

  /** Makes a book for its first snapshot. */
  create(
    connectionId: number,
    key: BookKey,
    snapshot: Uint8Array,
    inHeader: number | undefined,
  ): { readonly book: ShelfBook; readonly known: KnownDepth } {
    const acknowledged = this.#acknowledged.get(connectionId)?.get(`${key.channel} ${key.symbol}`);
    const known = firstKnown([
      [key.depth, 'channel'],
      [acknowledged, 'acknowledgement'],
      [inHeader, 'header'],
    ]) ?? { depth: inferDepth(key.channel, countLevels(snapshot, key)), source: 'inferred' };
    const options = { symbol: key.symbol, depth: known.depth };
    const book = key.channel === 'book' ? new L2Book(options) : new L3Book(options);
    this.#latest.set(key, book);
    return { book, known };
  }
}

function firstKnown(
  candidates: readonly (readonly [number | undefined, KnownDepth['source']])[],
): KnownDepth | undefined {
  for (const [depth, source] of candidates) {
    if (depth !== undefined) return { depth, source };
  }
  return undefined;
}
