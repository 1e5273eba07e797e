/** The first so many of a stream, which is then left. */
export async function* take<T>(rows: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let taken = 0;
  if (most <= 0) return;
  for await (const row of rows) {
    yield row;
    taken += 1;
    if (taken >= most) return;
  }
}

/** As many as were asked for; all of them where that was asked. */
export const mostOf = ({
  limit,
  all,
}: {
  readonly limit: number;
  readonly all?: boolean;
}): number => (all === true ? Number.POSITIVE_INFINITY : limit);
