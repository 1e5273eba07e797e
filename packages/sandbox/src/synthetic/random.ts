/**
 * A seeded source of randomness: the same seed gives the same numbers on every machine and in every
 * version of Node, so nothing here or in what uses it may call `Math.log` or the like.
 */
export interface Random {
  /** 0 <= x < 1, with 32 random bits. */
  next(): number;
  /** A whole number, 0 <= n < bound. */
  below(bound: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Geometrically distributed with this mean: ranks near the top of a book come most often. */
  rank(mean: number): number;
  /** About log-uniform, 0 <= n < bound: as often from 1 to 2 as from 512 to 1,024. */
  spread(bound: number): number;
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

/** sfc32 (Chris Doty-Humphrey's small fast counting generator, public domain). */
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
  const below = (bound: number): number => Math.floor(next() * bound);
  const chance = (probability: number): boolean => next() < probability;
  return {
    next,
    below,
    chance,
    rank: (mean) => {
      const again = mean / (1 + mean);
      let rank = 0;
      while (chance(again)) rank += 1;
      return rank;
    },
    spread: (bound) => Math.min(bound - 1, below(1 << below(33 - Math.clz32(bound)))),
  };
}
