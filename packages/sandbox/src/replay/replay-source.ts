import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import type { MarketSource, SourceStats, Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import type { Subscription } from '../protocol/subscription.ts';
import { type CaptureIndex, indexCapture } from './capture.ts';
import { ReplayCursor } from './replay-cursor.ts';

/** A market that was captured: its data frames go out byte for byte. */
export interface ReplaySourceOptions {
  readonly kind: 'replay';
  /** An NDJSON file of v2 messages, raw or wrapped as `{"recv_ts_ns":…,"payload":"…"}`; or a recording. */
  readonly path: string;
  /** 1: as it was captured; 10: ten times faster; `max`: as fast as each client reads. */
  readonly speed: number | 'max';
  /** Begins again at the end (with the snapshot that the capture opens with). Default: only heartbeats go on. */
  readonly loop?: boolean | undefined;
  /** Closes a connection (1000) once every replay of it came to the end. */
  readonly closeAtEnd?: boolean | undefined;
}

/** Throws `INVALID_OPTION`. */
export function checkReplay({ speed }: ReplaySourceOptions): void {
  if (speed === 'max' || (speed > 0 && Number.isFinite(speed))) return;
  throw new SandboxError(
    'INVALID_OPTION',
    `speed is ${speed}: give how many times faster than captured (1 is the same pace), or "max"`,
  );
}

/** Plays a capture to each client from the moment it subscribes, one pass for each request. */
export class ReplaySource implements MarketSource {
  readonly #options: ReplaySourceOptions;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #cursors = new Set<ReplayCursor>();
  #index: CaptureIndex | undefined;
  #lastError: string | undefined;

  constructor(options: ReplaySourceOptions, clock: Clock, timers: Timers) {
    checkReplay(options);
    this.#options = options;
    this.#clock = clock;
    this.#timers = timers;
  }

  get stats(): SourceStats {
    return {
      kind: 'replay',
      path: this.#options.path,
      frames: this.#index?.frames ?? 0,
      running: this.#cursors.size,
      lastError: this.#lastError,
    };
  }

  async open(): Promise<void> {
    this.#index = await indexCapture(this.#options.path);
  }

  close(): Promise<void> {
    for (const cursor of this.#cursors) cursor.stop();
    return Promise.resolve();
  }

  refusal(subscription: Subscription): string | undefined {
    if (subscription.channel === 'instrument') return undefined;
    const { symbol } = subscription;
    if (this.#index?.symbols.has(symbol) !== true) return WIRE_ERRORS.pairUnsupported(symbol);
    if (subscription.channel !== 'book') return undefined;
    // A book was captured at one depth, and only at that depth do its frames add up.
    const depth = this.#index.depths.get(symbol);
    return depth === undefined || depth === subscription.depth
      ? undefined
      : WIRE_ERRORS.depthUnsupported;
  }

  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void {
    if (subscriptions.length === 0) return;
    const { path, speed, loop } = this.#options;
    const cursor = new ReplayCursor({
      path,
      speed,
      loop: loop ?? false,
      clock: this.#clock,
      timers: this.#timers,
      subscriber,
      subscriptions,
    });
    this.#cursors.add(cursor);
    void this.#run(cursor);
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    for (const cursor of this.#cursors) {
      if (cursor.subscriber === subscriber) cursor.drop(subscription);
    }
  }

  detachAll(subscriber: Subscriber): void {
    for (const cursor of this.#cursors) if (cursor.subscriber === subscriber) cursor.stop();
  }

  async #run(cursor: ReplayCursor): Promise<void> {
    const { subscriber } = cursor;
    try {
      const ended = await cursor.run();
      this.#cursors.delete(cursor);
      if (ended && this.#options.closeAtEnd === true && !this.#isPlayingFor(subscriber)) {
        subscriber.end();
      }
    } catch (error) {
      // The capture could be read when the sandbox opened and cannot now.
      this.#cursors.delete(cursor);
      this.#lastError = error instanceof Error ? error.message : String(error);
      subscriber.end();
    }
  }

  #isPlayingFor(subscriber: Subscriber): boolean {
    for (const cursor of this.#cursors) if (cursor.subscriber === subscriber) return true;
    return false;
  }
}
