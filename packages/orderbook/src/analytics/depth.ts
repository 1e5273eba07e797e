import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '../decimal/arithmetic.ts';
import type { BookSide, BookView, Level } from '../types.ts';
import { mid } from './top-of-book.ts';

/** A level with everything up to and including it. */
export interface CumulativeLevel extends Level {
  readonly cumulativeQuantity: string;
  /** Price times quantity, summed up: in the quote currency. */
  readonly cumulativeNotional: string;
}

export interface DepthWithin {
  readonly levels: number;
  readonly quantity: string;
  readonly notional: string;
}

/** The best `count` levels (all without `count`) with running sums, best first. */
export function cumulativeDepth(book: BookView, side: BookSide, count?: number): CumulativeLevel[] {
  let cumulativeQuantity = '0';
  let cumulativeNotional = '0';
  return book[side](count).map((level) => {
    cumulativeQuantity = addDecimals(cumulativeQuantity, level.quantity);
    const notional = multiplyDecimals(level.price, level.quantity);
    cumulativeNotional = addDecimals(cumulativeNotional, notional);
    return { ...level, cumulativeQuantity, cumulativeNotional };
  });
}

/**
 * What stands within so many hundredths of a percent of the mid (the bound included); undefined
 * when there is no mid. A book shows no more than its depth.
 */
export function depthWithinBps(
  book: BookView,
  side: BookSide,
  bps: number | string,
): DepthWithin | undefined {
  const centre = mid(book);
  if (centre === undefined) return undefined;
  const away = multiplyDecimals(multiplyDecimals(centre, String(bps)), '0.0001');
  const bound = side === 'asks' ? addDecimals(centre, away) : subtractDecimals(centre, away);
  const beyond = side === 'asks' ? 1 : -1;
  const within = cumulativeDepth(book, side).filter(
    ({ price }) => compareDecimals(price, bound) !== beyond,
  );
  const last = within.at(-1);
  return {
    levels: within.length,
    quantity: last?.cumulativeQuantity ?? '0',
    notional: last?.cumulativeNotional ?? '0',
  };
}
