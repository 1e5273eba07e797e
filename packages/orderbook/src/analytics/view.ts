import type { BookView, Level } from '../types.ts';

/** Makes the levels of a snapshot, best first, readable as a book. */
export function viewOf(levels: {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}): BookView {
  return {
    bids: (count) => levels.bids.slice(0, count),
    asks: (count) => levels.asks.slice(0, count),
  };
}
