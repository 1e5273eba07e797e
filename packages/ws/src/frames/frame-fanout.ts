import type { Clock, Frame, GapEvent } from '@kr/schemas/shared';
import type { WsError } from '../errors.ts';
import { BoundedQueue, type OverflowPolicy } from '../queue/bounded-queue.ts';
import { dropGap } from '../queue/drop-gap.ts';
import { bound, overflowOf } from '../queue/queue-options.ts';

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

export interface FrameFanoutOptions {
  readonly clock: Clock;
  readonly maxFrames: number;
  readonly maxBytes: number;
  /** Some reader's queue is full (true), or none any more (false). */
  readonly onPressure: (isPaused: boolean) => void;
}

/** Every reader of `frames()`, each with a queue of its own, and the metrics of them all. */
export class FrameFanout {
  readonly #options: FrameFanoutOptions;
  readonly #queues = new Set<BoundedQueue<Frame>>();
  #full = 0;
  #pausedNs = 0n;
  #pausedSinceNs = 0n;
  #end: { readonly error: WsError | undefined } | undefined;
  pauses = 0;
  dropped = 0;

  constructor(options: FrameFanoutOptions) {
    this.#options = options;
  }

  get isPaused(): boolean {
    return this.#full > 0;
  }

  get pausedMs(): number {
    const running = this.isPaused ? this.#options.clock.monotonicNs() - this.#pausedSinceNs : 0n;
    return Number(this.#pausedNs + running) / 1e6;
  }

  /** Frames that wait for the reader that is furthest behind. */
  get queued(): number {
    return Math.max(0, ...[...this.#queues].map((queue) => queue.length));
  }

  /** @throws WsError `INVALID_OPTION` */
  open(options: FramesOptions): AsyncIterableIterator<Frame, undefined> {
    const { maxFrames, maxBytes } = this.#options;
    const queue = new BoundedQueue<Frame>({
      what: 'frames()',
      signal: options.signal,
      overflow: overflowOf('frames', options.overflow),
      maxItems: bound('frames', 'maxFrames', options.maxFrames ?? maxFrames),
      maxBytes: bound('frames', 'maxBytes', options.maxBytes ?? maxBytes),
      bytesOf: ({ bytes }) => bytes.length,
      onFull: (full) => {
        this.setFull(full);
      },
      onDropped: () => {
        this.dropped += 1;
      },
      onHole: (first, next, count) =>
        options.onGap?.(dropGap(first, next, count, 'frames', { symbols: [] })),
      onReturn: () => this.#queues.delete(queue),
    });
    this.#queues.add(queue);
    if (this.#end !== undefined) queue.end(this.#end.error);
    return queue;
  }

  push(frame: Frame): void {
    for (const queue of this.#queues) queue.push(frame);
  }

  end(error: WsError | undefined): void {
    this.#end = { error };
    for (const queue of this.#queues) queue.end(error);
  }

  /** A queue of frames, or one further on that they feed, became full or has room again. */
  setFull(full: boolean): void {
    const before = this.isPaused;
    this.#full += full ? 1 : -1;
    if (this.isPaused === before) return;
    const nowNs = this.#options.clock.monotonicNs();
    if (this.isPaused) {
      this.pauses += 1;
      this.#pausedSinceNs = nowNs;
    } else {
      this.#pausedNs += nowNs - this.#pausedSinceNs;
    }
    this.#options.onPressure(this.isPaused);
  }
}
