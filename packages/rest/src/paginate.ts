/** One page: its rows under their ids, and where the next one begins. */
export interface Page<Row, Cursor> {
  readonly rows: readonly (readonly [id: string, row: Row])[];
  /** `undefined`: this was the last. */
  readonly next: Cursor | undefined;
}

/**
 * Every row of every page once. Pages may overlap, as they do when rows arrive while one reads: what
 * was given is remembered by its id, and not given again. That takes about 60 bytes a row.
 */
export async function* paginate<Row, Cursor>(
  first: Cursor,
  fetchPage: (cursor: Cursor) => Promise<Page<Row, Cursor>>,
): AsyncGenerator<readonly [id: string, row: Row], void, undefined> {
  const given = new Set<string>();
  for (let cursor: Cursor | undefined = first; cursor !== undefined; ) {
    const { rows, next }: Page<Row, Cursor> = await fetchPage(cursor);
    for (const [id, row] of rows) {
      if (given.has(id)) continue;
      given.add(id);
      yield [id, row];
    }
    cursor = next;
  }
}
