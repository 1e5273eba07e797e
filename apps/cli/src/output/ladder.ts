import type { L2Book, L3Book } from '@kr/orderbook';
import { groupLevels, mid, spread, spreadBps } from '@kr/orderbook/analytics';
import { addDecimals, multiplyDecimals, roundToMultiple } from '@kr/orderbook/decimal';

/** A book to read, of either kind; a recording's and a live one's alike. */
export type LadderBook = Pick<
  L2Book,
  'symbol' | 'depth' | 'verified' | 'bids' | 'asks' | 'checksum'
> &
  Partial<Pick<L3Book, 'orderCountAt'>>;

export interface LadderLevel {
  readonly side: 'bid' | 'ask';
  readonly price: string;
  readonly quantity: string;
  /** From the best level to this one. */
  readonly cumulative: string;
  /** Of a book that is kept order by order. */
  readonly orders?: number | undefined;
}

export interface Ladder {
  /** Best first. */
  readonly asks: readonly LadderLevel[];
  readonly bids: readonly LadderLevel[];
  readonly spread: string | undefined;
  readonly spreadBps: number | undefined;
  readonly mid: string | undefined;
}

export interface LadderOptions {
  /** Levels a side. */
  readonly count: number;
  /** The tick size times this is a level; 1: the levels as they are. */
  readonly multiple: number;
  /** Absent where it is not known: then nothing is grouped. */
  readonly tickSize: string | undefined;
}

const SIDES = { bids: 'bid', asks: 'ask' } as const;

/** What a ladder shows of a book. */
export const ladderOf = (book: LadderBook, options: LadderOptions): Ladder => ({
  asks: levelsOf(book, 'asks', options),
  bids: levelsOf(book, 'bids', options),
  spread: spread(book),
  spreadBps: spreadBps(book),
  mid: mid(book),
});

const levelsOf = (
  book: LadderBook,
  side: 'bids' | 'asks',
  { count, multiple, tickSize }: LadderOptions,
): LadderLevel[] => {
  const isGrouped = tickSize !== undefined && multiple > 1;
  const levels = isGrouped ? groupLevels(book, side, tickSize, multiple, count) : book[side](count);
  const step = isGrouped ? multiplyDecimals(tickSize, String(multiple)) : undefined;
  const orders = ordersByPrice(book, side, step);
  let cumulative = '0';
  return levels.map(({ price, quantity }) => {
    cumulative = addDecimals(cumulative, quantity);
    return { side: SIDES[side], price, quantity, cumulative, orders: orders?.get(price) };
  });
};

/** How many orders stand at each price that is shown. */
const ordersByPrice = (
  book: LadderBook,
  side: 'bids' | 'asks',
  step: string | undefined,
): Map<string, number> | undefined => {
  if (book.orderCountAt === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const [rank, { price }] of book[side]().entries()) {
    const shown =
      step === undefined ? price : roundToMultiple(price, step, side === 'bids' ? 'floor' : 'ceil');
    counts.set(shown, (counts.get(shown) ?? 0) + book.orderCountAt(side, rank));
  }
  return counts;
};
