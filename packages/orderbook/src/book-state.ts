import { CRC_INITIAL } from './crc32.ts';
import { UNKNOWN } from './entries.ts';
import { CHECKSUM_LEVELS, Ladder } from './ladder.ts';
import { MAX_PRECISION } from './lexeme.ts';
import { type L2BookOptions, MAX_DEPTH, wholeNumber } from './options.ts';
import type { BookSide, BookSnapshot, Level } from './types.ts';

/** What a book holds, and what it says of itself; how it comes by it is book.ts. */
export abstract class BookState<TLevel extends Level> {
  /** Price levels a side. */
  readonly depth: number;
  /** The decimals of every price and quantity; UNKNOWN before the first snapshot tells. */
  protected priceDecimals = UNKNOWN;
  protected quantityDecimals = UNKNOWN;
  protected readonly givenPrice: number;
  protected readonly givenQuantity: number;
  protected readonly bidLadder: Ladder;
  protected readonly askLadder: Ladder;
  protected name: string | undefined;
  /** True from a snapshot on. */
  protected live = false;
  /** Neither a mismatch nor an unreadable frame since the last snapshot. */
  protected sound = false;
  /** The last message's checksum matched, in a sound book. */
  protected matched = false;
  /** Of the last applied message, as a signed integer. */
  protected expected: number | undefined;

  /** Throws INVALID_OPTION. */
  constructor(options: L2BookOptions) {
    this.depth = wholeNumber('depth', options.depth, 1, MAX_DEPTH);
    const precision = (option: 'pricePrecision' | 'quantityPrecision'): number =>
      options[option] === undefined
        ? UNKNOWN
        : wholeNumber(option, options[option], 0, MAX_PRECISION);
    this.givenPrice = precision('pricePrecision');
    this.givenQuantity = precision('quantityPrecision');
    this.bidLadder = new Ladder(this.depth);
    this.askLadder = new Ladder(this.depth);
  }

  /** As given, else that of the first snapshot. */
  get symbol(): string | undefined {
    return this.name;
  }

  /** True when the last message's checksum matched, and every one since the last snapshot did. */
  get verified(): boolean {
    return this.matched;
  }

  /** True until a snapshot is applied: updates are not applied before it. */
  get awaitingSnapshot(): boolean {
    return !this.live;
  }

  /** The decimals of every price in the book; undefined before the first snapshot. */
  get pricePrecision(): number | undefined {
    return this.live ? Math.max(this.priceDecimals, 0) : undefined;
  }

  /** The decimals of every quantity in the book; undefined before the first snapshot. */
  get quantityPrecision(): number | undefined {
    return this.live ? Math.max(this.quantityDecimals, 0) : undefined;
  }

  /** The checksum the last applied frame carried; undefined when it carried none. */
  get expectedChecksum(): number | undefined {
    return this.expected === undefined ? undefined : this.expected >>> 0;
  }

  /** Price levels on the side. */
  get bidCount(): number {
    return this.bidLadder.count;
  }

  get askCount(): number {
    return this.askLadder.count;
  }

  bestBid(): Level | undefined {
    return this.bids(1)[0];
  }

  bestAsk(): Level | undefined {
    return this.asks(1)[0];
  }

  /** The best `count` bid levels, best (highest) first; all without `count`. */
  bids(count: number = this.depth): Level[] {
    return this.levels(this.bidLadder, count);
  }

  /** The best `count` ask levels, best (lowest) first; all without `count`. */
  asks(count: number = this.depth): Level[] {
    return this.levels(this.askLadder, count);
  }

  /** What the checksum covers, best first: `explainChecksum` shows how. */
  checksumLevels(side: BookSide): TLevel[] {
    return this.entries(this.ladder(side), CHECKSUM_LEVELS);
  }

  /** Kraken's checksum of the book as it is: unsigned 32-bit, 0 for an empty book. */
  checksum(): number {
    return this.signedChecksum() >>> 0;
  }

  /** The whole book as plain data: `fromSnapshot` makes the same book of it. */
  toSnapshot(): BookSnapshot<TLevel> {
    return {
      symbol: this.symbol,
      depth: this.depth,
      pricePrecision: this.pricePrecision,
      quantityPrecision: this.quantityPrecision,
      bids: this.entries(this.bidLadder, this.depth),
      asks: this.entries(this.askLadder, this.depth),
      checksum: this.checksum(),
      verified: this.verified,
      awaitingSnapshot: this.awaitingSnapshot,
    };
  }

  /** Forgets everything but the options and the symbol: the book awaits a snapshot again. */
  clear(): void {
    this.clearLevels();
    this.live = this.matched = false;
    this.expected = undefined;
  }

  protected ladder(side: BookSide): Ladder {
    return side === 'bids' ? this.bidLadder : this.askLadder;
  }

  /** The best levels, and what stands in them (L2: the levels, L3: their orders), best first. */
  protected abstract levels(ladder: Ladder, count: number): Level[];
  protected abstract entries(ladder: Ladder, count: number): TLevel[];

  /** The sides' checksum from a register on. */
  protected fold(ladder: Ladder, register: number): number {
    return ladder.fold(register);
  }

  protected signedChecksum(): number {
    return ~this.fold(this.bidLadder, this.fold(this.askLadder, CRC_INITIAL));
  }

  protected clearLevels(): void {
    this.bidLadder.clear();
    this.askLadder.clear();
    this.priceDecimals = this.givenPrice;
    this.quantityDecimals = this.givenQuantity;
  }
}
