import { readSide } from '../feed/read-levels.ts';
import type { SymbolMarket } from '../feed/symbol-market.ts';
import { diffSide, emptySide, type SideLevels } from '../protocol/book-levels.ts';
import { encodeRecord } from '../protocol/encode.ts';
import type { BookRecord } from '../protocol/records.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A book as it was last told to the pages, once for all of them: what changed since, and on demand the
 * whole for a page that is new or was left behind.
 */
export class BookPublication {
  readonly #market: SymbolMarket;
  readonly #index: number;
  #bids: SideLevels = emptySide();
  #asks: SideLevels = emptySide();
  #pricePrecision = 0;
  #quantityPrecision = 0;
  #marketRevision = -1;
  #revision = 0;
  #delta: Bytes[] = [];
  #snapshot: Bytes | undefined;

  constructor(market: SymbolMarket, index: number) {
    this.#market = market;
    this.#index = index;
  }

  /** Reads the book anew where it changed. */
  refresh(): void {
    const { revision, book } = this.#market;
    if (revision === this.#marketRevision) return;
    this.#marketRevision = revision;
    // A status that came and went within a sixtieth of a second is told all the same.
    const turns = this.#market.takeTurns().map((status) => this.#record(false, { status }));
    const bids = book === undefined ? this.#bids : readSide(book, 'bids');
    const asks = book === undefined ? this.#asks : readSide(book, 'asks');
    const price = book?.pricePrecision ?? this.#pricePrecision;
    const quantity = book?.quantityPrecision ?? this.#quantityPrecision;
    const isRescaled = price !== this.#pricePrecision || quantity !== this.#quantityPrecision;
    this.#pricePrecision = price;
    this.#quantityPrecision = quantity;
    const changes = {
      bids: isRescaled ? bids : diffSide(this.#bids, bids, 'bids'),
      asks: isRescaled ? asks : diffSide(this.#asks, asks, 'asks'),
    };
    this.#bids = bids;
    this.#asks = asks;
    this.#delta = [...turns, this.#record(isRescaled, changes)].map(encodeRecord);
    this.#snapshot = undefined;
    this.#revision += 1;
  }

  /** For a page that has this revision, its records and the revision that it then has. */
  since(revision: number): { readonly records: readonly Bytes[]; readonly revision: number } {
    if (revision === this.#revision) return { records: [], revision };
    if (revision === this.#revision - 1) return { records: this.#delta, revision: this.#revision };
    this.#snapshot ??= encodeRecord(this.#record(true, { bids: this.#bids, asks: this.#asks }));
    return { records: [this.#snapshot], revision: this.#revision };
  }

  #record(isSnapshot: boolean, changes: Partial<BookRecord>): BookRecord {
    const { status, sequence, book, receivedAt } = this.#market;
    return {
      type: 'book',
      symbol: this.#index,
      isSnapshot,
      status,
      sequence,
      checksum: book?.expectedChecksum ?? 0,
      receivedAt,
      pricePrecision: this.#pricePrecision,
      quantityPrecision: this.#quantityPrecision,
      bids: emptySide(),
      asks: emptySide(),
      ...changes,
    };
  }
}
