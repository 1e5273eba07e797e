import { type ApplyOutcome, isOrderBookError, L2Book } from '@kr/orderbook';

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
  readonly #books = new Map<string, L2Book>();
  #matched = 0;
  #mismatched = 0;

  constructor(symbols: readonly string[], depth: number) {
    for (const symbol of symbols) this.#books.set(symbol, new L2Book({ symbol, depth }));
  }

  get checksums(): ChecksumCount {
    return { matched: this.#matched, mismatched: this.#mismatched };
  }

  /** Takes a frame; answers the book that it turned. Never throws for what the wire says. */
  apply(frame: Uint8Array): BookTurn | undefined {
    for (const [symbol, book] of this.#books) {
      const { verified, awaitingSnapshot } = book;
      try {
        const outcome = book.apply(frame);
        if (outcome === 'foreign') continue;
        this.#count(outcome);
        if (book.verified) return verified ? undefined : { symbol, to: 'verified' };
        if (outcome !== 'mismatch' || !(verified || awaitingSnapshot)) return undefined;
        const expected = `${book.expectedChecksum ?? 'none'}`;
        return this.#broken(book, symbol, `checksum ${expected} sent, ${book.checksum()} computed`);
      } catch (error) {
        if (!isOrderBookError(error)) throw error;
        return verified ? this.#broken(book, symbol, error.message) : undefined;
      }
    }
    return undefined;
  }

  /** A new socket: every book awaits its snapshot. */
  clear(): void {
    for (const book of this.#books.values()) book.clear();
  }

  /** Until its next snapshot the book's updates say nothing. */
  #broken(book: L2Book, symbol: string, detail: string): BookTurn {
    book.clear();
    return { symbol, to: 'broken', detail };
  }

  #count(outcome: ApplyOutcome): void {
    if (outcome === 'verified') this.#matched += 1;
    else if (outcome === 'mismatch') this.#mismatched += 1;
  }
}
