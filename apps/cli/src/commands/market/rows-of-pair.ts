/** The rows of an answer that is about one pair and has a cursor, `last`, beside them. */
export const rowsOfPair = <Row extends readonly unknown[]>(
  answer: Readonly<Record<string, readonly Row[] | string | number>>,
): Row[] => Object.values(answer).flatMap((rows) => (typeof rows === 'object' ? rows : []));
