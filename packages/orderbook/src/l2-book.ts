import type { L2BookOptions } from './book-options.ts';
import { CHECKSUM_LEVELS, type Ladder } from './ladder.ts';
import { LevelBatch } from './level-batch.ts';
import { invalidLevel } from './lexeme.ts';
import { frameBuffer, loneSurrogate, unreadable } from './loaded-frame.ts';
import { MAX_DEPTH, wholeNumber } from './options.ts';
import { parseBook } from './parse-book.ts';
import { isSame, lowered, type Precision, raised, readPrecision } from './precision.ts';
import { readScaled, scaledToNumber } from './read-levels.ts';
import { POWERS } from './scaled.ts';
import { FOREIGN, SCANNED, type SymbolText, scanBook, symbolText } from './scan-book.ts';
import { Sides } from './sides.ts';
import { fillBatch, readTextLevels } from './text-levels.ts';
import type { ApplyOutcome, BookLevels, BookSide, L2Snapshot, Level } from './types.ts';
import { Verification } from './verification.ts';

/** Of the message in hand: filled and applied within one call, so all books share it. */
const batch: LevelBatch = /* @__PURE__ */ new LevelBatch();

/** Applies what stands in `frameBuffer`: the router's way in. */
export let applyLoaded: (book: L2Book) => ApplyOutcome;

/**
 * An aggregated (L2) order book of one symbol, kept from Kraken's `book` channel and verified by
 * the exchange's checksum on every message: https://docs.kraken.com/api/docs/guides/spot-ws-book-v2
 *
 * Entries apply in array order, the sides are cut to the depth after the whole message, and only
 * then the checksum is compared. Nothing is ever repaired: after a mismatch the book stays
 * readable and `verified` stays false until a snapshot verifies.
 */
export class L2Book {
  readonly #given: Precision;
  readonly #sides: Sides;
  readonly #state = new Verification();
  #symbol: string | undefined;
  #symbolText: SymbolText | undefined;

  static {
    applyLoaded = (book) => book.#applyLoaded();
  }

  /** Throws INVALID_OPTION. */
  constructor(options: L2BookOptions) {
    this.#given = readPrecision(options);
    this.#sides = new Sides(wholeNumber('depth', options.depth, 1, MAX_DEPTH));
    if (options.symbol !== undefined) this.#name(options.symbol);
  }

  /**
   * The book of a `toSnapshot()`, as verified as it was. Throws INVALID_SNAPSHOT when its levels
   * do not have its checksum.
   */
  static fromSnapshot(snapshot: L2Snapshot): L2Book {
    const book = new L2Book(snapshot);
    if (snapshot.awaitingSnapshot) return book;
    book.applySnapshot(snapshot);
    book.#state.restore(snapshot);
    return book;
  }

  /** Levels a side. */
  get depth(): number {
    return this.#sides.depth;
  }

  /** As given, else that of the first snapshot. */
  get symbol(): string | undefined {
    return this.#symbol;
  }

  /** True when the last message's checksum matched, and every one since the last snapshot did. */
  get verified(): boolean {
    return this.#state.verified;
  }

  /** True until a snapshot is applied: updates are not applied before it. */
  get awaitingSnapshot(): boolean {
    return !this.#state.live;
  }

  /** The decimals of every price in the book; undefined before the first snapshot. */
  get pricePrecision(): number | undefined {
    return this.#state.live ? this.#sides.pricePrecision : undefined;
  }

  /** The decimals of every quantity in the book; undefined before the first snapshot. */
  get quantityPrecision(): number | undefined {
    return this.#state.live ? this.#sides.quantityPrecision : undefined;
  }

  /** The checksum the last applied frame carried; undefined when it carried none. */
  get expectedChecksum(): number | undefined {
    return this.#state.expected;
  }

  get bidCount(): number {
    return this.#sides.bids.count;
  }

  get askCount(): number {
    return this.#sides.asks.count;
  }

  /** Removals of prices that were not in the book: ignored, and counted here. */
  get unknownRemovals(): number {
    return this.#sides.bids.unknownRemovals + this.#sides.asks.unknownRemovals;
  }

