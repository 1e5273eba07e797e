import { TurnQueue } from './turn-queue.ts';

/** A nonce that is its holder's alone until it is released. */
export interface NonceTurn {
  readonly nonce: bigint;
  /** Lets the next one go. Calling it again does nothing. */
  release(): Promise<void>;
}

export interface TakeOptions {
  /** Keep everybody else waiting until `release()`; otherwise the turn ends with the nonce. */
  readonly hold: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Remembers the highest nonce of one key, and whose turn it is. */
export interface NonceStore {
  /**
   * Waits for the turn, gives `mint` the highest nonce so far, and remembers what it returns before
   * anybody sees it. `mint` may be called several times; only the last result counts.
   */
  take(mint: (highest: bigint | undefined) => bigint, options: TakeOptions): Promise<NonceTurn>;
  /** How many callers of this process wait for their turn. */
  readonly waiting: number;
}

/** Enough for any burst a key's rate limit allows; past it something is stuck. */
export const DEFAULT_MAX_WAITING = 10_000;

export interface MemoryNonceStoreOptions {
  /** Callers that may wait at once; one more is refused. @defaultValue 10000 */
  readonly maxWaiting?: number | undefined;
}

/** For a key that one process uses: what it remembers ends with it. */
export function createMemoryNonceStore(options: MemoryNonceStoreOptions = {}): NonceStore {
  const turns = new TurnQueue(options.maxWaiting ?? DEFAULT_MAX_WAITING);
  let highest: bigint | undefined;
  return {
    get waiting() {
      return turns.waiting;
    },
    take: async (mint, { hold, signal }) => {
      const leave = await turns.enter(signal);
      try {
        const nonce = mint(highest);
        highest = nonce;
        if (!hold) leave();
        return {
          nonce,
          release: async () => {
            leave();
          },
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}
