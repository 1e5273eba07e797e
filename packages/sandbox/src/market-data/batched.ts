import type { MarketUpdate } from './channel.ts';

/** A market that is quiet then is told of after this, when anything happens anywhere. */
const LONGEST_NS = 100_000_000n;

/** Updates of a market that wait to be told in one message. */
export class Batched {
  readonly #size: number;
  #waiting: MarketUpdate[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** The update to tell now, if there is one. */
  add(update: MarketUpdate): MarketUpdate | undefined {
    this.#waiting.push(update);
    return this.#waiting.length >= this.#size ? this.take() : undefined;
  }

  isDue(nowNs: bigint): boolean {
    const [first] = this.#waiting;
    return first !== undefined && nowNs - first.atNs >= LONGEST_NS;
  }

  /** All that wait as one: in their order, of the time of the last. */
  take(): MarketUpdate | undefined {
    const waiting = this.#waiting;
    const last = waiting.at(-1);
    this.#waiting = [];
    if (last === undefined || waiting.length === 1) return last;
    return {
      changes: waiting.flatMap(({ changes }) => changes),
      trades: waiting.flatMap(({ trades }) => trades),
      topMoved: waiting.some(({ topMoved }) => topMoved),
      atNs: last.atNs,
    };
  }
}