  /**
   * Applies a frame as received: a v2 `book` object or a v1 `book-N` array, as bytes or as text.
   * Throws MALFORMED_FRAME; the levels are then as they were, and the book is not verified until
   * the next snapshot, because what the frame said is lost.
   */
  apply(frame: Uint8Array | string): ApplyOutcome {
    if (!frameBuffer.load(frame)) throw this.#lost(loneSurrogate());
    return this.#applyLoaded();
  }

  #applyLoaded(): ApplyOutcome {
    if (this.#symbolText !== undefined) {
      const { live } = this.#state;
      const known = live ? this.#sides : this.#given;
      batch.pricePrecision = known.pricePrecision;
      batch.quantityPrecision = known.quantityPrecision;
      const scan = scanBook(frameBuffer, this.#symbolText, batch);
      if (scan === FOREIGN) return 'foreign';
      if (scan === SCANNED) {
        if (!batch.snapshot && !live) return 'awaitingSnapshot';
        this.#sides.apply(batch);
        return this.#state.settle(batch, this.#sides.checksum());
      }
    }
    try {
      return this.#applyParsed();
    } catch (error) {
      throw this.#lost(unreadable(error));
    }
  }

  /** Replaces the whole book. Throws INVALID_LEVEL, with the book as it was. */
  applySnapshot(snapshot: BookLevels): ApplyOutcome {
    return this.#applyLevels(snapshot, true);
  }

  /** Sets levels to new absolute quantities, 0 removes. Throws INVALID_LEVEL, with the book as it was. */
  applyUpdate(update: BookLevels): ApplyOutcome {
    return this.#applyLevels(update, false);
  }

  bestBid(): Level | undefined {
    return this.#sides.best(this.#sides.bids);
  }

  bestAsk(): Level | undefined {
    return this.#sides.best(this.#sides.asks);
  }

  /** The best `count` bids, best (highest) first; all without `count`. */
  bids(count: number = this.depth): Level[] {
    return this.#sides.levels(this.#sides.bids, count);
  }

  /** The best `count` asks, best (lowest) first; all without `count`. */
  asks(count: number = this.depth): Level[] {
    return this.#sides.levels(this.#sides.asks, count);
  }

  /** The levels that the checksum covers, best first: `explainChecksum` shows how. */
  checksumLevels(side: BookSide): Level[] {
    return this.#sides.levels(this.#ladder(side), CHECKSUM_LEVELS);
  }

