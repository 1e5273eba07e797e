import {
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  signOfDecimal,
  subtractDecimals,
} from '../decimal/arithmetic.ts';
import { invalid, parseDecimal } from '../decimal/parse.ts';
import { divideDecimals } from '../decimal/rounding.ts';
import type { BookView, Level } from '../types.ts';
import { mid } from './top-of-book.ts';

/** What a market order would meet in the book as it stands, fees apart. */
export interface Execution {
  /** True when the book holds enough. */
  readonly complete: boolean;
  /** What is filled, and its price times quantity. */
  readonly quantity: string;
  readonly notional: string;
  /** Volume-weighted average price, to 8 decimals more than the prices; undefined when nothing fills. */
  readonly vwap: string | undefined;
  /** The last level's price that is reached. */
  readonly worstPrice: string | undefined;
  readonly levels: number;
  /** How much worse than the mid, in hundredths of a percent; undefined without a mid. */
  readonly slippageBps: number | undefined;
}

const FINER = 8;
const BPS_SCALE = 8;

/** Buys from the asks or sells to the bids until `quantity` is filled. */
export function executeQuantity(book: BookView, side: 'buy' | 'sell', quantity: string): Execution {
  return execute(
    book,
    side,
    quantity,
    (_, left) => left,
    (_, filled) => filled,
  );
}

/**
 * The same until price times quantity comes to `notional`; the last level's quantity is rounded
 * down to `quantityScale` decimals (as many as the level's without it).
 */
export function executeNotional(
  book: BookView,
  side: 'buy' | 'sell',
  notional: string,
  quantityScale?: number,
): Execution {
  return execute(
    book,
    side,
    notional,
    ({ price, quantity }, left) =>
      divideDecimals(left, price, quantityScale ?? parseDecimal(quantity).scale, 'floor'),
    ({ price }, filled) => multiplyDecimals(price, filled),
  );
}

/** `toQuantity` says what fills what is left at a level, `toAmount` how much of it a fill takes. */
function execute(
  book: BookView,
  side: 'buy' | 'sell',
  amount: string,
  toQuantity: (level: Level, left: string) => string,
  toAmount: (level: Level, filled: string) => string,
): Execution {
  if (signOfDecimal(amount) < 0) throw invalid(amount, 'is no amount: it is negative');
  let left = amount;
  let quantity = '0';
  let notional = '0';
  let worst: Level | undefined;
  let levels = 0;
  let complete = signOfDecimal(amount) === 0;
  for (const level of complete ? [] : book[side === 'buy' ? 'asks' : 'bids']()) {
    const wanted = toQuantity(level, left);
    complete = compareDecimals(wanted, level.quantity) <= 0;
    const filled = complete ? wanted : level.quantity;
    if (signOfDecimal(filled) > 0) {
      quantity = addDecimals(quantity, filled);
      notional = addDecimals(notional, multiplyDecimals(level.price, filled));
      left = subtractDecimals(left, toAmount(level, filled));
      worst = level;
      levels++;
    }
    if (complete) break;
  }
  if (worst === undefined) {
    const nothing = { vwap: undefined, worstPrice: undefined, slippageBps: undefined };
    return { complete, quantity, notional, levels, ...nothing };
  }
  const vwap = divideDecimals(notional, quantity, parseDecimal(worst.price).scale + FINER);
  const worstPrice = worst.price;
  const slippageBps = slippage(book, side, quantity, notional);
  return { complete, quantity, notional, levels, vwap, worstPrice, slippageBps };
}

function slippage(
  book: BookView,
  side: 'buy' | 'sell',
  quantity: string,
  notional: string,
): number | undefined {
  const centre = mid(book);
  if (centre === undefined) return undefined;
  const fair = multiplyDecimals(centre, quantity);
  const worse =
    side === 'buy' ? subtractDecimals(notional, fair) : subtractDecimals(fair, notional);
  return Number(divideDecimals(multiplyDecimals(worse, '10000'), fair, BPS_SCALE));
}
