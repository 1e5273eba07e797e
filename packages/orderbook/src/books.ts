import { applyBytes } from './book.ts';
import { BOOK_CHANNEL } from './book-channel.ts';
import { asciiBytes, readFrame } from './frame.ts';
import { L2Book } from './l2-book.ts';
import { type L2BookOptions, MAX_DEPTH, wholeNumber } from './options.ts';
import type { ApplyOutcome } from './types.ts';

export interface BooksOptions {
  /** Of every book that is not added with its own. */
  readonly depth: number;
  /** Only these symbols; frames of others are foreign. Absent: every symbol with a snapshot. */
  readonly symbols?: Iterable<string> | undefined;
  /** Above this many books the snapshot of another symbol is foreign. @default 10000 */
  readonly maxBooks?: number | undefined;
}

/** Where the symbol begins in Kraken's layout (book.ts), told by the first letter of the type. */
const SYMBOL_AT_UPDATE = 53;
const SYMBOL_AT_SNAPSHOT = 55;
const LOWER_U = 0x75;
const QUOTE = 0x22;
/** Keeps a hash a small integer, which a Map finds soonest. */
const HASH_BITS = 0x3fffffff;

/** Many books kept from one stream of frames, each found by the frame's symbol. */
export class Books implements Iterable<L2Book> {
  readonly #depth: number;
  readonly #maxBooks: number;
  /** True when books are made as snapshots come. */
  readonly #open: boolean;
  readonly #books = new Map<string, L2Book>();
  /** By the hash of the symbol's bytes: a guess, which the book confirms by reading the symbol. */
  readonly #hashed = new Map<number, L2Book>();
  #current: L2Book | undefined;

  /** Throws INVALID_OPTION. */
  constructor(options: BooksOptions) {
    this.#depth = wholeNumber('depth', options.depth, 1, MAX_DEPTH);
    this.#maxBooks = wholeNumber('maxBooks', options.maxBooks ?? 10_000, 1, 1_000_000);
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
    const bytes = typeof frame === 'string' ? asciiBytes(frame) : frame;
    this.#current = bytes === undefined ? undefined : this.#find(bytes, frame.length);
    if (this.#current !== undefined) {
      const outcome = applyBytes(this.#current, bytes, frame);
      if (outcome !== 'foreign') return outcome;
      this.#current = undefined;
    }
    // A new symbol, another layout, v1, or no book frame.
    let outcome: ApplyOutcome = 'foreign';
    for (const { symbol, snapshot } of readFrame(frame, BOOK_CHANNEL)) {
      const book = this.#books.get(symbol) ?? this.#discover(symbol, snapshot);
      if (book !== undefined) {
        this.#current = book;
        outcome = book.apply(frame);
      } else if (this.#open && !snapshot) {
        outcome = 'awaitingSnapshot';
      }
    }
    return outcome;
  }

  /** Adds a book with options of its own, in place of the one of that symbol. */
  add(options: L2BookOptions & { readonly symbol: string }): L2Book {
    const book = new L2Book(options);
    this.#books.set(options.symbol, book);
    this.#hashed.set(hashOf(options.symbol), book);
    return book;
  }

  get(symbol: string): L2Book | undefined {
    return this.#books.get(symbol);
  }

  /** Forgets a book: true when there was one. */
  delete(symbol: string): boolean {
    this.#hashed.delete(hashOf(symbol));
    return this.#books.delete(symbol);
  }

  symbols(): string[] {
    return [...this.#books.keys()];
  }

  [Symbol.iterator](): Iterator<L2Book> {
    return this.#books.values();
  }

  #find(bytes: Uint8Array, length: number): L2Book | undefined {
    let hash = 0;
    let at = bytes[BOOK_CHANNEL.typeAt] === LOWER_U ? SYMBOL_AT_UPDATE : SYMBOL_AT_SNAPSHOT;
    for (; at < length && bytes[at] !== QUOTE; at++) hash = mix(hash, bytes[at]!);
    return this.#hashed.get(hash & HASH_BITS);
  }

  #discover(symbol: string, snapshot: boolean): L2Book | undefined {
    if (!this.#open || !snapshot || this.#books.size >= this.#maxBooks) return undefined;
    return this.add({ symbol, depth: this.#depth });
  }
}

const mix = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

function hashOf(symbol: string): number {
  let hash = 0;
  for (let i = 0; i < symbol.length; i++) hash = mix(hash, symbol.charCodeAt(i));
  return hash & HASH_BITS;
}
