import { BookState } from './book-state.ts';
import { type Digits, digitsOf, type Entry, mostDecimals, printed, UNKNOWN } from './entries.ts';
import { OrderBookError } from './errors.ts';
import { asciiBytes, type BookMessage, type Channel, readFrame } from './frame.ts';
import { FOREIGN, SCANNED, type ScanSink, scanFrame, scanned } from './frame-scan.ts';
import { invalidLevel } from './lexeme.ts';
import { type L2BookOptions, wholeNumber } from './options.ts';
import type { ApplyOutcome, BookSnapshot, Entries, Level, Order, OrderEvent } from './types.ts';

/** Applies bytes already at hand: the router's way in. */
export let applyBytes: (
  book: AnyBook,
  bytes: Uint8Array | undefined,
  frame: Uint8Array | string,
) => ApplyOutcome;

type AnyBook = Book<Level, Level> | Book<Order, OrderEvent>;

/**
 * What L2 and L3 books share: both ways in, precision, and what is verified. Entries apply in array
 * order, the sides are cut to the depth after the whole message, and only then the checksum is
 * compared. Nothing is ever repaired.
 */
export abstract class Book<TLevel extends Level, TEvent extends Entry>
  extends BookState<TLevel>
  implements ScanSink
{
  readonly #channel: Channel;
  /** The symbol as the scan compares it. Undefined where it cannot: every frame is parsed. */
  #symbolBytes: Uint8Array | undefined;
  /** The scan has begun to apply the frame in hand. */
  #scanning = false;

  static {
    applyBytes = (book, bytes, frame) => book.#applyBytes(bytes, frame);
  }

  /** Throws INVALID_OPTION. */
  constructor(channel: Channel, options: L2BookOptions) {
    super(options);
    this.#channel = channel;
    if (options.symbol !== undefined) this.#name(options.symbol);
  }

  /**
   * Applies a frame as received, bytes or text. Throws MALFORMED_FRAME: what the frame said is then
   * lost or half applied, and the book is not verified until the next snapshot.
   */
  apply(frame: Uint8Array | string): ApplyOutcome {
    return this.#applyBytes(typeof frame === 'string' ? asciiBytes(frame) : frame, frame);
  }

  /** Replaces the whole book. Throws INVALID_LEVEL, with the book as it was. */
  applySnapshot(snapshot: Entries<TLevel>): ApplyOutcome {
    return this.#applyEntries(snapshot, true);
  }

  /** Applies changes; a quantity is absolute, 0 removes. Throws INVALID_LEVEL, with the book as it was. */
  applyUpdate(update: Entries<TEvent>): ApplyOutcome {
    return this.#applyEntries(update, false);
  }

  /** Takes over what a `toSnapshot()` says. Throws INVALID_SNAPSHOT. */
  protected restore(snapshot: BookSnapshot<TLevel>): this {
    if (snapshot.awaitingSnapshot) return this;
    if (this.applySnapshot(snapshot) !== 'verified') {
      const { checksum } = snapshot;
      throw new OrderBookError(
        'INVALID_SNAPSHOT',
        `The snapshot's levels do not have its checksum ${checksum}: it was changed or cut. Take ` +
          'another one.',
        { expected: checksum },
      );
    }
    this.matched = this.sound = snapshot.verified;
    return this;
  }

  /** Before the entries of a message. */
  protected begin(): void {}

  /** The scan found a frame of this book: false where it cannot apply it. */
  startScan(snapshot: boolean): boolean {
    // Before the first snapshot the parser says whether an update is one.
    if (!snapshot && !this.live) return false;
    this.#scanning = true;
    this.bidLadder.scanned = this.askLadder.scanned = 0;
    this.begin();
    if (snapshot) this.clearLevels();
    return true;
  }

  /** Sets a level, or stages an order's event. */
  protected abstract put(entry: Digits, isAsk: boolean): void;

  /** Scans one side's entries, up to and with the closing bracket: the index after it, or -1. */
  abstract scanSide(
    bytes: Uint8Array,
    start: number,
    length: number,
    isAsk: boolean,
    snapshot: boolean,
  ): number;

  /** After all entries of a message: applies what was staged, cuts to the depth. */
  protected abstract commit(snapshot: boolean): void;

  /** Takes decimals over where none are known yet; false where others are. */
  protected learn(price: number, quantity: number): boolean {
    if (this.priceDecimals === UNKNOWN) this.priceDecimals = price;
    if (this.quantityDecimals === UNKNOWN) this.quantityDecimals = quantity;
    return price === this.priceDecimals && quantity === this.quantityDecimals;
  }

  #applyBytes(bytes: Uint8Array | undefined, frame: Uint8Array | string): ApplyOutcome {
    this.#scanning = false;
    if (bytes !== undefined && this.#symbolBytes !== undefined) {
      const scan = scanFrame(bytes, frame.length, this.#channel, this.#symbolBytes, this);
      if (scan === FOREIGN) return 'foreign';
      if (scan === SCANNED) {
        this.commit(scanned.snapshot);
        return this.#settle(scanned.snapshot, scanned.checksum);
      }
    }
    try {
      const outcome = this.#applyMessages(readFrame(frame, this.#channel));
      // The scan began to apply what is, after all, no book frame.
      if (outcome === 'foreign' && this.#scanning) this.#lose();
      return outcome;
    } catch (error) {
      this.#lose();
      const { code, message } = error as OrderBookError;
      throw code === 'MALFORMED_FRAME'
        ? error
        : new OrderBookError('MALFORMED_FRAME', message, {}, { cause: error });
    }
  }

  #applyMessages(messages: readonly BookMessage[]): ApplyOutcome {
    let outcome: ApplyOutcome = 'foreign';
    for (const message of messages) {
      const { symbol, depth = this.depth, snapshot } = message;
      if (this.name === undefined && snapshot) this.#name(symbol);
      if (symbol !== (this.name ?? symbol) || depth !== this.depth) continue;
      const next = this.#applyEntries(message, snapshot);
      outcome = outcome === 'mismatch' && !snapshot ? 'mismatch' : next;
    }
    return outcome;
  }

  /** The exact way in. */
  #applyEntries(message: Entries<Entry>, snapshot: boolean): ApplyOutcome {
    const { checksum } = message;
    if (checksum !== undefined) wholeNumber('checksum', checksum, 0, 0xffffffff);
    const sides = [message.bids.map(printed), message.asks.map(printed)];
    if (!snapshot && !this.live) return 'awaitingSnapshot';
    const shownPrice = mostDecimals(sides, 'price');
    const shownQuantity = mostDecimals(sides, 'quantity');
    const price = Math.max(snapshot ? this.givenPrice : this.priceDecimals, shownPrice);
    const quantity = Math.max(snapshot ? this.givenQuantity : this.quantityDecimals, shownQuantity);
    const digits = digitsOf(sides, price, quantity);
    if (snapshot) {
      this.clearLevels();
    } else if (!this.#rescale(price, quantity)) {
      throw invalidLevel(`${price} and ${quantity} decimals`, 'would be too many for some level');
    }
    this.#write(digits, price, quantity, snapshot);
    this.bidLadder.scanned = this.askLadder.scanned = 0;
    const expected = checksum === undefined ? undefined : checksum | 0;
    // A message that shows fewer decimals than the book either drops its zeros or tells that the
    // instrument's precision went down. The exchange's checksum decides which.
    if (
      expected !== undefined &&
      this.signedChecksum() !== expected &&
      this.#rescale(
        shownPrice === UNKNOWN ? price : shownPrice,
        shownQuantity === UNKNOWN ? quantity : shownQuantity,
      ) &&
      this.signedChecksum() !== expected
    ) {
      this.#rescale(price, quantity);
    }
    return this.#settle(snapshot, expected);
  }

  /** Gives the whole book other decimals; false, with nothing changed, where that is not exact. */
  #rescale(price: number, quantity: number): boolean {
    if (price === this.priceDecimals && quantity === this.quantityDecimals) return true;
    let digits: readonly (readonly Digits[])[];
    try {
      const sides = [this.bidLadder, this.askLadder].map((ladder) =>
        this.entries(ladder, ladder.count).map(printed),
      );
      digits = digitsOf(sides, price, quantity);
    } catch {
      return false;
    }
    this.clearLevels();
    this.#write(digits, price, quantity, true);
    return true;
  }

  #write(
    sides: readonly (readonly Digits[])[],
    price: number,
    quantity: number,
    snapshot: boolean,
  ): void {
    this.priceDecimals = price;
    this.quantityDecimals = quantity;
    this.begin();
    sides.forEach((entries, side) => {
      const ladder = side === 0 ? this.bidLadder : this.askLadder;
      entries.forEach((entry, i) => {
        const { unknownRemovals } = ladder;
        this.put(entry, side === 1);
        // What the scan applied and counted before it gave up is not counted again.
        if (i < ladder.scanned) ladder.unknownRemovals = unknownRemovals;
      });
    });
    this.commit(snapshot);
  }

  #settle(snapshot: boolean, expected: number | undefined): ApplyOutcome {
    this.expected = expected;
    if (snapshot) this.live = this.sound = true;
    if (expected === undefined) {
      this.matched = false;
      return 'unchecked';
    }
    const matched = this.signedChecksum() === expected;
    if (!matched) this.sound = false;
    this.matched = this.sound;
    return matched ? 'verified' : 'mismatch';
  }

  /** What a frame said is lost, so the book is no longer known to be right. */
  #lose(): void {
    this.sound = this.matched = false;
    this.bidLadder.scanned = this.askLadder.scanned = 0;
  }

  #name(symbol: string): void {
    this.name = symbol;
    this.#symbolBytes = asciiBytes(symbol)?.slice(0, symbol.length);
  }
}
