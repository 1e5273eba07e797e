import type { Clock, Timers } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import { type Account, type Batch, Exchange, type ExchangeInstrument } from '../exchange/index.ts';
import { PublicFeeds } from '../market-data/public-feeds.ts';
import { topicOf } from '../market-data/topics.ts';
import type { MarketSource, SourceStats, Subscriber } from '../market-source.ts';
import { WIRE_ERRORS } from '../protocol/errors.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { parseBytes, readCommonFrame, readParsedFrame } from '../replay/capture-frame.ts';
import type { ReplaySourceOptions } from '../replay/replay-source.ts';
import { assetsOf } from '../synthetic/resolve-instruments.ts';
import { Hand } from './hand.ts';
import { MirroredMarket, tradeRows } from './mirrored-market.ts';
import { type MirrorFrame, pacedFrames } from './paced-frames.ts';
import { recordedInstruments } from './recorded-instruments.ts';

/** Public messages of v2 as they come, passed in by whoever has a client: `book` or `level3`, and `trade`. */
export interface LiveSourceOptions {
  readonly kind: 'live';
  /** Whole messages as received; what is no book or trade is passed over. Read until it ends, or the sandbox closes. */
  readonly frames: AsyncIterable<Uint8Array | string>;
  /** The markets, e.g. `readInstruments(frame)` of the channel `instrument`. */
  readonly instruments: readonly ExchangeInstrument[];
}

/** The account of all that was recorded: it may owe what it sells. */
const HOUSE = 'recorded';
const utf8 = new TextEncoder();
const NO_TIME = { wallNs: 0n, monotonicNs: 0n };

/**
 * A recorded or live market with paper orders in it: an exchange whose books are kept as the frames have
 * them. What is recorded does not react to paper orders; what they take of it stays taken while the
 * recorded level, or order, stands.
 */
export class MirrorSource implements MarketSource {
  readonly exchange: Exchange;
  readonly feeds: PublicFeeds;
  acceptsToken: (token: string) => boolean = () => false;
  readonly #kind: 'replay' | 'live';
  readonly #path: string;
  readonly #clock: Clock;
  readonly #frames: () => AsyncIterable<MirrorFrame>;
  readonly #abort: AbortController;
  readonly #markets: ReadonlyMap<string, MirroredMarket>;
  readonly #depths = new Map<string, number>();
  readonly #listeners = new Set<(batch: Batch) => void>();
  #read = 0;
  #isRunning = false;
  #lastError: string | undefined;

  constructor(options: {
    readonly kind: 'replay' | 'live';
    readonly path: string;
    readonly instruments: readonly ExchangeInstrument[];
    readonly clock: Clock;
    readonly abort: AbortController;
    readonly frames: () => AsyncIterable<MirrorFrame>;
  }) {
    const { instruments, clock } = options;
    this.#kind = options.kind;
    this.#path = options.path;
    this.#clock = clock;
    this.#frames = options.frames;
    this.#abort = options.abort;
    this.exchange = new Exchange({
      instruments,
      assets: assetsOf(instruments),
      publish: (batch) => {
        for (const market of batch.markets.keys()) {
          this.#markets.get(market.instrument.symbol)?.noteBatch(batch);
        }
        this.feeds.publish(batch);
        for (const listener of this.#listeners) listener(batch);
      },
    });
    this.feeds = new PublicFeeds(this.exchange);
    const house: Account = this.exchange.openAccount(HOUSE, {}, clock.wallNs(), true);
    this.#markets = new Map(
      [...this.exchange.markets].map(([symbol, market]) => [
        symbol,
        new MirroredMarket(new Hand(this.exchange, house, market)),
      ]),
    );
  }

  get stats(): SourceStats {
    let verified = 0;
    let mismatches = 0;
    for (const market of this.#markets.values()) {
      verified += market.verified;
      mismatches += market.mismatches;
    }
    return {
      kind: this.#kind,
      path: this.#path,
      frames: this.#read,
      running: this.#isRunning ? 1 : 0,
      lastError: this.#lastError,
      books: { verified, mismatches },
    };
  }