  /** A price as the nearest double, by rank (0 is the best); undefined past the last level. */
  priceNumber(side: BookSide, rank: number): number | undefined {
    const scaled = this.priceTicks(side, rank);
    return scaled === undefined ? undefined : scaledToNumber(scaled, this.#sides.pricePrecision);
  }

  /** A quantity as the nearest double, by rank (0 is the best); undefined past the last level. */
  quantityNumber(side: BookSide, rank: number): number | undefined {
    const scaled = this.quantityLots(side, rank);
    return scaled === undefined ? undefined : scaledToNumber(scaled, this.#sides.quantityPrecision);
  }

  /** A price times ten to the power of `pricePrecision`, exact: a bigint only beyond 2^53. */
  priceTicks(side: BookSide, rank: number): number | bigint | undefined {
    const ladder = this.#ladder(side);
    return ladder.has(rank) ? ladder.priceAt(ladder.high - 1 - rank) : undefined;
  }

  /** A quantity times ten to the power of `quantityPrecision`, exact: a bigint only beyond 2^53. */
  quantityLots(side: BookSide, rank: number): number | bigint | undefined {
    const ladder = this.#ladder(side);
    return ladder.has(rank) ? ladder.quantityAt(ladder.high - 1 - rank) : undefined;
  }

  /**
   * Reads the best levels without allocation, as many as `into` has room for: price, quantity,
   * price, quantity… as the nearest doubles, best first. Gives the number of levels read.
   */
  readNumbers(side: BookSide, into: Float64Array): number {
    const { pricePrecision, quantityPrecision } = this.#sides;
    const count = readScaled(this.#ladder(side), into);
    const priceUnit = POWERS[pricePrecision] ?? 1;
    const quantityUnit = POWERS[quantityPrecision] ?? 1;
    for (let i = 0; i < count * 2; i += 2) {
      into[i]! /= priceUnit;
      into[i + 1]! /= quantityUnit;
    }
    return count;
  }

  /**
   * The same as scaled integers (`priceTicks`, `quantityLots`), which are exact. Gives -1, with
   * `into` undefined, when the side holds a value beyond 2^53.
   */
  readTicks(side: BookSide, into: Float64Array): number {
    const ladder = this.#ladder(side);
    return ladder.wide ? -1 : readScaled(ladder, into);
  }

  /** Kraken's checksum of the book as it is: unsigned 32-bit, 0 for an empty book. */
  checksum(): number {
    return this.#sides.checksum() >>> 0;
  }

  /** The whole book as plain data: `L2Book.fromSnapshot` makes the same book of it. */
  toSnapshot(): L2Snapshot {
    return {
      symbol: this.symbol,
      depth: this.depth,
      pricePrecision: this.pricePrecision,
      quantityPrecision: this.quantityPrecision,
      bids: this.bids(),
      asks: this.asks(),
      checksum: this.checksum(),
      verified: this.verified,
      awaitingSnapshot: this.awaitingSnapshot,
    };
  }

  /** Forgets everything but the options and the symbol: the book awaits a snapshot again. */
  clear(): void {
    this.#sides.clear();
    this.#state.clear();
  }

  /** The exact parser: for frames in another layout than the scan's, and for v1. */
  #applyParsed(): ApplyOutcome {
    let outcome: ApplyOutcome = 'foreign';
    for (const message of parseBook(frameBuffer.bytes, frameBuffer.length)) {
      if (this.#symbol === undefined && message.snapshot) this.#name(message.symbol);
      if (this.#symbol !== undefined && message.symbol !== this.#symbol) continue;
      if (message.depth !== undefined && message.depth !== this.depth) continue;
      const next = this.#applyLevels(message, message.snapshot);
      outcome = outcome === 'mismatch' && !message.snapshot ? 'mismatch' : next;
    }
    return outcome;
  }

  #applyLevels(message: BookLevels, snapshot: boolean): ApplyOutcome {
    const levels = readTextLevels(message);
    const { checksum } = message;
    if (checksum !== undefined) wholeNumber('checksum', checksum, 0, 0xffffffff);
    if (!snapshot && !this.#state.live) return 'awaitingSnapshot';
    const precision = raised(snapshot ? this.#given : this.#sides, levels.shown);
    batch.snapshot = snapshot;
    batch.hasChecksum = checksum !== undefined;
    batch.checksum = (checksum ?? 0) | 0;
    batch.pricePrecision = precision.pricePrecision;
    batch.quantityPrecision = precision.quantityPrecision;
    fillBatch(levels, batch);
    if (!snapshot && !isSame(precision, this.#sides) && !this.#sides.rescale(precision)) {
      const decimals = `${batch.pricePrecision} and ${batch.quantityPrecision} decimals`;
      throw invalidLevel(decimals, 'would be too many for some level');
    }
    this.#sides.apply(batch);
    if (batch.hasChecksum && this.#sides.checksum() !== batch.checksum) {
      // A message that shows fewer decimals than the book either drops its zeros or tells that the
      // instrument's precision went down. The exchange's checksum decides which.
      const fewer = lowered(this.#sides, levels.shown);
      if (fewer !== undefined) this.#sides.rescale(fewer, batch.checksum);
    }
    return this.#state.settle(batch, this.#sides.checksum());
  }

  /** What a frame said is lost, so the book is no longer known to be right. */
  #lost(error: unknown): unknown {
    this.#state.lose();
    return error;
  }

  #name(symbol: string): void {
    this.#symbol = symbol;
    this.#symbolText = symbolText(symbol);
  }

  #ladder(side: BookSide): Ladder {
    return side === 'bids' ? this.#sides.bids : this.#sides.asks;
  }
}
