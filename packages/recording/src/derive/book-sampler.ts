import type { Level } from '@kr/orderbook';
import type { ShelfBook } from '../verify/book-shelf.ts';
import { Intervals } from './intervals.ts';

/** When books are sampled, and how deep. */
export interface SampleOptions {
  /** At every whole multiple of so many milliseconds since the epoch, or whenever these levels change. */
  readonly every: number | 'change';
  readonly levels: number;
}

/** A book at a moment: for an interval the multiple of it, for a change the message's times. */
export interface BookSample {
  readonly symbol: string;
  readonly receivedNs: bigint;
  readonly exchangeNs: bigint | undefined;
  readonly connectionId: number;
  readonly sequence: number;
  readonly monotonicNs: bigint;
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Every checksum since its snapshot matched. */
  readonly verified: boolean;
}

/** A frame's place in time. */
export interface FrameTimes {
  readonly receivedNs: bigint;
  readonly monotonicNs: bigint;
  readonly connectionId: number;
  readonly sequence: number;
}

interface Followed {
  readonly book: ShelfBook;
  readonly connectionId: number;
  exchangeNs: bigint | undefined;
  last: string;
}

/** Takes samples of the books that are alive: those of a connection that ended are not. */
export class BookSampler {
  readonly #options: SampleOptions;
  readonly #onSample: (sample: BookSample) => void;
  readonly #books = new Map<string, Followed>();
  readonly #intervals: Intervals | undefined;
  #before: FrameTimes | undefined;

  constructor(options: SampleOptions, onSample: (sample: BookSample) => void) {
    this.#options = options;
    this.#onSample = onSample;
    if (options.every !== 'change') this.#intervals = new Intervals(options.every);
  }

  /** Before a frame is applied: takes the samples that were due until it came. */
  beforeFrame(times: FrameTimes): void {
    const before = this.#before ?? times;
    this.#before = times;
    if (this.#books.size === 0) this.#intervals?.restart();
    for (const atNs of this.#intervals?.passed(times.receivedNs) ?? []) {
      for (const [symbol, followed] of this.#books) this.#take(symbol, followed, before, atNs);
    }
  }

  afterApply(
    symbol: string,
    book: ShelfBook,
    times: FrameTimes,
    exchangeNs: bigint | undefined,
  ): void {
    const { connectionId } = times;
    let followed = this.#books.get(symbol);
    if (followed?.book !== book) {
      followed = { book, connectionId, exchangeNs, last: '' };
      this.#books.set(symbol, followed);
    }
    followed.exchangeNs = exchangeNs;
    if (this.#intervals === undefined) this.#take(symbol, followed, times, times.receivedNs);
  }

  /** A connection's books, or all, are no longer kept up. */
  forget(connectionId: number | undefined): void {
    for (const [symbol, followed] of this.#books) {
      if (connectionId === undefined || followed.connectionId === connectionId) {
        this.#books.delete(symbol);
      }
    }
  }

  #take(symbol: string, followed: Followed, times: FrameTimes, receivedNs: bigint): void {
    const { levels } = this.#options;
    const { book, exchangeNs } = followed;
    const bids = book.bids(levels);
    const asks = book.asks(levels);
    if (this.#intervals === undefined) {
      const now = JSON.stringify([bids, asks]);
      if (now === followed.last) return;
      followed.last = now;
    }
    const { connectionId, sequence, monotonicNs } = times;
    const sample = {
      symbol,
      receivedNs,
      exchangeNs,
      connectionId,
      sequence,
      monotonicNs,
      bids,
      asks,
    };
    this.#onSample({ ...sample, verified: book.verified });
  }
}
