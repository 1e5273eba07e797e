/**
 * What the trading engine charges, by the seconds since an order was made or last amended.
 * https://docs.kraken.com/api/docs/guides/spot-ratelimits
 */
export type AgedAction = 'amend' | 'edit' | 'cancel';

/** Below this age (exclusive), this is added. Exactly 5 s is in the next row. */
const PENALTIES: Readonly<Record<AgedAction, readonly (readonly [number, number])[]>> = {
  amend: [
    [5, 3],
    [10, 2],
    [15, 1],
  ],
  edit: [
    [5, 6],
    [10, 5],
    [15, 4],
    [45, 2],
    [90, 1],
  ],
  cancel: [
    [5, 8],
    [10, 6],
    [15, 5],
    [45, 4],
    [90, 2],
    [300, 1],
  ],
};
const FIXED: Readonly<Record<AgedAction, number>> = { amend: 1, edit: 1, cancel: 0 };

/** `ageS` is `undefined` for an order that nobody here made: it counts as new. */
export function agedCost(action: AgedAction, ageS: number | undefined): number {
  const age = ageS ?? 0;
  return FIXED[action] + (PENALTIES[action].find(([below]) => age < below)?.[1] ?? 0);
}

/** The next age at which the cost falls; `undefined` when it falls no more. */
export function nextCheaperAge(action: AgedAction, ageS: number | undefined): number | undefined {
  if (ageS === undefined) return undefined;
  return PENALTIES[action].find(([below]) => ageS < below)?.[0];
}
