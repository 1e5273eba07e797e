import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  subtractDecimals,
  sumDecimals,
} from '../decimal/arithmetic.ts';
import { parseDecimal } from '../decimal/parse.ts';
import { divideDecimals } from '../decimal/rounding.ts';
import type { BookView, Level } from '../types.ts';

export interface TopOfBook {
  readonly bid: Level | undefined;
  readonly ask: Level | undefined;
}

/** More decimals than a price has, for prices between two ticks. */
const FINER = 8;
const BPS_SCALE = 8;

export function topOfBook(book: BookView): TopOfBook {
  return { bid: book.bids(1)[0], ask: book.asks(1)[0] };
}

/** Best ask less best bid, in units of the price; negative for a crossed book. */
export function spread(book: BookView): string | undefined {
  const best = both(book);
  return best && subtractDecimals(best.ask.price, best.bid.price);
}

/** The spread in hundredths of a percent of the mid. */
export function spreadBps(book: BookView): number | undefined {
  const best = both(book);
  if (best === undefined) return undefined;
  // (ask - bid) / ((ask + bid) / 2)
  const difference = multiplyDecimals(subtractDecimals(best.ask.price, best.bid.price), '20000');
  return Number(divideDecimals(difference, addDecimals(best.ask.price, best.bid.price), BPS_SCALE));
}

/** Halfway between best bid and best ask, exact: with one more decimal than the prices. */
export function mid(book: BookView): string | undefined {
  const best = both(book);
  return best && multiplyDecimals(addDecimals(best.ask.price, best.bid.price), '0.5');
}

/**
 * The mid drawn towards the side with less quantity behind it: (bid × ask quantity + ask × bid
 * quantity) / (bid quantity + ask quantity), to 8 decimals more than the prices, half to even.
 */
export function microprice(book: BookView): string | undefined {
  const best = both(book);
  if (best === undefined) return undefined;
  const { bid, ask } = best;
  const weighted = addDecimals(
    multiplyDecimals(bid.price, ask.quantity),
    multiplyDecimals(ask.price, bid.quantity),
  );
  const scale = parseDecimal(bid.price).scale + FINER;
  return divideDecimals(weighted, addDecimals(bid.quantity, ask.quantity), scale);
}

/**
 * How much more is bid than asked in the best `count` levels: (bids - asks) / (bids + asks), from
 * -1 (nothing bid) to 1 (nothing asked); undefined for an empty book.
 */
export function imbalance(book: BookView, count: number): number | undefined {
  const bids = sumDecimals(book.bids(count).map(({ quantity }) => quantity));
  const asks = sumDecimals(book.asks(count).map(({ quantity }) => quantity));
  const total = addDecimals(bids, asks);
  if (compareDecimals(total, '0') === 0) return undefined;
  return Number(divideDecimals(subtractDecimals(bids, asks), total, 15));
}

function both(book: BookView): { readonly bid: Level; readonly ask: Level } | undefined {
  const { bid, ask } = topOfBook(book);
  return bid && ask && { bid, ask };
}
