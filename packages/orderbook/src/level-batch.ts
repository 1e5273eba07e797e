import { headOf, MAX_SAFE, tailOf } from './scaled.ts';

/** A precision that the first level of a snapshot decides. */
export const UNKNOWN = -1;

const FIRST_CAPACITY = 32;
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
  /** The decimals of every price and quantity in the batch. */
  pricePrecision = 0;
  quantityPrecision = 0;
  bidCount = 0;
  count = 0;
  capacity = FIRST_CAPACITY;
  /** Scaled integers (scaled.ts). */
  prices: Float64Array = new Float64Array(FIRST_CAPACITY);
  quantities: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The CRC of each level's digits from register 0, and how many they are. */
  crcs: Int32Array = new Int32Array(FIRST_CAPACITY);
  lengths: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** True when some value needs a tail (scaled.ts). */
  wide = false;
  priceTails: Float64Array = NONE;
  quantityTails: Float64Array = NONE;

  /** Doubles the room. */
  grow(): void {
    this.capacity *= 2;
    const { capacity } = this;
    this.prices = copy(this.prices, new Float64Array(capacity));
    this.quantities = copy(this.quantities, new Float64Array(capacity));
    this.crcs = copy(this.crcs, new Int32Array(capacity));
    this.lengths = copy(this.lengths, new Uint8Array(capacity));
    if (!this.wide) return;
    this.priceTails = copy(this.priceTails, new Float64Array(capacity));
    this.quantityTails = copy(this.quantityTails, new Float64Array(capacity));
  }

  /** Sets the values of a level whatever their size. */
  setExact(at: number, price: bigint, quantity: bigint): void {
    if (!this.wide && (price > MAX_SAFE || quantity > MAX_SAFE)) {
      this.wide = true;
      this.priceTails = new Float64Array(this.capacity);
      this.quantityTails = new Float64Array(this.capacity);
    }
    this.prices[at] = headOf(price);
    this.quantities[at] = headOf(quantity);
    if (!this.wide) return;
    this.priceTails[at] = tailOf(price);
    this.quantityTails[at] = tailOf(quantity);
  }
}

function copy<T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
