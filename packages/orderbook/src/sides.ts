import { crcShiftLong } from './crc-shift.ts';
import { CRC_INITIAL } from './crc32.ts';
import { Ladder } from './ladder.ts';
import { type LevelBatch, UNKNOWN } from './level-batch.ts';
import type { Precision } from './precision.ts';
import { rescaled } from './rescale.ts';
import { formatScaled } from './scaled.ts';
import type { Level } from './types.ts';

/** The two sides of an L2 book and the precision they share: levels alone, no frames. */
export class Sides {
  readonly depth: number;
  bids: Ladder;
  asks: Ladder;
  /** The decimals of every price and every quantity; UNKNOWN before the first snapshot. */
  pricePrecision = UNKNOWN;
  quantityPrecision = UNKNOWN;

  constructor(depth: number) {
    this.depth = depth;
    this.bids = createBids(depth);
    this.asks = createAsks(depth);
  }

  clear(): void {
    this.bids.clear();
    this.asks.clear();
    this.pricePrecision = UNKNOWN;
    this.quantityPrecision = UNKNOWN;
  }

  /** Applies a message in array order, then cuts both sides to the depth. */
  apply(batch: LevelBatch): void {
    if (batch.snapshot) {
      this.bids.clear();
      this.asks.clear();
      this.pricePrecision = Math.max(batch.pricePrecision, 0);
      this.quantityPrecision = Math.max(batch.quantityPrecision, 0);
    }
    const { bidCount, count } = batch;
    // Most messages touch one side.
    if (bidCount > 0) {
      applySide(batch, this.bids, 1, 0, bidCount);
      this.bids.truncate(this.depth);
    }
    if (count > bidCount) {
      applySide(batch, this.asks, -1, bidCount, count);
      this.asks.truncate(this.depth);
    }
  }

  /** Kraken's checksum as a signed 32-bit integer. */
  checksum(): number {
    const { bids, asks } = this;
    asks.fold();
    bids.fold();
    return ~(crcShiftLong(asks.foldedCrc, bids.foldedLength) ^ bids.foldedCrc);
  }

  /**
   * Gives every level other decimals, if that is exact and, where a checksum is given, the result
   * has it. Otherwise changes nothing and gives false.
   */
  rescale(precision: Precision, checksum?: number): boolean {
    const copy = new Sides(this.depth);
    const morePrice = precision.pricePrecision - this.pricePrecision;
    const moreQuantity = precision.quantityPrecision - this.quantityPrecision;
    if (!rescaled(this.bids, copy.bids, morePrice, moreQuantity)) return false;
    if (!rescaled(this.asks, copy.asks, morePrice, moreQuantity)) return false;
    if (checksum !== undefined && copy.checksum() !== checksum) return false;
    this.bids = copy.bids;
    this.asks = copy.asks;
    this.pricePrecision = precision.pricePrecision;
    this.quantityPrecision = precision.quantityPrecision;
    return true;
  }

  /** The best `count` levels of a side, best first. */
  levels(ladder: Ladder, count: number): Level[] {
    const levels: Level[] = [];
    const end = Math.max(ladder.low, ladder.high - count);
    for (let at = ladder.high - 1; at >= end; at--) levels.push(this.#level(ladder, at));
    return levels;
  }

  best(ladder: Ladder): Level | undefined {
    return ladder.count === 0 ? undefined : this.#level(ladder, ladder.high - 1);
  }

  #level(ladder: Ladder, at: number): Level {
    return {
      price: formatScaled(ladder.priceAt(at), this.pricePrecision),
      quantity: formatScaled(ladder.quantityAt(at), this.quantityPrecision),
    };
  }
}

// The checksum's text is the asks, then the bids: the asks start as a CRC does, the bids are a
// piece to be joined (crc-shift.ts).
const createAsks = (depth: number): Ladder => new Ladder(depth, CRC_INITIAL);
const createBids = (depth: number): Ladder => new Ladder(depth, 0);

function applySide(
  batch: LevelBatch,
  ladder: Ladder,
  sign: 1 | -1,
  from: number,
  to: number,
): void {
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
