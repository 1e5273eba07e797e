import { compareDecimals, signOfDecimal } from './decimal/arithmetic.ts';
import type { BookSide, BookView, Level } from './types.ts';

/**
 * Something that a right book of Kraken's never is. `locked` (best bid equals best ask) is a fault
 * too: the matching engine leaves no such book behind.
 */
export type IntegrityIssue =
  | { readonly kind: 'crossed' | 'locked'; readonly bid: Level; readonly ask: Level }
  | { readonly kind: 'unsorted'; readonly side: BookSide; readonly rank: number }
  | { readonly kind: 'emptyLevel'; readonly side: BookSide; readonly rank: number }
  | { readonly kind: 'overDepth'; readonly side: BookSide; readonly count: number };

/**
 * Looks a book over and repairs nothing: an empty list is a sound book. A level out of order, or
 * the second one of a price, is `unsorted`; more levels than `depth` are `overDepth`.
 */
export function checkIntegrity(book: BookView & { readonly depth?: number }): IntegrityIssue[] {
  const bids = book.bids();
  const asks = book.asks();
  const issues = [
    ...checkSide('bids', bids, book.depth, 1),
    ...checkSide('asks', asks, book.depth, -1),
  ];
  const [bid] = bids;
  const [ask] = asks;
  if (bid !== undefined && ask !== undefined) {
    const order = compareDecimals(bid.price, ask.price);
    if (order > 0) issues.push({ kind: 'crossed', bid, ask });
    if (order === 0) issues.push({ kind: 'locked', bid, ask });
  }
  return issues;
}

function checkSide(
  side: BookSide,
  levels: readonly Level[],
  depth: number | undefined,
  better: 1 | -1,
): IntegrityIssue[] {
  const issues: IntegrityIssue[] = [];
  if (depth !== undefined && levels.length > depth) {
    issues.push({ kind: 'overDepth', side, count: levels.length });
  }
  levels.forEach(({ price, quantity }, rank) => {
    const before = levels[rank - 1];
    if (before !== undefined && compareDecimals(before.price, price) !== better) {
      issues.push({ kind: 'unsorted', side, rank });
    }
    if (signOfDecimal(quantity) <= 0) issues.push({ kind: 'emptyLevel', side, rank });
  });
  return issues;
}
