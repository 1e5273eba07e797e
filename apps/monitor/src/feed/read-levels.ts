import type { ReadableBook } from '@kr/ws/book';
import type { SideLevels } from '../protocol/book-levels.ts';
import type { ColumnSide } from '../protocol/records.ts';
import type { Scaled } from '../protocol/scaled.ts';

const LONGEST = 1000;
/** Read, and copied at once: one for all. */
const scratch = new Float64Array(LONGEST * 2);

/** A side of a book as scaled integers, exact. */
export const readSide = (book: ReadableBook, side: 'bids' | 'asks'): SideLevels => {
  const prices: Scaled[] = [];
  const quantities: Scaled[] = [];
  const count = book.readTicks(side, scratch);
  for (let i = 0; i < count; i += 1) {
    prices.push(scratch[2 * i] as number);
    quantities.push(scratch[2 * i + 1] as number);
  }
  if (count >= 0) return { prices, quantities };
  // A value beyond 2^53: one by one, and as bigints.
  const levels = side === 'bids' ? book.bidCount : book.askCount;
  for (let rank = 0; rank < levels; rank += 1) {
    prices.push(book.priceTicks(side, rank) as Scaled);
    quantities.push(book.quantityLots(side, rank) as Scaled);
  }
  return { prices, quantities };
};

/** The same for a history of it: so many levels, and the nearest floats. */
export const readColumnSide = (
  book: ReadableBook,
  side: 'bids' | 'asks',
  levels: number,
): ColumnSide => {
  const into = scratch.subarray(0, Math.min(levels, LONGEST) * 2);
  const count = book.readNumbers(side, into);
  const ticks = new Float64Array(count);
  const quantities = new Float32Array(count);
  const unit = 10 ** (book.pricePrecision ?? 0);
  for (let i = 0; i < count; i += 1) {
    ticks[i] = Math.round((into[2 * i] as number) * unit);
    quantities[i] = into[2 * i + 1] as number;
  }
  return { ticks, quantities };
};

export const emptyColumnSide = (): ColumnSide => ({
  ticks: new Float64Array(0),
  quantities: new Float32Array(0),
});
