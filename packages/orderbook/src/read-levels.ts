import type { Ladder } from './ladder.ts';
import { formatScaled, MAX_SAFE, POWERS } from './scaled.ts';

/** The double nearest to a scaled integer's value: dividing by a power of ten rounds once. */
export function scaledToNumber(scaled: number | bigint, precision: number): number {
  if (scaled <= MAX_SAFE) return Number(scaled) / POWERS[precision]!;
  return Number(formatScaled(scaled, precision));
}

/** Writes price, quantity, price, quantity… best first, as scaled; gives the levels written. */
export function readScaled(ladder: Ladder, into: Float64Array): number {
  const { keys, quantities, high } = ladder;
  const count = Math.min(high - ladder.low, into.length >>> 1);
  for (let rank = 0; rank < count; rank++) {
    const at = high - 1 - rank;
    into[rank * 2] = Math.abs(keys[at]!);
    into[rank * 2 + 1] = quantities[at]!;
  }
  return count;
}
