import { AuthError } from './auth-error.ts';
import type { WallClock } from './clock.ts';
import { createMemoryNonceStore, type NonceStore } from './nonce-store.ts';
import { type NonceUnit, NS_PER_UNIT } from './nonce-unit.ts';

export interface NonceOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Nonces of one key: each higher than all before it, whatever the clock does. */
export interface NonceSource {
  /**
   * The next nonce. Requests that leave at the same time can still overtake each other on their
   * way; where the key has no nonce window, use {@link NonceSource.withNonce}.
   *
   * @throws AuthError `NONCE_EXHAUSTED`, `TOO_MANY_WAITING`, and what the store throws
   */
  next(options?: NonceOptions): Promise<bigint>;
  /**
   * Runs `send` with the next nonce, and gives nobody else one until it settles: the exchange sees
   * the nonces in order. With a shared store this holds for every process that uses the key, so
   * give `send` a timeout.
   */
  withNonce<T>(send: (nonce: bigint) => Promise<T>, options?: NonceOptions): Promise<T>;
  /** Every nonce from now on is higher than this one: a key that has seen a higher nonce. */
  raiseTo(nonce: bigint): void;
  /** The last nonce given out here. */
  readonly last: bigint | undefined;
}

export interface NonceSourceOptions {
  readonly clock: WallClock;
  /** @defaultValue `'ns'`, above what any other program may have used */
  readonly unit?: NonceUnit | undefined;
  /** The highest nonce the key is known to have seen. */
  readonly floor?: bigint | undefined;
  /** Where the highest nonce is kept. @defaultValue in memory, for one process */
  readonly store?: NonceStore | undefined;
}

/** Kraken documents a 64-bit integer; signed, so that no reading of that is exceeded. */
const MAX_NONCE = 2n ** 63n - 1n;

/** Opens nothing: a store opens itself when the first nonce is taken. */
export function createNonceSource(options: NonceSourceOptions): NonceSource {
  const { clock, unit = 'ns', store = createMemoryNonceStore() } = options;
  const nsPerUnit = NS_PER_UNIT[unit];
  let floor = options.floor ?? 0n;
  let last: bigint | undefined;

  const mint = (highest: bigint | undefined): bigint => {
    const below = highest !== undefined && highest > floor ? highest : floor;
    const now = clock.wallNs() / nsPerUnit;
    const nonce = now > below ? now : below + 1n;
    if (nonce <= MAX_NONCE) return nonce;
    throw new AuthError(
      'NONCE_EXHAUSTED',
      'The key has seen the highest nonce there is, and will accept no other. Replace it by a new key.',
    );
  };
  const take = async (hold: boolean, signal: AbortSignal | undefined) => {
    const turn = await store.take(mint, { hold, signal });
    if (turn.nonce > floor) floor = turn.nonce;
    last = turn.nonce;
    return turn;
  };

  return {
    get last() {
      return last;
    },
    next: async ({ signal } = {}) => (await take(false, signal)).nonce,
    withNonce: async (send, { signal } = {}) => {
      const turn = await take(true, signal);
      try {
        return await send(turn.nonce);
      } finally {
        await turn.release();
      }
    },
    raiseTo: (nonce) => {
      if (nonce > floor) floor = nonce;
    },
  };
}
