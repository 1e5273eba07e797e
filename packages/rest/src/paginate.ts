import { RecentIds } from './recent-ids.ts';

/** One page: its rows under their ids, and where to go on. */
export interface Page<Row, Cursor> {
  readonly rows: readonly (readonly [id: string, row: Row])[];
  /** `fresh`: how many of the rows had not been given before. `undefined`: this was the last page. */
  readonly next: (fresh: number) => Cursor | undefined;
}

/**
 * Every row of every page once. Pages may overlap, and most are asked for so that they do: what was
 * given is known by its id, and not given again.
 */
export async function* paginate<Row, Cursor>(
  first: Cursor,
  fetchPage: (cursor: Cursor, isGiven: (id: string) => boolean) => Promise<Page<Row, Cursor>>,
): AsyncGenerator<readonly [id: string, row: Row], void, undefined> {
  const given = new RecentIds();
  const isGiven = (id: string): boolean => given.has(id);
  for (let cursor: Cursor | undefined = first; cursor !== undefined; ) {
    const { rows, next }: Page<Row, Cursor> = await fetchPage(cursor, isGiven);
    let fresh = 0;
    for (const [id, row] of rows) {
      if (!given.add(id)) continue;
      fresh += 1;
      yield [id, row];
    }
    cursor = next(fresh);
  }
}
