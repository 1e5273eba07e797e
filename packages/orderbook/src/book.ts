import { CRC_INITIAL, crcUpdate } from './crc32.ts';
import { isOrderBookError, OrderBookError } from './errors.ts';
import { asciiBytes, type BookMessage, type Channel, isAscii, readFrame } from './frame.ts';
import { CHECKSUM_LEVELS, Ladder } from './ladder.ts';
import { digitsAt, invalidLevel, type Lexeme, MAX_PRECISION, parseLexeme } from './lexeme.ts';
import { type L2BookOptions, MAX_DEPTH, wholeNumber } from './options.ts';
import type {
  ApplyOutcome,
  BookSide,
  BookSnapshot,
  Entries,
  Level,
  Order,
  OrderEvent,
} from './types.ts';

/** A precision that nothing told yet. */
const UNKNOWN = -1;

/** Applies bytes already at hand: the router's way in. */
export let applyBytes: (
  book: AnyBook,
  bytes: Uint8Array | undefined,
  frame: Uint8Array | string,
) => ApplyOutcome;

type AnyBook = Book<Level, Level> | Book<Order, OrderEvent>;
type Entry = Level | OrderEvent;

/** An entry with its numbers as printed. */
interface Printed {
  readonly entry: Entry;
  readonly price: Lexeme;
  readonly quantity: Lexeme;
}

/** An entry's digits at the book's precision, the point left out. */
type Digits = readonly [entry: Entry, price: string, quantity: string];

const ABSENT: Lexeme = { digits: '', decimals: 0 };

const COLON = 0x3a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ZERO = 0x30;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_A = 0x61;
const LOWER_B = 0x62;
const LOWER_C = 0x63;
const LOWER_S = 0x73;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The members of a book that the scan has met, as bits. */
const SYMBOL = 1;
const BIDS = 2;
const ASKS = 4;
const CHECKSUM = 8;
const TIMESTAMP = 16;
const NEEDED = SYMBOL | BIDS | ASKS | CHECKSUM;
/** `"timestamp":"2023-10-06T17:35:55.440295Z"` */
const TIMESTAMP_LENGTH = 41;

/**
 * What L2 and L3 books share: both ways in, precision, and what is verified. Entries apply in array
 * order, the sides are cut to the depth after the whole message, and only then the checksum is
 * compared. Nothing is ever repaired.
 */
export abstract class Book<TLevel extends Level, TEvent extends Entry> {
  /** Price levels a side. */
  readonly depth: number;
  /** The decimals of every price and quantity; UNKNOWN before the first snapshot tells. */
  protected priceDecimals = UNKNOWN;
  protected quantityDecimals = UNKNOWN;
  protected readonly bidLadder: Ladder;
  protected readonly askLadder: Ladder;
  readonly #channel: Channel;
  /** What the scan looks at: the channel's first four letters, the last, where the type begins. */
  readonly #letters: number;
  readonly #lastLetter: number;
  readonly #typeAt: number;
  readonly #givenPrice: number;
  readonly #givenQuantity: number;
  #symbol: string | undefined;
  /** The symbol as the scan compares it. Undefined where it cannot: every frame is parsed. */
  #symbolBytes: Uint8Array | undefined;
  /** True from a snapshot on. */
  #live = false;
  /** Neither a mismatch nor an unreadable frame since the last snapshot. */
  #sound = false;
  #verified = false;
  /** The scan has begun to apply the frame in hand. */
  #scanning = false;
  /** Of the last applied message, as a signed integer. */
  #expected: number | undefined;

  static {
    applyBytes = (book, bytes, frame) => book.#applyBytes(bytes, frame);
  }

  /** Throws INVALID_OPTION. */
  constructor(channel: Channel, options: L2BookOptions) {
    this.#channel = channel;
    this.#letters = wordAt(asciiBytes(channel)!, 0);
    this.#lastLetter = channel.charCodeAt(channel.length - 1);
    this.#typeAt = '{"channel":"","type":"'.length + channel.length;
    this.depth = wholeNumber('depth', options.depth, 1, MAX_DEPTH);
    const precision = (option: 'pricePrecision' | 'quantityPrecision'): number =>
      options[option] === undefined
        ? UNKNOWN
        : wholeNumber(option, options[option], 0, MAX_PRECISION);
    this.#givenPrice = precision('pricePrecision');
    this.#givenQuantity = precision('quantityPrecision');
    this.bidLadder = new Ladder(this.depth);
    this.askLadder = new Ladder(this.depth);
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
    return this.#live ? Math.max(this.priceDecimals, 0) : undefined;
  }

