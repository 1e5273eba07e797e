const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const PAIRS: readonly string[] = Array.from(
  { length: 1024 },
  (_, at) => `${ALPHABET[at >> 5] ?? ''}${ALPHABET[at & 31] ?? ''}`,
);

const pair = (bits: number): string => PAIRS[bits & 1023] ?? '';

/** Two rounds of multiplication and shift: one to one on 32 bits, so that no counter gives an id twice. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Texts that never repeat. */
export interface Ids {
  /** `letter` says what of: an order, a trade, a ledger entry, an amend. */
  next(letter: string): string;
}

/** Ids in the exchange's form, `OTCFZG-YOE2Q-LQKNM3`: never the same twice of one source. */
export class IdSource implements Ids {
  readonly #salt: number;
  #count = 0;

  /** Sources with other salts give other ids, as good as surely. */
  constructor(salt: number) {
    this.#salt = salt >>> 0;
  }

  next(letter: string): string {
    this.#count += 1;
    const a = mix(this.#count);
    const b = mix(this.#salt ^ Math.imul(this.#count, 0x9e3779b1));
    const c = mix(this.#salt + 0x51ed270b);
    return `${letter}${pair(a)}${pair(a >>> 10)}${ALPHABET[c & 31] ?? ''}-${pair(a >>> 20)}${pair(b)}${ALPHABET[(a >>> 30) + (c & 28)] ?? ''}-${pair(b >>> 10)}${pair(b >>> 20)}${pair(c >>> 5)}`;
  }
}
