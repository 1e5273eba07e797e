/** So many nonces of a key are remembered at most; before it are too many the oldest part is closed. */
const MOST_KEPT = 20_000;

/**
 * The nonces that one key has used. Each is good once; how far one may be below the highest is the
 * key's window: 0, the exchange's default, lets none be overtaken.
 */
export class UsedNonces {
  readonly #window: bigint;
  readonly #used = new Set<bigint>();
  /** What is not above it is refused. */
  #floor = -1n;
  #highest = 0n;

  /** `window`: in the unit in which the key counts. */
  constructor(window: bigint) {
    this.#window = window;
  }

  get highest(): bigint {
    return this.#highest;
  }

  /** Uses up a nonce, or says why it cannot be used. */
  use(nonce: bigint): 'duplicate' | 'below' | undefined {
    if (this.#used.has(nonce)) return 'duplicate';
    if (nonce <= this.#floor) return 'below';
    this.#used.add(nonce);
    if (nonce > this.#highest) this.#highest = nonce;
    this.#raise(this.#highest - this.#window);
    if (this.#used.size > MOST_KEPT) this.#forget();
    return undefined;
  }

  #raise(floor: bigint): void {
    if (floor <= this.#floor) return;
    this.#floor = floor;
    // With a window of 0 the floor alone says it all.
    if (this.#window === 0n) this.#used.clear();
  }

  /** Drops what the floor says as well; where that is not half of it, the floor comes up. */
  #forget(): void {
    const half = [...this.#used].toSorted((a, b) => (a < b ? -1 : 1))[MOST_KEPT / 2] ?? 0n;
    if (half > this.#floor) this.#floor = half;
    for (const nonce of this.#used) if (nonce <= this.#floor) this.#used.delete(nonce);
  }
}