  /** Is told of each batch after the public feeds were; answers how to stop. */
  onBatch(listener: (batch: Batch) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(): Promise<void> {
    this.#isRunning = true;
    void this.#run();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#abort.abort();
    this.feeds.clear();
    return Promise.resolve();
  }

  refusal(subscription: Subscription): string | undefined {
    if (subscription.channel === 'instrument') return undefined;
    if (subscription.channel === 'level3' && !this.acceptsToken(subscription.token)) {
      return WIRE_ERRORS.session;
    }
    return this.exchange.markets.has(subscription.symbol)
      ? undefined
      : WIRE_ERRORS.pairUnsupported(subscription.symbol);
  }

  attach(subscriptions: readonly Subscription[], subscriber: Subscriber): void {
    for (const subscription of subscriptions) {
      if (subscription.channel === 'instrument') {
        this.feeds.attachInstruments(subscriber, subscription.snapshot);
      } else this.feeds.attach(topicOf(subscription), subscriber, this.#clock.wallNs());
    }
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    if (subscription.channel === 'instrument') this.feeds.detachInstruments(subscriber);
    else this.feeds.detach(subscriptionKey(subscription), subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    this.feeds.detachAll(subscriber);
  }

  /** Recorded markets move by themselves. */
  wake(): void {
    return;
  }

  async #run(): Promise<void> {
    try {
      for await (const frame of this.#frames()) {
        if (this.#abort.signal.aborted) break;
        this.#take(frame);
      }
    } catch (error) {
      this.#noteError(error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** One message that cannot be read is told of, and the market goes on. */
  #take(frame: MirrorFrame): void {
    try {
      this.#apply(frame);
    } catch (error) {
      this.#noteError(error);
    }
  }

  #noteError(error: unknown): void {
    this.#lastError = error instanceof Error ? error.message : String(error);
  }

  #apply({ bytes, depth }: MirrorFrame): void {
    const frame = { bytes, receivedAt: NO_TIME } as Parameters<typeof readCommonFrame>[0];
    const common = readCommonFrame(frame);
    const message = common === undefined ? parseBytes(bytes) : undefined;
    const read = common ?? readParsedFrame(message, frame);
    if (read === undefined) {
      this.#noteAck(message);
      return;
    }
    this.#read += 1;
    const { channel, symbols } = read;
    const [symbol = ''] = symbols;
    const nowNs = this.#clock.wallNs();
    // What fell due before it: no time runs backwards in the exchange.
    this.exchange.advance(nowNs);
    if (channel === 'book' || channel === 'level3') {
      const known = depth ?? this.#depths.get(`${channel} ${symbol}`);
      this.#markets.get(symbol)?.applyBook(channel, bytes, known, nowNs);
    } else if (channel === 'trade' && read.type === 'update') {
      const rows = tradeRows(bytes);
      for (const each of symbols) this.#markets.get(each)?.applyTrades(rows, nowNs);
    }
  }

  /** Acknowledgements say at which depth a book was asked for. */
  #noteAck(message: unknown): void {
    const result = (message as { result?: Record<string, unknown> } | null | undefined)?.result;
    const { channel, symbol, depth } = result ?? {};
    if (typeof symbol === 'string' && typeof depth === 'number') {
      this.#depths.set(`${String(channel)} ${symbol}`, depth);
    }
  }
}

/** A market of a capture, or of messages that come in, to trade in. Rejects with a `SandboxError`. */
export async function openMirror(
  source: ReplaySourceOptions | LiveSourceOptions,
  clock: Clock,
  timers: Timers,
): Promise<MirrorSource> {
  const abort = new AbortController();
  if (source.kind === 'live') {
    const { frames, instruments } = source;
    const given = { kind: source.kind, path: '', instruments, clock, abort };
    return new MirrorSource({ ...given, frames: () => withoutDepth(frames) });
  }
  const { path, speed, loop = false } = source;
  const instruments = await recordedInstruments(path);
  if (instruments.length === 0) {
    throw new SandboxError(
      'CAPTURE_EMPTY',
      `${path} holds no book to trade in: give a capture of book or level3`,
      { path },
    );
  }
  const { signal } = abort;
  const frames = (): AsyncIterable<MirrorFrame> =>
    pacedFrames({ path, speed, loop, clock, timers, signal });
  return new MirrorSource({ kind: 'replay', path, instruments, clock, abort, frames });
}

async function* withoutDepth(
  frames: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<MirrorFrame, void, void> {
  for await (const frame of frames) {
    yield { bytes: typeof frame === 'string' ? utf8.encode(frame) : frame, depth: undefined };
  }
}
