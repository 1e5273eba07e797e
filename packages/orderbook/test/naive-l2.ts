import CRC32 from 'crc-32';
import type { Level } from '../src/index.ts';

/** The rules of an L2 book at their plainest: a Map a side, bigints, one text for the checksum. */
export class NaiveL2 {
  readonly #depth: number;
  readonly #pricePrecision: number;
  readonly #quantityPrecision: number;
  readonly #bids = new Map<bigint, bigint>();
  readonly #asks = new Map<bigint, bigint>();

  constructor(depth: number, pricePrecision: number, quantityPrecision: number) {
    this.#depth = depth;
    this.#pricePrecision = pricePrecision;
    this.#quantityPrecision = quantityPrecision;
  }

  /** `[side, price, quantity]` in order, as scaled integers. */
  apply(snapshot: boolean, entries: readonly (readonly ['bids' | 'asks', bigint, bigint])[]): void {
    if (snapshot) {
      this.#bids.clear();
      this.#asks.clear();
    }
    for (const [side, price, quantity] of entries) {
      const levels = side === 'bids' ? this.#bids : this.#asks;
      if (quantity === 0n) levels.delete(price);
      else levels.set(price, quantity);
    }
    for (const side of ['bids', 'asks'] as const) {
      const levels = side === 'bids' ? this.#bids : this.#asks;
      for (const [price] of this.sorted(side).slice(this.#depth)) levels.delete(price);
    }
  }

  sorted(side: 'bids' | 'asks'): [bigint, bigint][] {
    const better = side === 'bids' ? -1 : 1;
    const levels = side === 'bids' ? this.#bids : this.#asks;
    return [...levels].toSorted(([a], [b]) => (a < b ? -better : a > b ? better : 0));
  }

  levels(side: 'bids' | 'asks'): Level[] {
    return this.sorted(side).map(([price, quantity]) => ({
      price: text(price, this.#pricePrecision),
      quantity: text(quantity, this.#quantityPrecision),
    }));
  }

  checksum(): number {
    const digits = (side: 'bids' | 'asks'): string =>
      this.sorted(side)
        .slice(0, 10)
        .map(([price, quantity]) => `${price}${quantity}`)
        .join('');
    return CRC32.str(digits('asks') + digits('bids')) >>> 0;
  }
}

export function text(scaled: bigint, precision: number): string {
  const digits = scaled.toString().padStart(precision + 1, '0');
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}
