/** A seeded generator (mulberry32): the same stream on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Which level changes: three in four near the top, the rest spread over the whole depth. */
export function pickRank(random: () => number, depth: number): number {
  const rank =
    random() < 0.75
      ? Math.floor(-Math.log(1 - random()) * 4)
      : Math.floor(Math.exp(random() * Math.log(depth + 1)) - 1);
  return Math.min(rank, depth - 1);
}

/** In hundred-millionths: round lots, dust and the rest. */
export function pickQuantity(random: () => number): number {
  const kind = random();
  if (kind < 0.25) return (1 + Math.floor(random() * 20)) * 5_000_000;
  if (kind < 0.6) return 10_000 + Math.floor(random() * 10_000_000);
  if (kind < 0.9) return 1_000_000 + Math.floor(random() * 300_000_000);
  return 100_000_000 + Math.floor(random() * 4_000_000_000);
}

/** `fixed(452835, 1)` is `45283.5`. */
export function fixed(scaled: number, decimals: number): string {
  const digits = String(scaled).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Microseconds since 2023-10-06T17:35:55Z as the wire prints them. */
export function timestamp(micros: number): string {
  const time = new Date(Date.UTC(2023, 9, 6, 17, 35, 55) + Math.floor(micros / 1000));
  return `${time.toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;
}
