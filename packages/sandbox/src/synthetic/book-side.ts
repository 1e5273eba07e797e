import { fixedText } from './fixed-text.ts';
import type { SyntheticInstrument } from './instruments.ts';

/** One price of one side, with its wire text made once. */
export interface BookLevel {
  readonly ticks: number;
  readonly lots: bigint;
  /** `{"price":64525.0,"qty":0.53807066}` */
  readonly json: string;
  /** What the checksum reads of this level: both texts without point and leading zeros. */
  readonly digits: string;
}

/** A level and its texts. Without point and leading zeros the printed digits are those of the scaled integers. */
export function createLevel(
  instrument: SyntheticInstrument,
  ticks: number,
  lots: bigint,
): BookLevel {
  const price = fixedText(ticks, instrument.pricePrecision);
  const quantity = fixedText(lots, instrument.quantityPrecision);
  return {
    ticks,
    lots,
    json: `{"price":${price},"qty":${quantity}}`,
    digits: `${ticks}${lots}`,
  };
}

/** One side of a book, sorted, the best level last: most changes happen there and move little. */
export class BookSide {
  readonly side: 'bid' | 'ask';
  readonly #levels: BookLevel[] = [];
  readonly #direction: 1 | -1;

  constructor(side: 'bid' | 'ask') {
    this.side = side;
    this.#direction = side === 'bid' ? 1 : -1;
  }

  get size(): number {
    return this.#levels.length;
  }

  /** The level at a rank, 0 the best; `undefined` past the worst. */
  at(rank: number): BookLevel | undefined {
    return this.#levels[this.#levels.length - 1 - rank];
  }

  get best(): BookLevel | undefined {
    return this.at(0);
  }

  /** True when a price is at least as good as the other. */
  isWithin(ticks: number, worst: number): boolean {
    return (ticks - worst) * this.#direction >= 0;
  }

  /** The price that many ticks better (or, below zero, worse). */
  better(ticks: number, by: number): number {
    return ticks + by * this.#direction;
  }

  get(ticks: number): BookLevel | undefined {
    const level = this.#levels[this.#firstNotWorse(ticks)];
    return level?.ticks === ticks ? level : undefined;
  }

  set(level: BookLevel): void {
    const index = this.#firstNotWorse(level.ticks);
    this.#levels.splice(index, this.#levels[index]?.ticks === level.ticks ? 1 : 0, level);
  }

  delete(ticks: number): void {
    const index = this.#firstNotWorse(ticks);
    if (this.#levels[index]?.ticks === ticks) this.#levels.splice(index, 1);
  }

  /** Index of the worst level that is at least as good as a price; the number of levels when there is none. */
  #firstNotWorse(ticks: number): number {
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const level = this.#levels[middle];
      if (level !== undefined && !this.isWithin(level.ticks, ticks)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
