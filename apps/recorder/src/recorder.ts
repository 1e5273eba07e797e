import { createJournalWriter, type JournalWriter, type ProcessTable } from '@kr/recording';
import type { Clock, Frame, GapEvent, Timers } from '@kr/schemas/shared';
import { type Client, type ConnectionState, createClient, type SubscribeResult } from '@kr/ws';
import { type BookFeed, books } from '@kr/ws/book';
import { RecorderError } from './errors.ts';
import type { Feed } from './feeds.ts';
import { lagOf } from './lag.ts';

export interface RecorderOptions {
  /** The WebSocket to record, such as `wss://ws.kraken.com/v2`. */
  readonly url: string;
  /** `live` for Kraken itself; anything else is marked as simulated in the recording. */
  readonly source: 'live' | 'sandbox';
  /** The recording; one that exists is continued. */
  readonly directory: string;
  readonly feeds: readonly Feed[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  /** How long unsynced data may be lost to a power cut; default 100 ms. */
  readonly fsyncMs?: number | undefined;
  /** Tells whether the last writer of the directory still runs; needed on systems without `/proc`. */
  readonly processes?: ProcessTable | undefined;
  /** How long `start` waits for every acknowledgement; default 30,000. */
  readonly startTimeoutMs?: number | undefined;
  /** How long the second resync of a symbol in a row waits; the third waits twice that. Default 1000. */
  readonly resyncDelayMs?: number | undefined;
  /** What a person should know: a gap, a refused symbol, a torn tail. One line each. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

const START_TIMEOUT_MS = 30_000;
/** Heartbeats have 23 bytes; the shortest frame with a time has more than this. */
const TIMED_FRAME_BYTES = 64;

/** Checksums compared so far. */
export interface ChecksumCount {
  readonly matched: number;
  readonly mismatched: number;
}

/** A running recording, as of now. */
export interface RecorderStatus {
  readonly state: ConnectionState;
  readonly frames: number;
  readonly bytes: number;
  readonly symbols: number;
  readonly checksums: ChecksumCount;
  readonly gaps: number;
  /** Exchange time to our receipt of the newest stamped frame, by both machines' clocks. */
  readonly lagMs: number | undefined;
}

/** Captures feeds into a recording: journal first, everything else after. */
export class Recorder implements AsyncDisposable {
  /** Resolves, once, when the recording cannot go on: the disk refused, or the exchange for good. */
  readonly failed: Promise<Error>;
  readonly #options: RecorderOptions;
  readonly #writer: JournalWriter;
  readonly #client: Client;
  readonly #symbols: ReadonlySet<string>;
  /** They say at once that a checksum fails, so that the symbol begins anew; the proof is `verify`. */
  readonly #books: BookFeed[] = [];
  #fail: (error: Error) => void = () => undefined;
  #gaps = 0;
  /** The newest frame that may carry a time; heartbeats and the like are too short to. */
  #newest: Frame | undefined;
  #lagMs: number | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: RecorderOptions, writer: JournalWriter) {
    this.#options = options;
    this.#writer = writer;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
    const { url, clock, timers, random, feeds } = options;
    this.#symbols = new Set(feeds.flatMap((feed) => feed.symbol ?? []));
    this.#gaps = writer.recovery.resumed ? 1 : 0;
    let nextConnectionId = writer.nextConnectionId;
    this.#client = createClient({
      url,
      clock,
      timers,
      random,
      nextConnectionId: () => nextConnectionId++,
      onFrame: this.#handleFrame,
      onGap: this.#handleGap,
      onState: (event) => {
        if (event.to === 'closed' && event.error !== undefined) this.#fail(event.error);
        if (event.to === 'reconnecting') {
          const seconds = (event.retryInMs / 1000).toFixed(1);
          options.onNotice?.(`connection lost: attempt ${event.attempt} in ${seconds} s`);
        }
      },
    });
  }

  get status(): RecorderStatus {
    const { frames, bytes } = this.#writer.stats;
    const newest = this.#newest;
    this.#lagMs = (newest && lagOf(newest.bytes, newest.receivedAt)) ?? this.#lagMs;
    return {
      state: this.#state,
      frames,
      bytes,
      symbols: this.#symbols.size,
      checksums: this.#checksums,
      gaps: this.#gaps,
      lagMs: this.#lagMs,
    };
  }

  /**
   * Connects and subscribes. A symbol that the exchange refuses now fails the start, and so does an
   * exchange that takes connections and acknowledges nothing.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { timers, url, feeds, startTimeoutMs = START_TIMEOUT_MS } = this.#options;
    signal?.throwIfAborted();
    let timer: unknown;
    const late = new Promise<never>((_resolve, reject) => {
      timer = timers.setTimeout(() => {
        const seconds = startTimeoutMs / 1000;
        const message = `${url} acknowledged nothing within ${seconds} s. Check that it speaks Spot WebSocket v2.`;
        reject(new RecorderError('START_TIMEOUT', message));
      }, startTimeoutMs);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const failed = this.failed.then((error) => Promise.reject(error));
    const answers = feeds.map((feed) => this.#subscribe(feed));
    try {
      await Promise.race([Promise.all(answers), late, failed]);
    } finally {
      timers.clearTimeout(timer);
    }
  }

  async #subscribe(feed: Feed): Promise<void> {
    for (const result of await this.#begin(feed)) {
      if (result.success) continue;
      if (result.code === 'UNSUBSCRIBED') {
        if (this.#closing !== undefined) return;
        // The connection is gone for good.
        throw await this.failed;
      }
      const what = [feed.channel, result.symbol].filter((part) => part !== undefined).join(' ');
      throw result.code === 'REJECTED'
        ? new RecorderError(
            'SUBSCRIPTION_REJECTED',
            `${this.#options.url} refused ${what}: ${result.error}. Correct it, or leave it out.`,
          )
        : new RecorderError(
            'SUBSCRIPTION_FAILED',
            `${this.#options.url} did not acknowledge ${what}: ${result.error}. Try again.`,
          );
    }
  }

  /** Books are kept, so that one whose checksum fails begins anew; of the rest the frames are enough. */
  #begin(feed: Feed): Promise<SubscribeResult[]> {
    const { symbol } = feed;
    if (feed.channel !== 'book' || symbol === undefined) {
      return this.#client.listen(feed, {}).results;
    }
    const { resyncDelayMs: delayMs } = this.#options;
    const kept = books(this.#client, { symbol, depth: feed.depth, delayMs });
    this.#books.push(kept);
    return kept.results;
  }

  get #checksums(): ChecksumCount {
    const stats = this.#books.map((feed) => feed.stats);
    return {
      matched: stats.reduce((sum, { verified }) => sum + verified, 0),
      mismatched: stats.reduce((sum, { mismatched }) => sum + mismatched, 0),
    };
  }

  /** Of the connection that is worst off. */
  get #state(): ConnectionState {
    if (this.#closing !== undefined) return 'closed';
    const states = this.#client.connections.map(({ state }) => state);
    return states.find((state) => state !== 'open') ?? states[0] ?? 'idle';
  }

  /** Ends it for a reason: `failed` resolves with it. */
  fail(error: Error): void {
    this.#fail(error);
  }

  /** Ends the connection, then the recording: everything received is durable when this resolves. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    try {
      await this.#client.close();
    } finally {
      await this.#writer.close();
    }
  }

  /** The receive path: the journal first. What is derived afterwards can be rebuilt from it. */
  readonly #handleFrame = (frame: Frame): void => {
    this.#writer.append(frame);
    if (frame.bytes.length >= TIMED_FRAME_BYTES) this.#newest = frame;
  };

  readonly #handleGap = (gap: GapEvent): void => {
    this.#writer.appendGap(gap);
    // The end of a hole that was counted when it opened.
    if (gap.to !== undefined && gap.channel !== undefined) return;
    this.#gaps += 1;
    const what = gap.symbols.length === 0 ? 'every symbol' : gap.symbols.join(', ');
    this.#options.onNotice?.(`gap (${gap.reason}) of ${what}: ${gap.detail ?? 'no detail'}`);
  };
}

/** Opens the recording (which recovers what stands there); `start` then connects. */
export const createRecorder = async (options: RecorderOptions): Promise<Recorder> => {
  const { directory, source, url, feeds, clock, timers, fsyncMs, processes } = options;
  let recorder: Recorder | undefined;
  const writer = await createJournalWriter({
    directory,
    header: { source, url, subscriptions: feeds.map((feed) => ({ ...feed })) },
    clock,
    timers,
    processes,
    ...(fsyncMs === undefined ? {} : { fsync: { intervalMs: fsyncMs } }),
    onError: (error) => recorder?.fail(error),
  });
  const { tornTail } = writer.recovery;
  if (tornTail !== undefined) {
    options.onNotice?.(
      `recovered: ${tornTail.bytes} torn bytes cut from ${tornTail.file}, kept as ${tornTail.keptAs}`,
    );
  }
  recorder = new Recorder(options, writer);
  return recorder;
};
