import crc32 from 'crc-32';

const LEVEL = /\{"price":([0-9.]+),"qty":([0-9.]+)\}/g;

function digits(text: string): string {
  return text.replace('.', '').replace(/^0+/, '');
}

/** A book kept in plain maps of decimal texts: slow, and shares nothing with the sandbox or the engine. */
export class ReferenceBook {
  readonly #depth: number;
  readonly #sides = { bids: new Map<string, string>(), asks: new Map<string, string>() };

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
    const asks = this.levels('asks').slice(0, 10);
    const bids = this.levels('bids').slice(0, 10);
    const text = [...asks, ...bids].map(([price, qty]) => digits(price) + digits(qty)).join('');
    return crc32.str(text) >>> 0;
  }

  /** Price and quantity, best first. */
  levels(side: 'bids' | 'asks'): [string, string][] {
    const sign = side === 'asks' ? 1 : -1;
    return [...this.#sides[side]].toSorted(([a], [b]) => (Number(a) - Number(b)) * sign);
  }

  #change(side: 'bids' | 'asks', text: string): void {
    const levels = this.#sides[side];
    for (const [, price = '', quantity = ''] of text.matchAll(LEVEL)) {
      if (Number(quantity) === 0) levels.delete(price);
      else levels.set(price, quantity);
    }
    for (const [price] of this.levels(side).slice(this.#depth)) levels.delete(price);
  }
}
