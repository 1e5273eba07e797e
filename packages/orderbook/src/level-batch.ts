import { headOf, MAX_SAFE, tailOf } from './scaled.ts';

const NONE = /* @__PURE__ */ new Float64Array(0);

/**
 * The levels of one message as numbers, not yet applied: whatever reads a message fills a batch,
 * and the book applies it only when the whole message was read. A malformed message therefore
 * never leaves a book half changed.
 *
 * Levels `[0, bidCount)` are bids, `[bidCount, count)` asks, in the message's order.
 */
export class LevelBatch {
  snapshot = false;
  hasChecksum = false;
  /** As a signed 32-bit integer. */
  checksum = 0;
  /** The decimals of every price and quantity in the batch; UNKNOWN until a level shows them. */
  pricePrecision = 0;
  quantityPrecision = 0;
  bidCount = 0;
  count = 0;
  prices: Float64Array = new Float64Array(32);
  quantities: Float64Array = new Float64Array(32);
  crcs: Int32Array = new Int32Array(32);
  lengths: Uint8Array = new Uint8Array(32);
  /** True when some value needs a tail (scaled.ts). */
  wide = false;
  priceTails: Float64Array = NONE;
  quantityTails: Float64Array = NONE;

  /** Makes room for at least one more level. */
  grow(): void {
    const capacity = this.prices.length * 2;
    this.prices = copy(this.prices, new Float64Array(capacity));
    this.quantities = copy(this.quantities, new Float64Array(capacity));
    this.crcs = copy(this.crcs, new Int32Array(capacity));
    this.lengths = copy(this.lengths, new Uint8Array(capacity));
    if (this.wide) {
      this.priceTails = copy(this.priceTails, new Float64Array(capacity));
      this.quantityTails = copy(this.quantityTails, new Float64Array(capacity));
    }
  }

  /** Replaces the values of a level, at least one of which is beyond 2^53, by exact ones. */
  setExact(at: number, price: bigint, quantity: bigint): void {
    if (price > MAX_SAFE || quantity > MAX_SAFE) {
      if (!this.wide) {
        this.wide = true;
        this.priceTails = new Float64Array(this.prices.length);
        this.quantityTails = new Float64Array(this.prices.length);
      }
      this.priceTails[at] = tailOf(price);
      this.quantityTails[at] = tailOf(quantity);
    }
    this.prices[at] = headOf(price);
    this.quantities[at] = headOf(quantity);
  }
}

function copy<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** A precision that the first level of a snapshot decides. */
export const UNKNOWN = -1;
