import { type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import { abortError, WsError } from '../errors.ts';

/**
 * What happens when a reader falls behind and its queue is full:
 * - `pause`: the socket is not read until the queue has room, so that the server feels it;
 * - `dropOldest`: the oldest frames go, and `onGap` tells which;
 * - `fail`: the iteration throws `QUEUE_OVERFLOW`.
 */
export type OverflowPolicy = 'pause' | 'dropOldest' | 'fail';

export interface FramesOptions {
  readonly signal?: AbortSignal | undefined;
  /** @default 'pause', or 'dropOldest' where the platform cannot pause (browsers) */
  readonly overflow?: OverflowPolicy | undefined;
  /** @default maxQueuedFrames of the connection */
  readonly maxFrames?: number | undefined;
  /** @default maxQueuedBytes of the connection */
  readonly maxBytes?: number | undefined;
  /** Frames were dropped for this reader. The connection itself lost nothing. */
  readonly onGap?: ((gap: GapEvent) => void) | undefined;
}

export interface FrameQueueOptions extends FramesOptions {
  readonly overflow: OverflowPolicy;
  readonly maxFrames: number;
  readonly maxBytes: number;
  /** The queue became full (true), or has room again (false). Only with `pause`. */
  readonly onFull: (full: boolean) => void;
  readonly onDropped: (frames: number) => void;
  /** The reader is gone. */
  readonly onReturn: () => void;
}

type Reader = {
  readonly resolve: (result: IteratorResult<Frame, undefined>) => void;
  readonly reject: (error: Error) => void;
};

/**
 * The frames of one reader, between the socket and its loop. Bounded in frames and in bytes; with
 * `pause` it may hold a little more, for what one read of the socket brought is all delivered.
 */
export class FrameQueue implements AsyncIterableIterator<Frame, undefined> {
  readonly #options: FrameQueueOptions;
  #frames: Frame[] = [];
  #head = 0;
  #bytes = 0;
  #isFull = false;
  #readers: Reader[] = [];
  #firstDropped: Frame | undefined;
  #dropped = 0;
  #ended = false;
  #error: WsError | undefined;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#handleAbort);
    if (options.signal?.aborted === true) this.#handleAbort();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get length(): number {
    return this.#frames.length - this.#head;
  }

  push(frame: Frame): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ value: frame, done: false });
      return;
    }
    this.#frames.push(frame);
    this.#bytes += frame.bytes.length;
    if (!this.#isOver(0)) return;
    const { overflow } = this.#options;
    if (overflow === 'pause') this.#setFull(true);
    else if (overflow === 'dropOldest') this.#drop();
    else {
      const context = { frames: this.length, bytes: this.#bytes };
      const error = new WsError(
        'QUEUE_OVERFLOW',
        'The reader of frames() fell behind and its queue is full. Read faster, or choose another overflow policy.',
        context,
      );
      this.#clear();
      this.end(error);
    }
  }

  /** No more frames: what is queued can still be read, then the iteration ends, or throws `error`. */
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

  next(): Promise<IteratorResult<Frame, undefined>> {
    return new Promise((resolve, reject) => {
      const frame = this.#shift();
      if (frame !== undefined) {
        resolve({ value: frame, done: false });
        this.#tellDropped(frame);
      } else if (this.#ended) this.#finish({ resolve, reject });
      else this.#readers.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<Frame, undefined>> {
    this.#clear();
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  readonly #handleAbort = (): void => {
    const { signal } = this.#options;
    if (signal === undefined) return;
    this.#clear();
    this.end(abortError('The iteration of frames()', signal));
  };

  /** With an error it throws once; after that it is over, as with any iterator. */
  #finish({ resolve, reject }: Reader): void {
    const error = this.#error;
    this.#error = undefined;
    if (error === undefined) resolve({ value: undefined, done: true });
    else reject(error);
  }

  #shift(): Frame | undefined {
    const frame = this.#frames[this.#head];
    if (frame === undefined) return undefined;
    this.#head += 1;
    this.#bytes -= frame.bytes.length;
    // Cutting the read part off now and then costs less than shifting every time.
    if (this.#head >= 1024 && this.#head * 2 >= this.#frames.length) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
    if (this.#isFull && !this.#isOver(2)) this.#setFull(false);
    return frame;
  }

  /** Over the bound; over its half with 2, so that the socket does not stutter at the brim. */
  #isOver(divisor: 0 | 2): boolean {
    const { maxFrames, maxBytes } = this.#options;
    if (divisor === 0)
      return this.length > maxFrames || (this.#bytes > maxBytes && this.length > 1);
    return this.length > maxFrames / divisor || this.#bytes > maxBytes / divisor;
  }

  #drop(): void {
    while (this.#isOver(0)) {
      const frame = this.#shift();
      this.#firstDropped ??= frame;
      this.#dropped += 1;
      this.#options.onDropped(1);
    }
  }

  /** The hole ends at the first frame that the reader gets after it. */
  #tellDropped(next: Frame): void {
    const first = this.#firstDropped;
    if (first === undefined) return;
    const detail = `${String(this.#dropped)} frames dropped: the reader fell behind`;
    this.#firstDropped = undefined;
    this.#dropped = 0;
    this.#options.onGap?.({
      reason: 'drop',
      from: formatTimestamp(first.receivedAt.wallNs),
      to: formatTimestamp(next.receivedAt.wallNs),
      symbols: [],
      connectionId: first.connectionId,
      repaired: false,
      detail,
    });
  }

  #setFull(full: boolean): void {
    if (this.#isFull === full) return;
    this.#isFull = full;
    this.#options.onFull(full);
  }

  #clear(): void {
    this.#frames = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#setFull(false);
  }
}
