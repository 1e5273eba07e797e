import { type Frame, parseTimestamp } from '@kr/schemas/shared';
import { RecordingError } from '../errors.ts';
import type { ReadFramesOptions } from '../read/read-frames.ts';
import { readFrom } from '../read/read-from.ts';
import { Pacer, type PacerOptions, type ReplaySpeed } from './pacer.ts';

export interface ReplayOptions extends ReadFramesOptions, PacerOptions {
  /** From the first frame that came then or later; RFC 3339, or ns since the epoch. */
  readonly from?: string | bigint | undefined;
  /** Up to the first frame that came later. */
  readonly to?: string | bigint | undefined;
}

/**
 * A recording as the frames came: the same async iterable as a live source's. Iterate it once; steer it
 * meanwhile.
 */
export interface Replay extends AsyncIterable<Frame>, AsyncDisposable {
  readonly speed: ReplaySpeed;
  readonly paused: boolean;
  /** When the last frame handed out came, ns since the epoch. */
  readonly positionNs: bigint | undefined;
  setSpeed(speed: ReplaySpeed): void;
  pause(): void;
  resume(): void;
  /** While paused, or at speed `step`: lets so many frames through. */
  step(frames?: number): void;
  /** Goes on at the first frame that came then or later. */
  seek(to: string | bigint): void;
  close(): Promise<void>;
}

/**
 * Plays a recording (its directory, one segment, or NDJSON) at its own pace or another. Reads in constant
 * memory, over all segments; a frame that is not taken yet holds up everything behind it.
 *
 * @throws RecordingError `INVALID_OPTION`; while iterating what `readFrames` throws, or the signal's reason.
 */
export function replay(path: string, options: ReplayOptions): Replay {
  return new FileReplay(path, options);
}

class FileReplay implements Replay {
  readonly #path: string;
  readonly #options: ReplayOptions;
  readonly #pacer: Pacer;
  readonly #toNs: bigint | undefined;
  #fromNs: bigint;
  /** Counts the seeks: what was read before the last of them is stale. */
  #seeks = 0;
  #closed = false;
  #positionNs: bigint | undefined;

  constructor(path: string, options: ReplayOptions) {
    this.#path = path;
    this.#options = options;
    this.#pacer = new Pacer(options);
    this.#fromNs = options.from === undefined ? -1n : toNs('from', options.from);
    this.#toNs = options.to === undefined ? undefined : toNs('to', options.to);
  }

  get speed(): ReplaySpeed {
    return this.#pacer.speed;
  }

  get paused(): boolean {
    return this.#pacer.paused;
  }

  get positionNs(): bigint | undefined {
    return this.#positionNs;
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#pacer.setSpeed(speed);
  }

  pause(): void {
    this.#pacer.pause();
  }

  resume(): void {
    this.#pacer.resume();
  }

  step(frames?: number): void {
    this.#pacer.step(frames);
  }

  seek(to: string | bigint): void {
    this.#fromNs = toNs('seek', to);
    this.#seeks += 1;
    this.#pacer.jump();
  }

  // oxlint-disable-next-line require-await -- the interface of every resource; nothing here has to wait
  async close(): Promise<void> {
    this.#closed = true;
    this.#pacer.jump();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Frame, void, void> {
    let seeks: number;
    do {
      seeks = this.#seeks;
      yield* this.#play(seeks);
    } while (seeks !== this.#seeks && !this.#closed);
  }

  async *#play(seeks: number): AsyncGenerator<Frame, void, void> {
    const isStale = (): boolean => this.#closed || seeks !== this.#seeks;
    for await (const frame of readFrom(this.#path, this.#fromNs, this.#options)) {
      const { wallNs } = frame.receivedAt;
      if (this.#toNs !== undefined && wallNs > this.#toNs) return;
      if (!(await this.#pacer.due(wallNs, isStale))) return;
      this.#positionNs = wallNs;
      yield frame;
      if (isStale()) return;
    }
  }
}

function toNs(name: string, time: string | bigint): bigint {
  const ns = typeof time === 'bigint' ? time : parseTimestamp(time);
  if (ns !== undefined) return ns;
  throw new RecordingError(
    'INVALID_OPTION',
    `${name} must be a time like 2026-11-21T02:30:00Z (UTC), or nanoseconds, not ${JSON.stringify(time)}.`,
  );
}
