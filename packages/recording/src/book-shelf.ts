import { L2Book } from '@kr/orderbook';
import { countLevels, inferDepth, type KnownDepth } from './book-depth.ts';
import type { BookKey } from './frame-kind.ts';

/** Connections whose books are kept at once: far more than run side by side, few enough to stay small. */
const MAX_CONNECTIONS = 64;

/** The books of every connection; a new connection begins with none. */
export class BookShelf {
  readonly #connections = new Map<number, Map<BookKey, L2Book>>();
  readonly #acknowledged = new Map<number, Map<string, number>>();
  #latestId: number | undefined;
  #latest: Map<BookKey, L2Book> = new Map();

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

  /** Notes a subscription's depth; a book kept at another depth begins anew. */
  acknowledge(connectionId: number, symbol: string, depth: number): void {
    const known = this.#acknowledged.get(connectionId) ?? new Map<string, number>();
    this.#acknowledged.set(connectionId, known.set(symbol, depth));
    const books = this.#connections.get(connectionId);
    if (books === undefined) return;
    for (const [key, book] of books) {
      if (key.symbol === symbol && key.depth === undefined && book.depth !== depth)
        books.delete(key);
    }
  }

  get(connectionId: number, key: BookKey): L2Book | undefined {
    if (connectionId !== this.#latestId) {
      this.#latest = this.#connections.get(connectionId) ?? new Map<BookKey, L2Book>();
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
  ): { readonly book: L2Book; readonly known: KnownDepth } {
    const acknowledged = this.#acknowledged.get(connectionId)?.get(key.symbol);
    const known = firstKnown([
      [key.depth, 'channel'],
      [acknowledged, 'acknowledgement'],
      [inHeader, 'header'],
    ]) ?? { depth: inferDepth(countLevels(snapshot, key)), source: 'inferred' };
    const book = new L2Book({ symbol: key.symbol, depth: known.depth });
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