  /** The decimals of every quantity in the book; undefined before the first snapshot. */
  get quantityPrecision(): number | undefined {
    return this.#live ? Math.max(this.quantityDecimals, 0) : undefined;
  }

  /** The checksum the last applied frame carried; undefined when it carried none. */
  get expectedChecksum(): number | undefined {
    return this.#expected === undefined ? undefined : this.#expected >>> 0;
  }

  /** Price levels on the side. */
  get bidCount(): number {
    return this.bidLadder.count;
  }

  get askCount(): number {
    return this.askLadder.count;
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
    return this.#checksum() >>> 0;
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
    this.#live = this.#verified = false;
    this.#expected = undefined;
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
    this.#verified = this.#sound = snapshot.verified;
    return this;
  }

  protected ladder(side: BookSide): Ladder {
    return side === 'bids' ? this.bidLadder : this.askLadder;
  }

  /** The best levels, and what stands in them (L2: the levels, L3: their orders), best first. */
  protected abstract levels(ladder: Ladder, count: number): Level[];
  protected abstract entries(ladder: Ladder, count: number): TLevel[];

  /** Before the entries of a message. */
  protected begin(): void {}

  /** Sets a level, or stages an order's event. */
  protected abstract put(
    entry: Entry,
    isAsk: boolean,
    price: bigint,
    quantity: bigint,
    crc: number,
    length: number,
  ): void;

  /** Scans one side's entries, up to and with the closing bracket: the index after it, or -1. */
  protected abstract scanSide(
    bytes: Uint8Array,
    start: number,
    length: number,
    isAsk: boolean,
    snapshot: boolean,
  ): number;

  /** After all entries of a message: applies what was staged, cuts to the depth. */
  protected abstract commit(snapshot: boolean): void;

  /** The sides' checksum from a register on. */
  protected fold(ladder: Ladder, register: number): number {
    return ladder.fold(register);
  }

  /** Takes decimals over where none are known yet; false where others are. */
  protected learn(price: number, quantity: number): boolean {
    if (this.priceDecimals === UNKNOWN) this.priceDecimals = price;
    if (this.quantityDecimals === UNKNOWN) this.quantityDecimals = quantity;
    return price === this.priceDecimals && quantity === this.quantityDecimals;
  }

  protected clearLevels(): void {
    this.bidLadder.clear();
    this.askLadder.clear();
    this.priceDecimals = this.#givenPrice;
    this.quantityDecimals = this.#givenQuantity;
  }

