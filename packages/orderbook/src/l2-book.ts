import { crcShiftLong } from './crc-shift.ts';
import { CRC_INITIAL } from './crc32.ts';
import { isOrderBookError, OrderBookError } from './errors.ts';
import { FrameBuffer } from './frame-buffer.ts';
import { Ladder } from './ladder.ts';
import { LevelBatch, UNKNOWN } from './level-batch.ts';
import { invalidLevel } from './lexeme.ts';
import { parseBook } from './parse-book.ts';
import { rescaled } from './rescale.ts';
import { formatScaled, MAX_PRECISION } from './scaled.ts';
import { FOREIGN, SCANNED, type SymbolText, scanBook, symbolText } from './scan-book.ts';
import { fillBatch, readTextLevels, type TextLevels } from './text-levels.ts';
import type { ApplyOutcome, BookLevels, Level } from './types.ts';

export interface L2BookOptions {
  /** As the wire spells it (`BTC/USD`; v1: `XBT/USD`). Absent: that of the first snapshot. */
  readonly symbol?: string | undefined;
  /** The subscribed depth: levels a side, 1 to 10000. */
  readonly depth: number;
  /**
   * The instrument's decimals, where known. Kraken prints every trailing zero, so they are learnt
   * from the wire; give them for a source that drops zeros (the checksum is made of them).
   */
  readonly pricePrecision?: number | undefined;
  readonly quantityPrecision?: number | undefined;
}

const MAX_DEPTH = 10_000;

/** Of the message in hand: filled and applied within one call, so all books share it. */
const batch: LevelBatch = /* @__PURE__ */ new LevelBatch();
const buffer: FrameBuffer = /* @__PURE__ */ new FrameBuffer();

/**
 * An aggregated (L2) order book of one symbol, kept from Kraken's `book` channel and verified by
 * the exchange's checksum on every message: https://docs.kraken.com/api/docs/guides/spot-ws-book-v2
 *
 * Entries apply in array order, the sides are cut to the depth after the whole message, and only
 * then the checksum is compared. Nothing is ever repaired: after a mismatch the book stays
 * readable and `verified` stays false until a snapshot verifies.
 */
export class L2Book {
  readonly depth: number;
  readonly #pricePrecisionGiven: number;
  readonly #quantityPrecisionGiven: number;
  #symbol: string | undefined;
  #symbolText: SymbolText | undefined;
  #bids: Ladder;
  #asks: Ladder;
  #pricePrecision = UNKNOWN;
  #quantityPrecision = UNKNOWN;
  /** True from a snapshot on. */
  #live = false;
  #verified = false;
  /** A mismatch or an unreadable frame since the last snapshot: only a snapshot mends that. */
  #broken = false;
  #hasExpected = false;
  #expected = 0;

  /** Throws INVALID_OPTION. */
  constructor(options: L2BookOptions) {
    this.depth = wholeNumber('depth', options.depth, 1, MAX_DEPTH);
    const precision = (option: 'pricePrecision' | 'quantityPrecision'): number =>
      options[option] === undefined
        ? UNKNOWN
        : wholeNumber(option, options[option], 0, MAX_PRECISION);
    this.#pricePrecisionGiven = precision('pricePrecision');
    this.#quantityPrecisionGiven = precision('quantityPrecision');
    this.#bids = createBids(this.depth);
    this.#asks = createAsks(this.depth);
    if (options.symbol !== undefined) this.#name(options.symbol);
  }

  /** As given, else that of the first snapshot. */
  get symbol(): string | undefined {
    return this.#symbol;
  }

  /** True when the last message's checksum matched, and every one since the last snapshot did. */
  get verified(): boolean {
    return this.#verified;
  }

  /** True until a snapshot is applied: updates are not applied before it. */
  get awaitingSnapshot(): boolean {
    return !this.#live;
  }

  /** The decimals of every price in the book; undefined before the first snapshot. */
  get pricePrecision(): number | undefined {
    return this.#pricePrecision === UNKNOWN ? undefined : this.#pricePrecision;
  }

  /** The decimals of every quantity in the book; undefined before the first snapshot. */
  get quantityPrecision(): number | undefined {
    return this.#quantityPrecision === UNKNOWN ? undefined : this.#quantityPrecision;
  }

  /** The checksum the last applied frame carried; undefined when it carried none. */
  get expectedChecksum(): number | undefined {
    return this.#hasExpected ? this.#expected >>> 0 : undefined;
  }

  get bidCount(): number {
    return this.#bids.count;
  }

  get askCount(): number {
    return this.#asks.count;
  }

  /** Removals of prices that were not in the book: ignored, and counted here. */
  get unknownRemovals(): number {
    return this.#bids.unknownRemovals + this.#asks.unknownRemovals;
  }

