/** What an account holds of one contract. */
export interface Position {
  /** Signed: above zero is long. */
  readonly lots: bigint;
  /**
   * What it was opened for, in the settlement currency's scale: the sum of the flows of its fills,
   * as far as they are not realized. What a position is worth on top of it is its profit.
   */
  readonly basis: bigint;
}

export const FLAT: Position = { lots: 0n, basis: 0n };

/**
 * A position after a fill of signed lots with a flow (what would be paid, if each fill were: above
 * zero is received), and what the fill realizes. Of every fill the basis and the realized profit
 * together change by exactly the flow, and the two flows of a trade are opposite: so the money and
 * the bases of all accounts always add up to what was put in, to the last digit, whatever is rounded.
 */
export function applyFill(
  { lots, basis }: Position,
  change: bigint,
  flow: bigint,
): { readonly position: Position; readonly realized: bigint } {
  const opens = lots === 0n || lots > 0n === change > 0n;
  if (opens) return { position: { lots: lots + change, basis: basis + flow }, realized: 0n };
  const size = abs(lots);
  const closed = abs(change);
  if (closed <= size) {
    const released = (basis * closed) / size;
    const position = { lots: lots + change, basis: basis - released };
    return { position, realized: released + flow };
  }
  // It turns around: a part of the fill closes all there was, the rest opens anew.
  const closing = (flow * size) / closed;
  return {
    position: { lots: lots + change, basis: flow - closing },
    realized: basis + closing,
  };
}

export function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
