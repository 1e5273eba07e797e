import { Book } from './book.ts';
import { BOOK_CHANNEL } from './book-channel.ts';
import type { Digits } from './entries.ts';
import { word as wordAt } from './frame-scan.ts';
import type { Ladder } from './ladder.ts';
import { L2_KEY, LevelScan } from './level-scan.ts';
import { formatScaled, MAX_SAFE, tailOf } from './lexeme.ts';
import type { L2BookOptions } from './options.ts';
import type { BookSide, L2Snapshot, Level } from './types.ts';

// Of this module: V8 looks an imported one up at every use.
const word = wordAt;

const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;
// The words of `{"price":` (frame-scan.ts).
const PRICE_0 = 0x7270_227b; // {"pr
const PRICE_1 = 0x2265_6369; // ice"

const level = /* @__PURE__ */ new LevelScan();

/**
 * An aggregated (L2) order book of one symbol, kept from Kraken's `book` channel (v2, or the arrays
 * of v1) and verified by the exchange's checksum on every message:
 * https://docs.kraken.com/api/docs/guides/spot-ws-book-v2
 */
export class L2Book extends Book<Level, Level> {
  /** Throws INVALID_OPTION. */
  constructor(options: L2BookOptions) {
    super(BOOK_CHANNEL, options);
  }

  /**
   * The book of a `toSnapshot()`, as verified as it was. Throws INVALID_SNAPSHOT when its levels
   * do not have its checksum.
   */
  static fromSnapshot(snapshot: L2Snapshot): L2Book {
    return new L2Book(snapshot).restore(snapshot);
  }

  /** Removals of prices that were not in the book: ignored, and counted here. */
  get unknownRemovals(): number {
    return this.bidLadder.unknownRemovals + this.askLadder.unknownRemovals;
  }

  /** A price as the nearest double, by rank (0 is the best); undefined past the last level. */
  priceNumber(side: BookSide, rank: number): number | undefined {
    return toNumber(this.priceTicks(side, rank), this.priceDecimals);
  }

  /** A quantity as the nearest double, by rank (0 is the best); undefined past the last level. */
  quantityNumber(side: BookSide, rank: number): number | undefined {
    return toNumber(this.quantityLots(side, rank), this.quantityDecimals);
  }

  /** A price times ten to the power of `pricePrecision`, exact: a bigint only beyond 2^53. */
  priceTicks(side: BookSide, rank: number): number | bigint | undefined {
    const ladder = this.ladder(side);
    const at = ladder.indexOf(rank);
    return at < 0 ? undefined : ladder.priceAt(at);
  }

  /** A quantity times ten to the power of `quantityPrecision`, exact: a bigint only beyond 2^53. */
  quantityLots(side: BookSide, rank: number): number | bigint | undefined {
    const ladder = this.ladder(side);
    const at = ladder.indexOf(rank);
    return at < 0 ? undefined : ladder.quantityAt(at);
  }

  /**
   * Reads the best levels without allocation, as many as `into` has room for: price, quantity,
   * price, quantity… as the nearest doubles, best first. Gives the number of levels read.
   */
  readNumbers(side: BookSide, into: Float64Array): number {
    return readLevels(
      this.ladder(side),
      into,
      10 ** this.priceDecimals,
      10 ** this.quantityDecimals,
    );
  }

  /**
   * The same as scaled integers (`priceTicks`, `quantityLots`), which are exact. Gives -1, with
   * `into` undefined, when the side holds a value beyond 2^53.
   */
  readTicks(side: BookSide, into: Float64Array): number {
    const ladder = this.ladder(side);
    return ladder.wide ? -1 : readLevels(ladder, into, 1, 1);
  }

  protected override levels(ladder: Ladder, count: number): Level[] {
    return ladder.best(count).map((at) => ({
      price: formatScaled(ladder.priceAt(at), this.priceDecimals),
      quantity: formatScaled(ladder.quantityAt(at), this.quantityDecimals),
    }));
  }

  protected override entries(ladder: Ladder, count: number): Level[] {
    return this.levels(ladder, count);
  }

  protected override put({ price, quantity, crc, length }: Digits, isAsk: boolean): void {
    const ladder = isAsk ? this.askLadder : this.bidLadder;
    const key = isAsk ? -price : price;
    if (price > MAX_SAFE || quantity > MAX_SAFE) ladder.widen();
    ladder.set(Number(key), tailOf(key), Number(quantity), tailOf(quantity), crc, length);
  }

  protected override commit(): void {
    this.bidLadder.truncate(this.depth);
    this.askLadder.truncate(this.depth);
  }

  /** Scans and applies `{"price":45283.5,"qty":0.10000000},…]`. */
  override scanSide(bytes: Uint8Array, start: number, length: number, isAsk: boolean): number {
    if (bytes[start] === CLOSE_BRACKET) return start + 1;
    const ladder = isAsk ? this.askLadder : this.bidLadder;
    let at = start;
    let applied = 0;
    for (;;) {
      if (
        word(bytes, at) !== PRICE_0 ||
        word(bytes, at + 4) !== PRICE_1 ||
        bytes[at + 8] !== COLON
      ) {
        break;
      }
      at = level.read(bytes, at + 9, L2_KEY);
      if (at < 0 || bytes[at] !== CLOSE_BRACE) break;
      const { price, quantity, priceDecimals, quantityDecimals } = level;
      if (priceDecimals !== this.priceDecimals || quantityDecimals !== this.quantityDecimals) {
        // A removal's `0` says nothing of how quantities are printed.
        if (quantity === 0 || !this.learn(priceDecimals, quantityDecimals)) break;
      }
      ladder.set(isAsk ? -price : price, 0, quantity, 0, level.crc, level.digits);
      applied++;
      const next = bytes[++at];
      if (next === COMMA) at++;
      else if (next === CLOSE_BRACKET) {
        ladder.scanned = applied;
        return at + 1;
      } else break;
    }
    ladder.scanned = applied;
    return -1;
  }
}

function readLevels(
  ladder: Ladder,
  into: Float64Array,
  priceUnit: number,
  quantityUnit: number,
): number {
  const { keys, quantities, high } = ladder;
  const count = Math.min(high - ladder.low, into.length >>> 1);
  for (let i = 0; i < count; i++) {
    into[i << 1] = Math.abs(keys[high - 1 - i]!) / priceUnit;
    into[(i << 1) + 1] = quantities[high - 1 - i]! / quantityUnit;
  }
  return count;
}

/** The nearest double: dividing by a power of ten rounds once. */
function toNumber(scaled: number | bigint | undefined, precision: number): number | undefined {
  if (scaled === undefined) return undefined;
  if (typeof scaled === 'number') return scaled / 10 ** precision;
  return Number(formatScaled(scaled, precision));
}
