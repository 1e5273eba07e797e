/** From this size on (in lots) a position needs these shares of its value as margin, in millionths. */
export interface MarginLevel {
  readonly fromLots: bigint;
  readonly initial: bigint;
  readonly maintenance: bigint;
}

const MILLION = 1_000_000n;

/** The level of a size: the whole position is reckoned by it. */
export function levelOf(levels: readonly MarginLevel[], lots: bigint): MarginLevel {
  const level = levels.findLast(({ fromLots }) => fromLots <= lots) ?? levels[0];
  return level ?? { fromLots: 0n, initial: MILLION, maintenance: MILLION };
}

/** A share of a value, rounded up: margin is never a little too small. */
export function shareOf(value: bigint, millionths: bigint): bigint {
  return (value * millionths + MILLION - 1n) / MILLION;
}
