/** A seeded source of randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** 0 <= x < 1, with 32 random bits. */
  next(): number;
  /** A whole number, 0 <= n < bound. */
  below(bound: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Exponentially distributed with this mean, rounded down: ranks near the top of a book come most often. */
  rank(mean: number): number;
}

/** FNV-1a of the text, spread over 32 bits: every seed text starts somewhere else. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let at = 0; at < text.length; at += 1) {
    h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** sfc32 (Chris Doty-Humphrey's small fast counting generator, public domain): integers only, so no machine rounds differently. */
export function createRandom(seed: string): Random {
  let a = hash(seed, 1);
  let b = hash(seed, 2);
  let c = hash(seed, 3);
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round += 1) bits();
  const next = (): number => bits() / 0x1_0000_0000;
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
    rank: (mean) => Math.floor(-Math.log(1 - next()) * mean),
  };
}
