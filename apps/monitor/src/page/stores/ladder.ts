import type { Side, SideLevels } from '../../protocol/book-levels.ts';
import { addScaled, groupScaled, numberOf, type Scaled } from '../../protocol/scaled.ts';

/** One line of a ladder: a level, or the levels that fall into one step of the grouping. */
export interface LadderRow {
  readonly price: Scaled;
  readonly quantity: Scaled;
  /** Of this row and all better ones. */
  readonly cumulative: Scaled;
}

/** The best rows of a side, grouped to multiples of `step` ticks, exact. */
export const ladderRows = (
  { prices, quantities }: SideLevels,
  side: Side,
  step: number,
  count: number,
): LadderRow[] => {
  const rows: LadderRow[] = [];
  let cumulative: Scaled = 0;
  let quantity: Scaled = 0;
  let price: Scaled | undefined;
  const close = (): void => {
    if (price !== undefined) rows.push({ price, quantity, cumulative });
  };
  for (let i = 0; i < prices.length; i += 1) {
    const own = groupScaled(prices[i] as Scaled, step, side);
    if (own !== price) {
      close();
      if (rows.length === count) return rows;
      price = own;
      quantity = 0;
    }
    quantity = addScaled(quantity, quantities[i] as Scaled);
    cumulative = addScaled(cumulative, quantities[i] as Scaled);
  }
  close();
  return rows;
};

/** Steps to group by, in ticks: 1, then about a thousandth, a hundredth… of the price in round numbers. */
export const groupSteps = (tickTicks: number): readonly number[] =>
  [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((factor) => factor * tickTicks);

/** Best prices of a book, as far as there are any. */
export const spreadOf = (
  bids: SideLevels,
  asks: SideLevels,
  precision: number,
): { readonly spread: number; readonly bps: number; readonly mid: number } | undefined => {
  const [bid, ask] = [bids.prices[0], asks.prices[0]];
  if (bid === undefined || ask === undefined) return undefined;
  const [low, high] = [numberOf(bid, precision), numberOf(ask, precision)];
  const mid = (low + high) / 2;
  return { spread: high - low, bps: ((high - low) / mid) * 10_000, mid };
};
