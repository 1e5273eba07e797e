import { paginate } from './paginate.ts';

/** An answer of an endpoint that pages by `ofs`. */
export interface OffsetPage<Row> {
  readonly rows: readonly (readonly [id: string, row: Row])[];
  /** How many there are in all; `undefined` when it was not asked for. */
  readonly count: number | undefined;
}

interface Place {
  readonly offset: number;
  /** Whether the page has to begin with a row that was given: it joins on to the one before. */
  readonly joins: boolean;
}

/**
 * `ofs` counts from the newest row, so every row that arrives pushes the others back, and every one
 * that goes (an order that is filtered out now) pulls them forward. Each page is therefore asked for
 * from the last row of the one before: when that row is not on it, nor any other that was given, rows
 * have gone, and it is asked for again from further ahead.
 */
export function pagesByOffset<Row>(
  first: number,
  fetch: (offset: number) => Promise<OffsetPage<Row>>,
): AsyncGenerator<readonly [id: string, row: Row], void, undefined> {
  let pageSize = 1;
  return paginate<Row, Place>({ offset: first, joins: false }, async (place, isGiven) => {
    const { offset, joins } = place;
    const { rows, count } = await fetch(offset);
    pageSize = Math.max(pageSize, rows.length);
    if (joins && offset > first && !rows.some(([id]) => isGiven(id))) {
      const back = { offset: Math.max(first, offset - pageSize), joins: true };
      return { rows: [], next: () => back };
    }
    const end = offset + rows.length;
    const isLast = rows.length === 0 || (count !== undefined && end >= count);
    return {
      rows,
      // A page with nothing new is one more step: only an empty one, or the count, is the end.
      next: (fresh) => {
        if (isLast) return undefined;
        return fresh > 0 ? { offset: end - 1, joins: true } : { offset: end, joins: false };
      },
    };
  });
}
