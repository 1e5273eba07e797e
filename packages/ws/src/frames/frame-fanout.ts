import type { Clock, Frame } from '@kr/schemas/shared';
import { CAN_PAUSE } from '#socket';
import { WsError } from '../errors.ts';
import { FrameQueue, type FramesOptions } from './frame-queue.ts';

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
  readonly #queues = new Set<FrameQueue>();
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
    const overflow = options.overflow ?? (CAN_PAUSE ? 'pause' : 'dropOldest');
    if (overflow === 'pause' && !CAN_PAUSE) {
      throw new WsError(
        'INVALID_OPTION',
        "frames: overflow 'pause' needs a platform that can pause a socket. Use 'dropOldest' or 'fail'.",
        { option: 'overflow' },
      );
    }
    const { maxFrames, maxBytes } = this.#options;
    const queue = new FrameQueue({
      ...options,
      overflow,
      maxFrames: bound('maxFrames', options.maxFrames ?? maxFrames),
      maxBytes: bound('maxBytes', options.maxBytes ?? maxBytes),
      onFull: (full) => {
        this.#handleFull(full);
      },
      onDropped: (frames) => {
        this.dropped += frames;
      },
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

  #handleFull(full: boolean): void {
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

function bound(option: string, value: number): number {
  if (Number.isFinite(value) && value >= 1) return value;
  throw new WsError('INVALID_OPTION', `frames: ${option} must be at least 1.`, { option });
}