  /**
   * Applies a frame as received: a v2 `book` object or a v1 `book-N` array, as bytes or as text.
   * Throws MALFORMED_FRAME; the levels are then as they were, and the book is not verified until
   * the next snapshot, because what the frame said is lost.
   */
  apply(frame: Uint8Array | string): ApplyOutcome {
    if (!buffer.load(frame)) {
      throw this.#lost(new OrderBookError('MALFORMED_FRAME', LONE_SURROGATE, {}));
    }
    if (this.#symbolText !== undefined) {
      batch.pricePrecision = this.#live ? this.#pricePrecision : this.#pricePrecisionGiven;
      batch.quantityPrecision = this.#live ? this.#quantityPrecision : this.#quantityPrecisionGiven;
      const scan = scanBook(buffer, this.#symbolText, batch);
      if (scan === FOREIGN) return 'foreign';
      if (scan === SCANNED) {
        if (!batch.snapshot && !this.#live) return 'awaitingSnapshot';
        this.#applyBatch();
        return this.#settle();
      }
    }
    return this.#applyParsed(buffer.bytes, buffer.length);
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
    return this.#levelAt(this.#bids, this.#bids.high - 1);
  }

  bestAsk(): Level | undefined {
    return this.#levelAt(this.#asks, this.#asks.high - 1);
  }

  /** The best `count` bids, best (highest) first; all without `count`. */
  bids(count: number = this.depth): Level[] {
    return this.#levels(this.#bids, count);
  }

  /** The best `count` asks, best (lowest) first; all without `count`. */
  asks(count: number = this.depth): Level[] {
    return this.#levels(this.#asks, count);
  }

  /** Kraken's checksum of the book as it is: unsigned 32-bit, 0 for an empty book. */
  checksum(): number {
    return checksumOf(this.#bids, this.#asks) >>> 0;
  }

  /** Forgets everything but the options and the symbol: the book awaits a snapshot again. */
  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
    this.#pricePrecision = UNKNOWN;
    this.#quantityPrecision = UNKNOWN;
    this.#live = false;
    this.#verified = false;
    this.#broken = false;
    this.#hasExpected = false;
  }

  /** The exact parser: for frames in another layout than the scan's, and for v1. */
  #applyParsed(bytes: Uint8Array, length: number): ApplyOutcome {
    try {
      let outcome: ApplyOutcome = 'foreign';
      for (const message of parseBook(bytes, length)) {
        if (this.#symbol === undefined && message.snapshot) this.#name(message.symbol);
        if (this.#symbol !== undefined && message.symbol !== this.#symbol) continue;
        if (message.depth !== undefined && message.depth !== this.depth) continue;
        const next = this.#applyLevels(message, message.snapshot);
        outcome = outcome === 'mismatch' && !message.snapshot ? 'mismatch' : next;
      }
      return outcome;
    } catch (error) {
      if (!isOrderBookError(error)) throw error;
      const malformed = isOrderBookError(error, 'MALFORMED_FRAME')
        ? error
        : new OrderBookError('MALFORMED_FRAME', error.message, {}, { cause: error });
      throw this.#lost(malformed);
    }
  }

  /** What a frame said is lost, so the book is no longer known to be right. */
  #lost(error: OrderBookError): OrderBookError {
    this.#broken = true;
    this.#verified = false;
    return error;
  }

  #applyLevels(message: BookLevels, snapshot: boolean): ApplyOutcome {
    const levels = readTextLevels(message);
    const { checksum } = message;
    if (checksum !== undefined) wholeNumber('checksum', checksum, 0, 0xffffffff);
    if (!snapshot && !this.#live) return 'awaitingSnapshot';
    const price = snapshot ? this.#pricePrecisionGiven : this.#pricePrecision;
    const quantity = snapshot ? this.#quantityPrecisionGiven : this.#quantityPrecision;
    batch.snapshot = snapshot;
    batch.hasChecksum = checksum !== undefined;
    batch.checksum = (checksum ?? 0) | 0;
    batch.pricePrecision = Math.max(price, levels.shown.price ?? 0);
    batch.quantityPrecision = Math.max(quantity, levels.shown.quantity ?? 0);
    fillBatch(levels, batch);
    if (!snapshot && (batch.pricePrecision > price || batch.quantityPrecision > quantity)) {
      const at = `${batch.pricePrecision} and ${batch.quantityPrecision} decimals`;
      if (!this.#rescale(batch.pricePrecision, batch.quantityPrecision)) {
        throw invalidLevel(at, 'would give some level of the book too many digits');
      }
    }
    this.#applyBatch();
    if (batch.hasChecksum && checksumOf(this.#bids, this.#asks) !== batch.checksum) {
      this.#tryFewerDecimals(levels);
    }
    return this.#settle();
  }

  #applyBatch(): void {
    if (batch.snapshot) {
      this.#bids.clear();
      this.#asks.clear();
      this.#live = true;
      this.#broken = false;
      this.#pricePrecision = Math.max(batch.pricePrecision, 0);
      this.#quantityPrecision = Math.max(batch.quantityPrecision, 0);
    }
    applySide(this.#bids, 1, 0, batch.bidCount);
    applySide(this.#asks, -1, batch.bidCount, batch.count);
    this.#bids.truncate(this.depth);
    this.#asks.truncate(this.depth);
  }

  #settle(): ApplyOutcome {
    this.#hasExpected = batch.hasChecksum;
    this.#expected = batch.checksum;
    if (!batch.hasChecksum) {
      this.#verified = false;
      return 'unchecked';
    }
    const matched = checksumOf(this.#bids, this.#asks) === batch.checksum;
    if (!matched) this.#broken = true;
    this.#verified = matched && !this.#broken;
    return matched ? 'verified' : 'mismatch';
  }

  /**
   * A message that shows fewer decimals than the book either drops its zeros or tells that the
   * instrument's precision went down. The exchange's checksum decides which.
   */
  #tryFewerDecimals({ shown }: TextLevels): void {
    const price = Math.min(shown.price ?? this.#pricePrecision, this.#pricePrecision);
    const quantity = Math.min(shown.quantity ?? this.#quantityPrecision, this.#quantityPrecision);
    if (price === this.#pricePrecision && quantity === this.#quantityPrecision) return;
    this.#rescale(price, quantity, (bids, asks) => checksumOf(bids, asks) === batch.checksum);
  }

  /** Gives every level other decimals, if that is exact and `accepts` the result. */
  #rescale(
    price: number,
    quantity: number,
    accepts: (bids: Ladder, asks: Ladder) => boolean = () => true,
  ): boolean {
    const morePrice = price - this.#pricePrecision;
    const moreQuantity = quantity - this.#quantityPrecision;
    const bids = rescaled(this.#bids, createBids(this.depth), morePrice, moreQuantity);
    const asks = rescaled(this.#asks, createAsks(this.depth), morePrice, moreQuantity);
    if (bids === undefined || asks === undefined || !accepts(bids, asks)) return false;
    this.#bids = bids;
    this.#asks = asks;
    this.#pricePrecision = price;
    this.#quantityPrecision = quantity;
    return true;
  }

  #name(symbol: string): void {
    this.#symbol = symbol;
    this.#symbolText = symbolText(symbol);
  }

  #levels(ladder: Ladder, count: number): Level[] {
    const levels: Level[] = [];
    const end = Math.max(ladder.low, ladder.high - count);
    for (let at = ladder.high - 1; at >= end; at--) {
      levels.push(this.#levelAt(ladder, at)!);
    }
    return levels;
  }

  #levelAt(ladder: Ladder, at: number): Level | undefined {
    if (at < ladder.low) return undefined;
    return {
      price: formatScaled(ladder.priceAt(at), this.#pricePrecision),
      quantity: formatScaled(ladder.quantityAt(at), this.#quantityPrecision),
    };
  }
}

const LONE_SURROGATE = 'The frame holds half a surrogate pair: it was not decoded from UTF-8.';

// The checksum's text is the asks, then the bids: the asks start as a CRC does, the bids are a
// piece to be joined (crc-shift.ts).
const createAsks = (depth: number): Ladder => new Ladder(depth, CRC_INITIAL);
const createBids = (depth: number): Ladder => new Ladder(depth, 0);

/** As a signed 32-bit integer. */
function checksumOf(bids: Ladder, asks: Ladder): number {
  asks.fold();
  bids.fold();
  return ~(crcShiftLong(asks.foldedCrc, bids.foldedLength) ^ bids.foldedCrc);
}

function applySide(ladder: Ladder, sign: 1 | -1, from: number, to: number): void {
  const { prices, quantities, crcs, lengths, priceTails, quantityTails } = batch;
  if (batch.wide || ladder.wide) {
    for (let i = from; i < to; i++) {
      ladder.setWide(
        sign * prices[i]!,
        batch.wide ? sign * priceTails[i]! : 0,
        quantities[i]!,
        batch.wide ? quantityTails[i]! : 0,
        crcs[i]!,
        lengths[i]!,
      );
    }
    return;
  }
  for (let i = from; i < to; i++) {
    ladder.set(sign * prices[i]!, quantities[i]!, crcs[i]!, lengths[i]!);
  }
}

function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OrderBookError(
    'INVALID_OPTION',
    `${option} is ${String(value)}: give a whole number from ${least} to ${most}.`,
    { option, value },
  );
}
