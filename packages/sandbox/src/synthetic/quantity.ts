import type { SyntheticInstrument } from './instruments.ts';
import type { Random } from './random.ts';

/** About log-uniform between the instrument's sizes; every third one round, so that zeros stand at the end. */
export function quantity({ minLots, maxLots }: SyntheticInstrument, random: Random): bigint {
  let doublings = 0;
  for (let top = minLots * 2; top < maxLots; top *= 2) doublings += 1;
  let size = minLots * (1 + random.next());
  for (doublings = random.below(doublings + 1); doublings > 0; doublings -= 1) size *= 2;
  // Past 2^53 a float has no odd numbers: the low digits are drawn apart.
  const lots = BigInt(Math.floor(size)) + BigInt(random.below(1_000));
  if (!random.chance(1 / 3)) return lots;
  const unit = 10n ** BigInt(Math.max(0, String(lots).length - 2 - random.below(3)));
  return (lots / unit) * unit;
}

/** At least one lot, and at least one left. */
export function fraction(lots: bigint, random: Random): bigint {
  const part = (lots * BigInt(1 + random.below(998))) / 1_000n;
  return part === 0n ? 1n : part;
}
