import { Books, isOrderBookError, type L2Book } from '@kr/orderbook';

/** Checksums compared so far. */
export interface ChecksumCount {
  readonly matched: number;
  readonly mismatched: number;
}

/** A book became right, or stopped being known to be. */
export interface BookTurn {
  readonly symbol: string;
  readonly to: 'verified' | 'broken';
  readonly detail?: string;
}

/**
 * The books of a running recording, kept beside the journal: they say at once that a checksum
 * fails, so that the symbol can be subscribed anew. What they say is derived; the proof is
 * `verify`, which rebuilds them from the journal.
 */
export class LiveBooks {
  readonly #books: Books;
  readonly #verified = new Set<L2Book>();
  #matched = 0;
  #mismatched = 0;

  constructor(symbols: readonly string[], depth: number) {
    this.#books = new Books({ depth, symbols });
  }

  get checksums(): ChecksumCount {
    return { matched: this.#matched, mismatched: this.#mismatched };
  }

  /** Takes a frame; answers the book that it turned. Never throws for what the wire says. */
  apply(frame: Uint8Array): BookTurn | undefined {
    try {
      const outcome = this.#books.apply(frame);
      const book = this.#books.current;
      if (book === undefined) return undefined;
      if (outcome === 'verified') this.#matched += 1;
      if (outcome === 'mismatch') return this.#mismatch(book);
      if (!book.verified || this.#verified.has(book)) return undefined;
      this.#verified.add(book);
      return { symbol: book.symbol ?? '', to: 'verified' };
    } catch (error) {
      if (!isOrderBookError(error)) throw error;
      const book = this.#books.current;
      // A book that awaits its snapshot has nothing to lose.
      return book === undefined || !this.#verified.has(book)
        ? undefined
        : this.#broken(book, error.message);
    }
  }

  /** A new socket: every book awaits its snapshot. */
  clear(): void {
    for (const book of this.#books) book.clear();
    this.#verified.clear();
  }

  #mismatch(book: L2Book): BookTurn {
    this.#mismatched += 1;
    return this.#broken(
      book,
      `checksum ${book.expectedChecksum ?? 'none'} sent, ${book.checksum()} computed`,
    );
  }

  /** Until its next snapshot the book's updates say nothing. */
  #broken(book: L2Book, detail: string): BookTurn {
    book.clear();
    this.#verified.delete(book);
    return { symbol: book.symbol ?? '', to: 'broken', detail };
  }
}
