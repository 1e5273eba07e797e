import { addDecimals, multiplyDecimals } from '../decimal/arithmetic.ts';
import { roundToMultiple } from '../decimal/rounding.ts';
import type { BookSide, BookView, Level } from '../types.ts';

/**
 * Sums the levels of a side up by multiples of a tick (`groupLevels(book, 'bids', '0.1', 50)` by
 * 5.0): bids fall to the multiple below, asks rise to the one above, so no group promises a better
 * price than its levels. Best first, at most `count` groups. The tick may be any increment.
 */
export function groupLevels(
  book: BookView,
  side: BookSide,
  tickSize: string,
  multiple: number,
  count: number = Number.POSITIVE_INFINITY,
): Level[] {
  const step = multiplyDecimals(tickSize, String(multiple));
  const groups: { price: string; quantity: string }[] = [];
  for (const { price, quantity } of book[side]()) {
    const rounded = roundToMultiple(price, step, side === 'bids' ? 'floor' : 'ceil');
    const last = groups.at(-1);
    if (last?.price === rounded) {
      last.quantity = addDecimals(last.quantity, quantity);
    } else {
      if (groups.length >= count) break;
      groups.push({ price: rounded, quantity });
    }
  }
  return groups;
}
