import {
  createJournalWriter,
  type JournalStats,
  type JournalWriter,
  type ProcessTable,
  type SealedSegment,
} from '@kr/recording';
import type { Clock, Frame, GapEvent, Timers, TokenProvider } from '@kr/schemas/shared';
import {
  type Client,
  type ClientUrls,
  type ConnectionState,
  type ConnectionView,
  createClient,
} from '@kr/ws';
import { RecorderError } from './errors.ts';
import type { Feed } from './feeds/feed.ts';
import { type ChecksumCount, FeedManager, type FeedResult } from './feeds/feed-manager.ts';
import { feedsOf, planFeeds } from './feeds/plan.ts';
import { lagOf } from './lag.ts';

export interface RecorderOptions {
  /** The WebSocket to record, such as `wss://ws.kraken.com/v2`, or Kraken's hosts: `spotUrls`. */
  readonly url: string | ClientUrls;
  /** `live` for Kraken itself; anything else is marked as simulated in the recording. */
  readonly source: 'live' | 'sandbox';
  /** The recording; one that exists is continued. */
  readonly directory: string;
  readonly feeds: readonly Feed[];
  /** Of what is private, and of `level3`: `createTokenProvider` of `@kr/rest` is one. */
  readonly tokens?: TokenProvider | undefined;
  /** Connections for the same feeds; with 2, the loss of either leaves no gap. Default 1. */
  readonly redundancy?: 1 | 2 | undefined;
  /** Symbols without which there is no start, when the exchange refuses them. Default: all. */
  readonly required?: ReadonlySet<string> | undefined;
  /** A segment ends at this size (default 64 MiB) or age (default one hour). */
  readonly rotate?: { readonly maxBytes?: number; readonly maxMs?: number } | undefined;
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
  /** What a person should know, a line each, and the same for machines: a gap, a refused symbol, a torn tail. */
  readonly onNotice?:
    | ((notice: string, about: Readonly<Record<string, unknown>>) => void)
    | undefined;
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
  readonly gapsByReason: Readonly<Record<string, number>>;
  readonly connections: readonly ConnectionView[];
  /** Subscriptions asked for, by channel. */
  readonly subscriptions: Readonly<Record<string, number>>;
  readonly journal: JournalStats;
  /** Times the network was not read because something was behind. */
  readonly pauses: number;
  /** Exchange time to our receipt of the newest stamped frame, by both machines' clocks. */
  readonly lagMs: number | undefined;
}

/** What a change of the feeds came to. */
export interface FeedChange {
  readonly added: number;
  readonly removed: number;
  /** One line each. */
  readonly refused: readonly string[];
}