  #checksum(): number {
    return ~this.fold(this.bidLadder, this.fold(this.askLadder, CRC_INITIAL));
  }

  #applyBytes(bytes: Uint8Array | undefined, frame: Uint8Array | string): ApplyOutcome {
    const scanned = bytes === undefined ? undefined : this.#scan(bytes, frame.length);
    if (scanned !== undefined) return scanned;
    try {
      const outcome = this.#applyMessages(readFrame(frame, this.#channel));
      // The scan began to apply what is, after all, no book frame.
      if (outcome === 'foreign' && this.#scanning) this.#lose();
      return outcome;
    } catch (error) {
      this.#lose();
      if (!isOrderBookError(error) || isOrderBookError(error, 'MALFORMED_FRAME')) throw error;
      throw new OrderBookError('MALFORMED_FRAME', error.message, {}, { cause: error });
    }
  }

  /**
   * The fast way in: one forward scan of a frame in the layout Kraken prints,
   *
   *     {"channel":"book","type":"update","data":[{"symbol":"BTC/USD",
   *      "bids":[{"price":45283.5,"qty":0.10000000}],"asks":[],
   *      "checksum":3310070434,"timestamp":"2023-10-06T17:35:55.440295Z"}]}
   *
   * without white space. It looks at the marks of the layout, and at every digit. Where it finds
   * another byte than it expects it gives up (undefined) and the exact parser reads the whole frame
   * again: an L2 entry is absolute, so that what is already applied does no harm, and L3 events are
   * staged. Whatever it let pass, the checksum judges the result.
   */
  #scan(bytes: Uint8Array, length: number): ApplyOutcome | undefined {
    this.#scanning = false;
    const symbol = this.#symbolBytes;
    const type = this.#typeAt;
    if (
      symbol === undefined ||
      length < type + 60 ||
      wordAt(bytes, 12) !== this.#letters ||
      bytes[type - 11] !== this.#lastLetter ||
      bytes[type - 10] !== QUOTE ||
      bytes[type - 9] !== COMMA ||
      bytes[length - 1] !== CLOSE_BRACE
    ) {
      return undefined;
    }
    const snapshot = bytes[type] === LOWER_S;
    let at = type + (snapshot ? 19 : 17);
    if (bytes[at - 2] !== OPEN_BRACKET || bytes[at - 1] !== OPEN_BRACE) return undefined;
    // Before the first snapshot the parser says whether an update is one.
    if (!snapshot && (!this.#live || bytes[type] !== LOWER_U)) return undefined;
    let seen = 0;
    let checksum = 0;
    do {
      if (at + 14 > length) return undefined;
      const key = bytes[at + 1]!;
      let member = 0;
      if (key === LOWER_B || key === LOWER_A) {
        member = key === LOWER_B ? BIDS : ASKS;
        if ((seen & SYMBOL) === 0 || bytes[at + 7] !== OPEN_BRACKET) return undefined;
        at = this.scanSide(bytes, at + 8, length, key === LOWER_A, snapshot);
        if (at < 0) return undefined;
      } else if (key === LOWER_C) {
        member = CHECKSUM;
        if (bytes[at + 10] !== COLON) return undefined;
        const start = at + 11;
        at = start;
        for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
          checksum = checksum * 10 + digit;
        }
        if (at === start || checksum > 0xffffffff || (bytes[start] === ZERO && at - start > 1)) {
          return undefined;
        }
      } else if (key === LOWER_T) {
        member = TIMESTAMP;
        if (bytes[at + 12] !== QUOTE || bytes[at + TIMESTAMP_LENGTH - 1] !== QUOTE)
          return undefined;
        at += TIMESTAMP_LENGTH;
      } else if (key === LOWER_S) {
        member = SYMBOL;
        at += 10;
        if (bytes[at - 1] !== QUOTE) return undefined;
        let i = 0;
        while (i < symbol.length && bytes[at + i] === symbol[i]) i++;
        if (i < symbol.length || bytes[at + i] !== QUOTE) return otherSymbol(bytes, at, length);
        at += i + 1;
        this.#scanning = true;
        this.bidLadder.scanned = this.askLadder.scanned = 0;
        this.begin();
        if (snapshot) this.clearLevels();
      }
      if (member === 0 || (seen & member) !== 0) return undefined;
      seen |= member;
    } while (bytes[at++] === COMMA);
    if ((seen & NEEDED) !== NEEDED || bytes[at - 1] !== CLOSE_BRACE) return undefined;
    if (at + 2 !== length || bytes[at] !== CLOSE_BRACKET) return undefined;
    this.commit(snapshot);
    return this.#settle(snapshot, checksum | 0);
  }

  #applyMessages(messages: readonly BookMessage[]): ApplyOutcome {
    let outcome: ApplyOutcome = 'foreign';
    for (const message of messages) {
      const { symbol, depth = this.depth, snapshot } = message;
      if (this.#symbol === undefined && snapshot) this.#name(symbol);
      if (symbol !== (this.#symbol ?? symbol) || depth !== this.depth) continue;
      const next = this.#applyEntries(message, snapshot);
      outcome = outcome === 'mismatch' && !snapshot ? 'mismatch' : next;
    }
    return outcome;
  }

  /** The exact way in. */
  #applyEntries(message: Entries<Entry>, snapshot: boolean): ApplyOutcome {
    const { checksum } = message;
    if (checksum !== undefined) wholeNumber('checksum', checksum, 0, 0xffffffff);
    const bids = message.bids.map(readEntry);
    const asks = message.asks.map(readEntry);
    if (!snapshot && !this.#live) return 'awaitingSnapshot';
    const shownPrice = mostDecimals([...bids, ...asks], 'price');
    const shownQuantity = mostDecimals([...bids, ...asks], 'quantity');
    const price = Math.max(snapshot ? this.#givenPrice : this.priceDecimals, shownPrice);
    const quantity = Math.max(
      snapshot ? this.#givenQuantity : this.quantityDecimals,
      shownQuantity,
    );
    const write = this.#writer(bids, asks, price, quantity);
    if (snapshot) {
      this.clearLevels();
    } else if (!this.#rescale(price, quantity)) {
      throw invalidLevel(`${price} and ${quantity} decimals`, 'would be too many for some level');
    }
    write(snapshot);
    this.bidLadder.scanned = this.askLadder.scanned = 0;
    if (checksum !== undefined && this.#checksum() !== (checksum | 0)) {
      // A message that shows fewer decimals than the book either drops its zeros or tells that the
      // instrument's precision went down. The exchange's checksum decides which.
      const fewer = (known: number, shown: number): number =>
        shown === UNKNOWN ? known : Math.min(known, shown);
      if (
        this.#rescale(fewer(price, shownPrice), fewer(quantity, shownQuantity)) &&
        this.#checksum() !== (checksum | 0)
      ) {
        this.#rescale(price, quantity);
      }
    }
    return this.#settle(snapshot, checksum === undefined ? undefined : checksum | 0);
  }

  /** Gives the whole book other decimals; false, with nothing changed, where that is not exact. */
  #rescale(price: number, quantity: number): boolean {
    if (price === this.priceDecimals && quantity === this.quantityDecimals) return true;
    const { bidLadder, askLadder } = this;
    const bids = this.entries(bidLadder, bidLadder.count).map(readEntry);
    const asks = this.entries(askLadder, askLadder.count).map(readEntry);
    let write: (snapshot: boolean) => void;
    try {
      write = this.#writer(bids, asks, price, quantity);
    } catch {
      return false;
    }
    this.clearLevels();
    write(true);
    return true;
  }

  /** What puts entries into the book at a precision. Throws INVALID_LEVEL before anything is. */
  #writer(
    bids: readonly Printed[],
    asks: readonly Printed[],
    price: number,
    quantity: number,
  ): (snapshot: boolean) => void {
    const toDigits = (printed: Printed): Digits => [
      printed.entry,
      digitsAt(printed.price, price),
      digitsAt(printed.quantity, quantity),
    ];
    const sides = [bids.map(toDigits), asks.map(toDigits)] as const;
    return (snapshot) => {
      this.priceDecimals = price;
      this.quantityDecimals = quantity;
      this.begin();
      sides.forEach((entries, side) => {
        const ladder = side === 0 ? this.bidLadder : this.askLadder;
        entries.forEach(([entry, priceDigits, quantityDigits], i) => {
          const { unknownRemovals } = ladder;
          this.put(
            entry,
            side === 1,
            BigInt(priceDigits),
            BigInt(quantityDigits),
            crcUpdate(0, priceDigits + quantityDigits),
            priceDigits.length + quantityDigits.length,
          );
          // What the scan applied and counted before it gave up is not counted again.
          if (i < ladder.scanned) ladder.unknownRemovals = unknownRemovals;
        });
      });
      this.commit(snapshot);
    };
  }

  #settle(snapshot: boolean, expected: number | undefined): ApplyOutcome {
    this.#expected = expected;
    if (snapshot) this.#live = this.#sound = true;
    if (expected === undefined) {
      this.#verified = false;
      return 'unchecked';
    }
    const matched = this.#checksum() === expected;
    if (!matched) this.#sound = false;
    this.#verified = this.#sound;
    return matched ? 'verified' : 'mismatch';
  }

  /** What a frame said is lost, so the book is no longer known to be right. */
  #lose(): void {
    this.#sound = this.#verified = false;
    this.bidLadder.scanned = this.askLadder.scanned = 0;
  }

  #name(symbol: string): void {
    this.#symbol = symbol;
    if (isAscii(symbol)) {
      this.#symbolBytes = Uint8Array.from(symbol, (character) => character.charCodeAt(0));
    }
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function readEntry(entry: Entry): Printed {
  // A deletion's numbers say nothing that the id does not.
  if ('event' in entry && entry.event === 'delete')
    return { entry, price: ABSENT, quantity: ABSENT };
  const price = parseLexeme(entry.price);
  if (price.digits === '') throw invalidLevel(entry.price, 'is no price: it is zero');
  return { entry, price, quantity: parseLexeme(entry.quantity) };
}

/**
 * The most decimals that any number but zero shows, else UNKNOWN. (A removal's `0` says nothing of
 * how quantities are printed.)
 */
function mostDecimals(entries: readonly Printed[], field: 'price' | 'quantity'): number {
  return entries.reduce((most, { [field]: { digits, decimals } }) => {
    return digits === '' ? most : Math.max(most, decimals, 0);
  }, UNKNOWN);
}

/** A frame of another symbol, unless an escape hides what the symbol is. */
function otherSymbol(bytes: Uint8Array, start: number, length: number): ApplyOutcome | undefined {
  for (let at = start; at < length && bytes[at] !== BACKSLASH; at++) {
    if (bytes[at] === QUOTE) return 'foreign';
  }
  return undefined;
}
