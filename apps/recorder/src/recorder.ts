import type { JournalWriter, SealedSegment } from '@kr/recording';
import { type Frame, formatTimestamp, type GapEvent } from '@kr/schemas/shared';
import type { Client, ConnectionState } from '@kr/ws';
import { ConnectionEnds } from './connection-ends.ts';
import { RecorderError } from './errors.ts';
import type { Feed } from './feeds/feed.ts';
import { FeedManager, type FeedResult, type LiveBook } from './feeds/feed-manager.ts';
import { feedsOf, planFeeds } from './feeds/plan.ts';
import { PROTOCOLS } from './feeds/protocols.ts';
import { lagOf } from './lag.ts';
import type { RecorderOptions } from './recorder-options.ts';
import { countBy, type FeedChange, type RecorderStatus } from './recorder-status.ts';

const START_TIMEOUT_MS = 30_000;
/** Heartbeats have 23 bytes; the shortest frame with a time has more than this. */
const TIMED_FRAME_BYTES = 64;

/** Captures feeds into a recording: journal first, everything else after. */
export class Recorder implements AsyncDisposable {
  /** Resolves, once, when the recording cannot go on: the disk refused, or the exchange for good. */
  readonly failed: Promise<Error>;
  readonly #options: RecorderOptions;
  readonly #writer: JournalWriter;
  readonly #client: Client;
  /** Its books say at once that a checksum fails, so that the symbol begins anew; the proof is `verify`. */
  readonly #feeds: FeedManager;
  readonly #ends = new ConnectionEnds();
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
    const { url, clock, timers, random, tokens, challenge, redundancy } = options;
    const protocol = PROTOCOLS[options.protocol ?? 'spot-v2'];
    if (writer.recovery.resumed) this.#countGap('restart');
    let nextConnectionId = writer.nextConnectionId;
    this.#client = protocol.createClient({
      url,
      clock,
      timers,
      random,
      tokens,
      challenge,
      redundancy,
      nextConnectionId: () => nextConnectionId++,
      onFrame: this.#handleFrame,
      onGap: this.#handleGap,
      onState: (event) => {
        if (event.to === 'closed' && event.error !== undefined) this.#fail(event.error);
        const end = this.#ends.handleState(event, () => formatTimestamp(clock.wallNs()));
        if (end !== undefined) this.#handleGap(end);
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
    this.#feeds = new FeedManager(this.#client, protocol.keepsBooks, options.resyncDelayMs);
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
        const message = `${this.#where} acknowledged nothing within ${seconds} s. Check that it speaks ${this.#options.protocol ?? 'spot-v2'}.`;
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

  /** The books that are kept and verified now, by symbol; of two depths of one symbol the deeper. */
  get books(): ReadonlyMap<string, LiveBook> {
    return this.#feeds.books;
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
    this.#ends.handleGap(gap);
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
