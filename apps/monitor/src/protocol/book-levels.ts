import { addScaled, type Scaled, subtractScaled } from './scaled.ts';

/** One side of a book, best level first: prices in ticks, quantities in lots. */
export interface SideLevels {
  prices: Scaled[];
  quantities: Scaled[];
}

/** What changed on one side since the state before; quantity 0 removes. Prices in the side's order. */
export type SideChanges = SideLevels;

export type Side = 'bids' | 'asks';

export const emptySide = (): SideLevels => ({ prices: [], quantities: [] });

/** True when `a` stands before `b` on this side. */
const isBetter = (a: Scaled, b: Scaled, side: Side): boolean => (side === 'bids' ? a > b : a < b);

/** The changes that make `after` of `before`: a walk along both, which are sorted. */
export const diffSide = (before: SideLevels, after: SideLevels, side: Side): SideChanges => {
  const changes = emptySide();
  const put = (price: Scaled, quantity: Scaled): void => {
    changes.prices.push(price);
    changes.quantities.push(quantity);
  };
  let old = 0;
  let now = 0;
  while (old < before.prices.length || now < after.prices.length) {
    const oldPrice = before.prices[old];
    const nowPrice = after.prices[now];
    if (oldPrice === undefined || (nowPrice !== undefined && isBetter(nowPrice, oldPrice, side))) {
      put(nowPrice as Scaled, after.quantities[now++] as Scaled);
    } else if (nowPrice === undefined || isBetter(oldPrice, nowPrice, side)) {
      put(oldPrice, 0);
      old += 1;
    } else {
      const quantity = after.quantities[now] as Scaled;
      if (quantity !== before.quantities[old]) put(nowPrice, quantity);
      old += 1;
      now += 1;
    }
  }
  return changes;
};

/** The side after the changes, as arrays of its own. */
export const applySide = (before: SideLevels, changes: SideChanges, side: Side): SideLevels => {
  if (changes.prices.length === 0) return before;
  const after = emptySide();
  let old = 0;
  const keep = (): void => {
    after.prices.push(before.prices[old] as Scaled);
    after.quantities.push(before.quantities[old] as Scaled);
    old += 1;
  };
  changes.prices.forEach((price, i) => {
    while (old < before.prices.length && isBetter(before.prices[old] as Scaled, price, side)) {
      keep();
    }
    if (before.prices[old] === price) old += 1;
    const quantity = changes.quantities[i] as Scaled;
    if (quantity !== 0) {
      after.prices.push(price);
      after.quantities.push(quantity);
    }
  });
  while (old < before.prices.length) keep();
  return after;
};

/** The price's distance from the one before it in the side's order: small and not negative. */
export const stepTo = (from: Scaled, to: Scaled, side: Side): Scaled =>
  side === 'bids' ? subtractScaled(from, to) : subtractScaled(to, from);

export const stepFrom = (from: Scaled, step: Scaled, side: Side): Scaled =>
  side === 'bids' ? subtractScaled(from, step) : addScaled(from, step);
