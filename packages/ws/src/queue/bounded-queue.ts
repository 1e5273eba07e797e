import { abortError, WsError } from '../errors.ts';

/**
 * What happens when a reader falls behind and its queue is full:
 * - `pause`: the socket is not read until the queue has room, so that the server feels it;
 * - `dropOldest`: the oldest go, and `onGap` tells which;
 * - `fail`: the iteration throws `QUEUE_OVERFLOW`.
 */
export type OverflowPolicy = 'pause' | 'dropOldest' | 'fail';

export interface BoundedQueueOptions<T> {
  /** What is iterated, for messages. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
  readonly overflow: OverflowPolicy;
  readonly maxItems: number;
  readonly maxBytes: number;
  readonly bytesOf: (item: T) => number;
  /** The queue became full (true), or has room again (false). Only with `pause`. */
  readonly onFull: (full: boolean) => void;
  readonly onDropped: (item: T) => void;
  /** Those dropped since the last one that was read, told with the first that is read after them. */
  readonly onHole: (first: T, next: T, count: number) => void;
  /** The reader is gone. */
  readonly onReturn: () => void;
}

type Reader<T> = {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: Error) => void;
};

/**
 * What waits between a socket and one reader's loop. Bounded in number and in bytes; with `pause` it
 * may hold a little more, for what one read of the socket brought is all delivered.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #options: BoundedQueueOptions<T>;
  #items: T[] = [];
  #head = 0;
  #bytes = 0;
  #isFull = false;
  #readers: Reader<T>[] = [];
  #firstDropped: T | undefined;
  #dropped = 0;
  #ended = false;
  #error: WsError | undefined;

  constructor(options: BoundedQueueOptions<T>) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#handleAbort);
    if (options.signal?.aborted === true) this.#handleAbort();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ value: item, done: false });
      return;
    }
    this.#items.push(item);
    this.#bytes += this.#options.bytesOf(item);
    if (!this.#isOver(1)) return;
    const { overflow, what } = this.#options;
    if (overflow === 'pause') this.#setFull(true);
    else if (overflow === 'dropOldest') this.#drop();
    else {
      const context = { queued: this.length, bytes: this.#bytes };
      const error = new WsError(
        'QUEUE_OVERFLOW',
        `The reader of ${what} fell behind and its queue is full. Read faster, or choose another overflow policy.`,
        context,
      );
      this.#clear();
      this.end(error);
    }
  }

  /** Nothing more comes: what is queued can still be read, then the iteration ends, or throws `error`. */
  end(error?: WsError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#options.signal?.removeEventListener('abort', this.#handleAbort);
    const readers = this.#readers;
    this.#readers = [];
    for (const reader of readers) this.#finish(reader);
    this.#options.onReturn();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      const item = this.#shift();
      if (item !== undefined) {
        resolve({ value: item, done: false });
        this.#tellHole(item);
      } else if (this.#ended) this.#finish({ resolve, reject });
      else this.#readers.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#clear();
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  readonly #handleAbort = (): void => {
    const { signal, what } = this.#options;
    if (signal === undefined) return;
    this.#clear();
    this.end(abortError(`The iteration of ${what}`, signal));
  };

  /** With an error it throws once; after that it is over, as with any iterator. */
  #finish({ resolve, reject }: Reader<T>): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) resolve({ value: undefined, done: true });
    else reject(error);
  }

  #shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#head += 1;
    this.#bytes -= this.#options.bytesOf(item);
    // Cutting the read part off now and then costs less than shifting every time.
    if (this.#head >= 1024 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    } else if (this.#head === this.#items.length) {
      // Empty: let go of what was read, also after the last frame of a burst.
      this.#items.length = 0;
      this.#head = 0;
    }
    if (this.#isFull && !this.#isOver(2)) this.#setFull(false);
    return item;
  }

  /** Over the bound; over its half with 2, so that the socket does not stutter at the brim. */
  #isOver(divisor: 1 | 2): boolean {
    const { maxItems, maxBytes } = this.#options;
    // A single one larger than all is allowed, or it would never come.
    const isLarge = this.#bytes > maxBytes / divisor && (divisor === 2 || this.length > 1);
    return this.length > maxItems / divisor || isLarge;
  }

  #drop(): void {
    while (this.#isOver(1)) {
      const item = this.#shift();
      if (item === undefined) return;
      this.#firstDropped ??= item;
      this.#dropped += 1;
      this.#options.onDropped(item);
    }
  }

  /** The hole ends at the first that the reader gets after it. */
  #tellHole(next: T): void {
    const first = this.#firstDropped;
    if (first === undefined) return;
    const count = this.#dropped;
    this.#firstDropped = undefined;
    this.#dropped = 0;
    this.#options.onHole(first, next, count);
  }

  #setFull(full: boolean): void {
    if (this.#isFull === full) return;
    this.#isFull = full;
    this.#options.onFull(full);
  }

  #clear(): void {
    this.#items = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#setFull(false);
  }
}
