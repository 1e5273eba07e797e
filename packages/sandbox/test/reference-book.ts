import crc32 from 'crc-32';
import { SortedSide } from './sorted-side.ts';

const LEVEL = /\{"price":([0-9.]+),"qty":([0-9.]+)\}/g;

function digits(text: string): string {
  return text.replace('.', '').replace(/^0+/, '');
}

/** A book kept as decimal texts in sorted arrays: shares nothing with the sandbox or the engine. */
export class ReferenceBook {
  readonly #depth: number;
  readonly #sides = {
    bids: new SortedSide<readonly [price: string, quantity: string]>('bids'),
    asks: new SortedSide<readonly [price: string, quantity: string]>('asks'),
  };

  constructor(depth: number) {
    this.#depth = depth;
  }

  size(side: 'bids' | 'asks'): number {
    return this.#sides[side].size;
  }

  /** Applies a book frame; true when the checksum of what then stands is the frame's. */
  apply(text: string): boolean {
    if (text.includes('"type":"snapshot"')) {
      this.#sides.bids.clear();
      this.#sides.asks.clear();
    }
    const asksAt = text.indexOf('"asks":[');
    const checksum = Number(/"checksum":(\d+)/.exec(text)?.[1]);
    this.#change('bids', text.slice(0, asksAt));
    this.#change('asks', text.slice(asksAt));
    return checksum === this.checksum();
  }

  checksum(): number {
    const levels = [...this.#sides.asks.best(10), ...this.#sides.bids.best(10)];
    const text = levels.map(([price, qty]) => digits(price) + digits(qty)).join('');
    return crc32.str(text) >>> 0;
  }

  #change(side: 'bids' | 'asks', text: string): void {
    const levels = this.#sides[side];
    for (const [, price = '', quantity = ''] of text.matchAll(LEVEL)) {
      if (Number(quantity) === 0) levels.delete(Number(price));
      else levels.set(Number(price), [price, quantity]);
    }
    levels.cut(this.#depth);
  }
}
