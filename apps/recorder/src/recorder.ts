import { createJournalWriter, type JournalWriter, type ProcessTable } from '@kr/recording';
import type { Clock, Frame, GapEvent, Timers } from '@kr/schemas/shared';
import { type Connection, type ConnectionState, createConnection } from '@kr/ws';
import { RecorderError } from './errors.ts';
import type { Feed } from './feeds.ts';
import { lagOf } from './lag.ts';
import { type BookTurn, type ChecksumCount, LiveBooks } from './live-books.ts';
import { Resync } from './resync.ts';

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
  readonly #connection: Connection;
  readonly #books: LiveBooks;
  readonly #resync: Resync;
  readonly #symbols: ReadonlySet<string>;
  /** Books that broke before their subscriptions were acknowledged: they are resynced after the start. */
  readonly #brokenAtStart: BookTurn[] = [];
  #started = false;
  #fail: (error: Error) => void = () => undefined;
  #connectionId = 0;
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
    const book = feeds.find((feed) => feed.channel === 'book');
    this.#symbols = new Set(feeds.flatMap((feed) => feed.symbol ?? []));
    this.#books = new LiveBooks(book?.symbol ?? [], book?.depth ?? 10);
    this.#resync = new Resync({
      timers,
      delayMs: options.resyncDelayMs,
      resubscribe: (symbol) => this.#resubscribe({ ...book, channel: 'book', symbol: [symbol] }),
      onGap: this.#handleGap,
    });
    this.#gaps = writer.recovery.resumed ? 1 : 0;
    let nextConnectionId = writer.nextConnectionId;
    this.#connection = createConnection({
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
      state: this.#connection.state,
      frames,
      bytes,
      symbols: this.#symbols.size,
      checksums: this.#books.checksums,
      gaps: this.#gaps,
      lagMs: this.#lagMs,
    };
  }

  /**
   * Connects and subscribes. A symbol that the exchange refuses now fails the start, and so does an
   * exchange that takes connections and acknowledges nothing.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { timers, url, startTimeoutMs = START_TIMEOUT_MS } = this.#options;
    const patience = new AbortController();
    const timer = timers.setTimeout(() => patience.abort(), startTimeoutMs);
    const either =
      signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]);
    try {
      await this.#connection.open({ signal: either });
      for (const feed of this.#options.feeds) await this.#subscribe(feed, either);
    } catch (error) {
      if (!patience.signal.aborted) throw error;
      const seconds = startTimeoutMs / 1000;
      const message = `${url} acknowledged nothing within ${seconds} s. Check that it speaks Spot WebSocket v2.`;
      throw new RecorderError('START_TIMEOUT', message, error);
    } finally {
      timers.clearTimeout(timer);
    }
    this.#started = true;
    for (const turn of this.#brokenAtStart.splice(0)) this.#handleBroken(turn);
  }

  async #subscribe(feed: Feed, signal: AbortSignal): Promise<void> {
    const results = await this.#connection.subscribe(feed, { signal });
    for (const result of results) {
      if (result.success) continue;
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
    this.#resync.close();
    try {
      await this.#connection.close();
    } finally {
      await this.#writer.close();
    }
  }

  /** The receive path: the journal first. What is derived afterwards can be rebuilt from it. */
  readonly #handleFrame = (frame: Frame): void => {
    this.#writer.append(frame);
    if (frame.bytes.length >= TIMED_FRAME_BYTES) this.#newest = frame;
    if (frame.connectionId !== this.#connectionId) {
      this.#connectionId = frame.connectionId;
      this.#books.clear();
      this.#resync.reset();
    }
    const turn = this.#books.apply(frame.bytes);
    if (turn === undefined) return;
    if (turn.to === 'verified') this.#resync.verified(turn.symbol, frame.receivedAt.wallNs);
    else if (this.#started) this.#handleBroken(turn);
    else this.#brokenAtStart.push(turn);
  };

  #handleBroken({ symbol, detail = 'no detail' }: BookTurn): void {
    this.#resync.broken(symbol, detail, this.#options.clock.wallNs());
  }

  readonly #handleGap = (gap: GapEvent): void => {
    this.#writer.appendGap(gap);
    // The end of a hole that was counted when it opened.
    if (gap.to !== undefined && gap.channel !== undefined) return;
    this.#gaps += 1;
    const what = gap.symbols.length === 0 ? 'every symbol' : gap.symbols.join(', ');
    this.#options.onNotice?.(`gap (${gap.reason}) of ${what}: ${gap.detail ?? 'no detail'}`);
  };

  async #resubscribe(feed: Feed): Promise<void> {
    try {
      await this.#connection.unsubscribe(feed);
      for (const result of await this.#connection.subscribe(feed)) {
        if (result.success || result.symbol === undefined) continue;
        this.#handleBroken({ symbol: result.symbol, to: 'broken', detail: result.error });
      }
    } catch (error) {
      // The connection was closed meanwhile.
      this.#options.onNotice?.(`resync of ${feed.symbol?.join(', ') ?? ''}: ${String(error)}`);
    }
  }
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