/** Captures feeds into a recording: journal first, everything else after. */
export class Recorder implements AsyncDisposable {
  /** Resolves, once, when the recording cannot go on: the disk refused, or the exchange for good. */
  readonly failed: Promise<Error>;
  readonly #options: RecorderOptions;
  readonly #writer: JournalWriter;
  readonly #client: Client;
  /** Its books say at once that a checksum fails, so that the symbol begins anew; the proof is `verify`. */
  readonly #feeds: FeedManager;
  readonly #gapsByReason = new Map<string, number>();
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
    const { url, clock, timers, random, tokens, redundancy } = options;
    if (writer.recovery.resumed) this.#countGap('restart');
    let nextConnectionId = writer.nextConnectionId;
    this.#client = createClient({
      url,
      clock,
      timers,
      random,
      tokens,
      redundancy,
      nextConnectionId: () => nextConnectionId++,
      onFrame: this.#handleFrame,
      onGap: this.#handleGap,
      onState: (event) => {
        if (event.to === 'closed' && event.error !== undefined) this.#fail(event.error);
        if (event.to === 'reconnecting') {
          const seconds = (event.retryInMs / 1000).toFixed(1);
          options.onNotice?.(`connection lost: attempt ${event.attempt} in ${seconds} s`, {
            event: 'reconnecting',
            attempt: event.attempt,
            retryInMs: event.retryInMs,
          });
        }
      },
    });
    this.#feeds = new FeedManager(this.#client, options.resyncDelayMs);
  }

  get status(): RecorderStatus {
    const { frames, bytes } = this.#writer.stats;
    const newest = this.#newest;
    this.#lagMs = (newest && lagOf(newest.bytes, newest.receivedAt)) ?? this.#lagMs;
    return {
      state: this.#state,
      frames,
      bytes,
      symbols: this.#feeds.symbols.size,
      checksums: this.#feeds.checksums,
      gaps: this.#gaps,
      gapsByReason: Object.fromEntries(this.#gapsByReason),
      connections: this.#client.connections,
      subscriptions: countBy(this.#feeds.plan.map(({ channel }) => channel)),
      journal: this.#writer.stats,
      pauses: this.#client.stats.pauses,
      lagMs: this.#lagMs,
    };
  }

  /**
   * Connects and subscribes. A symbol that the exchange refuses now fails the start, and so does an
   * exchange that takes connections and acknowledges nothing.
   */
  async start(signal?: AbortSignal): Promise<void> {
    const { timers, feeds, startTimeoutMs = START_TIMEOUT_MS } = this.#options;
    signal?.throwIfAborted();
    let timer: unknown;
    const late = new Promise<never>((_resolve, reject) => {
      timer = timers.setTimeout(() => {
        const seconds = startTimeoutMs / 1000;
        const message = `${this.#where} acknowledged nothing within ${seconds} s. Check that it speaks Spot WebSocket v2.`;
        reject(new RecorderError('START_TIMEOUT', message));
      }, startTimeoutMs);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const failed = this.failed.then((error) => Promise.reject(error));
    const begun = this.#feeds.apply(planFeeds(feeds)).results.then(this.#judgeStart);
    try {
      await Promise.race([begun, late, failed]);
    } finally {
      timers.clearTimeout(timer);
    }
  }

  /**
   * Goes over to other feeds: what is in both goes on, without a frame being missed. What is refused
   * is told, and is no failure.
   *
   * @throws WsError `INVALID_PARAMS`, `CLOSED`
   */
  async update(feeds: readonly Feed[]): Promise<FeedChange> {
    const { added, removed, results } = this.#feeds.apply(planFeeds(feeds));
    this.#writer.setSubscriptions(feedsOf(this.#feeds.plan));
    const refused = (await results).flatMap((each) => this.#tellRefused(each));
    return { added: added.length - refused.length, removed: removed.length, refused };
  }

  readonly #judgeStart = async (results: readonly FeedResult[]): Promise<void> => {
    const { required } = this.#options;
    for (const each of results) {
      const { feed, result } = each;
      if (result.success || this.#closing !== undefined) continue;
      // The connection is gone for good.
      if (result.code === 'UNSUBSCRIBED') throw await this.failed;
      const isRequired = feed.symbol === undefined || required?.has(feed.symbol) !== false;
      if (!isRequired && result.code === 'REJECTED') {
        this.#tellRefused(each);
        continue;
      }
      const what = nameOf(each);
      throw result.code === 'REJECTED'
        ? new RecorderError(
            'SUBSCRIPTION_REJECTED',
            `${this.#where} refused ${what}: ${result.error}. Correct it, or leave it out.`,
          )
        : new RecorderError(
            'SUBSCRIPTION_FAILED',
            `${this.#where} did not acknowledge ${what}: ${result.error}. Try again.`,
          );
    }
  };

  #tellRefused(each: FeedResult): string[] {
    const { feed, result } = each;
    if (result.success || this.#closing !== undefined) return [];
    const text = `${nameOf(each)}: ${result.error}`;
    this.#options.onNotice?.(`not recorded: ${text}`, {
      event: 'refused',
      channel: feed.channel,
      symbol: feed.symbol,
      reason: result.error,
    });
    return [text];
  }

  get #where(): string {
    const { url } = this.#options;
    return typeof url === 'string' ? url : url.public;
  }

  /** Of the connection that is worst off. */
  get #state(): ConnectionState {
    if (this.#closing !== undefined) return 'closed';
    const states = this.#client.connections.map(({ state }) => state);
    return states.find((state) => state !== 'open') ?? states[0] ?? 'idle';
  }

  /** Deletes segments that `planRetention` has chosen; see `JournalWriter.deleteSegments`. */
  deleteSegments(segments: readonly SealedSegment[]): Promise<void> {
    return this.#writer.deleteSegments(segments);
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
    try {
      this.#writer.appendGap(gap);
    } catch (error) {
      // A journal that has ended: sockets that end after it have nobody else to throw to.
      this.#fail(error as Error);
      return;
    }
    // The end of a hole that was counted when it opened.
    if (gap.to !== undefined && gap.channel !== undefined) return;
    this.#countGap(gap.reason);
    const what = gap.symbols.length === 0 ? 'every symbol' : gap.symbols.join(', ');
    this.#options.onNotice?.(`gap (${gap.reason}) of ${what}: ${gap.detail ?? 'no detail'}`, {
      event: 'gap',
      ...gap,
    });
  };

  #countGap(reason: string): void {
    this.#gaps += 1;
    this.#gapsByReason.set(reason, (this.#gapsByReason.get(reason) ?? 0) + 1);
  }
}

const nameOf = ({ feed: { channel, symbol } }: FeedResult): string =>
  symbol === undefined ? channel : `${channel} ${symbol}`;

const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** Opens the recording (which recovers what stands there); `start` then connects. */
export const createRecorder = async (options: RecorderOptions): Promise<Recorder> => {
  const { directory, source, url, feeds, clock, timers, fsyncMs, processes, rotate } = options;
  let recorder: Recorder | undefined;
  const writer = await createJournalWriter({
    directory,
    header: {
      source,
      url: typeof url === 'string' ? url : url.public,
      subscriptions: feedsOf(planFeeds(feeds)),
    },
    clock,
    timers,
    processes,
    rotate,
    ...(fsyncMs === undefined ? {} : { fsync: { intervalMs: fsyncMs } }),
    onError: (error) => recorder?.fail(error),
  });
  const { tornTail } = writer.recovery;
  if (tornTail !== undefined) {
    options.onNotice?.(
      `recovered: ${tornTail.bytes} torn bytes cut from ${tornTail.file}, kept as ${tornTail.keptAs}`,
      { event: 'recovered', ...tornTail },
    );
  }
  recorder = new Recorder(options, writer);
  return recorder;
};
