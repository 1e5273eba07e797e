import type { L2BookOptions } from './book-options.ts';
import { applyLoaded, L2Book } from './l2-book.ts';
import { frameBuffer, loneSurrogate } from './loaded-frame.ts';
import { MAX_DEPTH, wholeNumber } from './options.ts';
import { parseBook } from './parse-book.ts';
import { FOREIGN, otherFrame } from './scan-book.ts';
import { SymbolTable } from './symbol-table.ts';
import type { ApplyOutcome } from './types.ts';

export interface BooksOptions {
  /** Of every book that is not added with its own. */
  readonly depth: number;
  /** Only these symbols; frames of others are foreign. Absent: every symbol with a snapshot. */
  readonly symbols?: Iterable<string> | undefined;
  /** Above this many books the snapshot of another symbol is foreign. @default 10000 */
  readonly maxBooks?: number | undefined;
}

const DEFAULT_MAX_BOOKS = 10_000;
/** Where the symbol begins in Kraken's layout (scan-book.ts), told by the first letter of the type. */
const TYPE_AT = 26;
const SYMBOL_AT_UPDATE = 53;
const SYMBOL_AT_SNAPSHOT = 55;
const LOWER_U = 0x75;

/** Many books kept from one stream of frames, each found by the frame's symbol. */
export class Books implements Iterable<L2Book> {
  readonly #depth: number;
  readonly #maxBooks: number;
  /** True when books are made as snapshots come. */
  readonly #open: boolean;
  readonly #books = new Map<string, L2Book>();
  readonly #table = new SymbolTable<L2Book>();
  #current: L2Book | undefined;

  /** Throws INVALID_OPTION. */
  constructor(options: BooksOptions) {
    this.#depth = wholeNumber('depth', options.depth, 1, MAX_DEPTH);
    this.#maxBooks = wholeNumber('maxBooks', options.maxBooks ?? DEFAULT_MAX_BOOKS, 1, 1_000_000);
    this.#open = options.symbols === undefined;
    for (const symbol of options.symbols ?? []) this.add({ symbol, depth: this.#depth });
  }

  get size(): number {
    return this.#books.size;
  }

  /** The book that the last frame was for; undefined after a foreign one. */
  get current(): L2Book | undefined {
    return this.#current;
  }

  /**
   * Applies a frame to the book it is for, which is `current` afterwards. Throws MALFORMED_FRAME:
   * then `current` is the book that lost the frame, where the frame still tells.
   */
  apply(frame: Uint8Array | string): ApplyOutcome {
    this.#current = undefined;
    if (!frameBuffer.load(frame)) throw loneSurrogate();
    const { bytes, length } = frameBuffer;
    const at = bytes[TYPE_AT] === LOWER_U ? SYMBOL_AT_UPDATE : SYMBOL_AT_SNAPSHOT;
    const book = this.#table.find(bytes, at, length);
    if (book === undefined) return this.#applyParsed();
    // A guess until the book has read the whole frame.
    this.#current = book;
    const outcome = applyLoaded(book);
    return outcome === 'foreign' ? this.#applyParsed() : outcome;
  }

  /** Adds a book with options of its own, in place of the one of that symbol. */
  add(options: L2BookOptions & { readonly symbol: string }): L2Book {
    const book = new L2Book(options);
    this.#books.set(options.symbol, book);
    this.#table.set(options.symbol, book);
    return book;
  }

  get(symbol: string): L2Book | undefined {
    return this.#books.get(symbol);
  }

  /** Forgets a book: true when there was one. */
  delete(symbol: string): boolean {
    if (!this.#books.delete(symbol)) return false;
    this.#table.clear();
    for (const [name, book] of this.#books) this.#table.set(name, book);
    return true;
  }

  symbols(): string[] {
    return [...this.#books.keys()];
  }

  [Symbol.iterator](): Iterator<L2Book> {
    return this.#books.values();
  }

  /** Finds the book by parsing the frame: a new symbol, another layout, v1, or no book frame. */
  #applyParsed(): ApplyOutcome {
    this.#current = undefined;
    if (otherFrame(frameBuffer) === FOREIGN) return 'foreign';
    let outcome: ApplyOutcome = 'foreign';
    for (const { symbol, snapshot } of parseBook(frameBuffer.bytes, frameBuffer.length)) {
      const book = this.#books.get(symbol) ?? this.#discover(symbol, snapshot);
      if (book === undefined) {
        if (this.#open && !snapshot) outcome = 'awaitingSnapshot';
        continue;
      }
      this.#current = book;
      outcome = applyLoaded(book);
    }
    return outcome;
  }

  #discover(symbol: string, snapshot: boolean): L2Book | undefined {
    if (!this.#open || !snapshot || this.#books.size >= this.#maxBooks) return undefined;
    return this.add({ symbol, depth: this.#depth });
  }
}
