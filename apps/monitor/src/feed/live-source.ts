import type { Clock, Frame, Timers, TokenProvider } from '@kr/schemas/shared';
import { type Client, type ClientUrls, createClient } from '@kr/ws';
import { books } from '@kr/ws/book';
import { MonitorError } from '../errors.ts';
import type { SourceKind } from '../protocol/control.ts';
import type { MarketSink, MarketSource, Opened, OpenedBook } from './source.ts';
import { candleTextOf, instrumentInfoOf, tickerTextOf, tradeTextOf } from './wire-rows.ts';

export interface LiveSourceOptions {
  /** One address for all, or `spotUrls` of `@kr/ws`. */
  readonly url: string | ClientUrls;
  readonly kind: SourceKind;
  readonly title: string;
  readonly symbols: readonly string[];
  /** Levels a side. @default 100 */
  readonly depth?: number | undefined;
  readonly tokens?: TokenProvider | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random?: (() => number) | undefined;
  /** Before a symbol's book is asked for anew; see `books` of `@kr/ws/book`. */
  readonly resyncDelayMs?: number | undefined;
}

/** A market of Spot v2's sockets: of the exchange, or of the sandbox, which speaks the same. */
export const createLiveSource = (options: LiveSourceOptions): MarketSource =>
  new LiveSource(options);

class LiveSource implements MarketSource {
  readonly kind: SourceKind;
  readonly simulated: boolean;
  readonly title: string;
  readonly symbols: readonly string[];
  readonly depth: number;
  readonly #options: LiveSourceOptions;
  #sink: MarketSink | undefined;
  #client: Client | undefined;
  #newest: Frame | undefined;

  constructor(options: LiveSourceOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.simulated = options.kind !== 'live';
    this.title = options.title;
    this.symbols = options.symbols;
    this.depth = options.depth ?? 100;
  }

  async start(sink: MarketSink): Promise<void> {
    const { url, clock, timers, random, tokens } = this.#options;
    this.#sink = sink;
    const client = createClient({
      url,
      clock,
      timers,
      random,
      tokens,
      onFrame: (frame) => {
        this.#newest = frame;
        sink.onFrame(frame);
      },
      onGap: (gap) => {
        sink.onGap(gap);
      },
      onState: ({ to }) => {
        sink.onConnection(to);
      },
    });
    this.#client = client;
    await new Promise<void>((resolve, reject) => {
      client.listen(
        { channel: 'instrument' },
        {
          onMessage: ({ data }) => {
            sink.onInstruments(data.pairs.map(instrumentInfoOf));
            resolve();
          },
          onEnded: ({ error }) => {
            reject(failure(this.title, error));
          },
        },
      );
    });
  }

  openBook(symbol: string): OpenedBook {
    const [client, sink] = this.#running();
    const receivedAt = (): number => Number((this.#newest?.receivedAt.wallNs ?? 0n) / 1_000_000n);
    const feed = books(client, {
      symbol: [symbol],
      depth: this.depth,
      delayMs: this.#options.resyncDelayMs,
      onChange: (_, book) => {
        const status = 'verified';
        const at = receivedAt();
        sink.onBook({ symbol, status, reason: undefined, book, isMessage: true, receivedAt: at });
      },
      onStatus: ({ to, reason }) => {
        // Every message that leaves it verified is told by `onChange`.
        if (to === 'verified') return;
        const state = feed.get(symbol);
        const book = state.status === 'unchecked' ? state.book : undefined;
        const isMessage = book !== undefined;
        sink.onBook({ symbol, status: to, reason, book, isMessage, receivedAt: receivedAt() });
      },
    });
    const trades = client.listen(
      { channel: 'trade', symbol: [symbol], snapshot: true },
      {
        onMessage: ({ type, data }) => {
          sink.onTrades(symbol, data.map(tradeTextOf), type === 'snapshot');
        },
      },
    );
    const ticker = client.listen(
      { channel: 'ticker', symbol: [symbol] },
      {
        onMessage: ({ data }) => {
          for (const row of data) sink.onTicker(symbol, tickerTextOf(row));
        },
      },
    );
    return {
      get checksums() {
        const { verified, mismatched } = feed.stats;
        return { checked: verified + mismatched, matched: verified };
      },
      close: async () => {
        await Promise.all([feed.close(), trades.close(), ticker.close()]);
      },
    };
  }

  openCandles(symbol: string, interval: number): Opened {
    const [client, sink] = this.#running();
    return client.listen(
      { channel: 'ohlc', symbol: [symbol], interval, snapshot: true },
      {
        onMessage: ({ type, data }) => {
          sink.onCandles(symbol, interval, data.map(candleTextOf), type === 'snapshot');
        },
      },
    );
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }

  #running(): [Client, MarketSink] {
    if (this.#client === undefined || this.#sink === undefined) {
      throw new MonitorError('CLOSED', 'The source was not started: call start() first.');
    }
    return [this.#client, this.#sink];
  }
}

const failure = (title: string, cause: Error | undefined): MonitorError =>
  new MonitorError(
    'SOURCE_FAILED',
    `${title} cannot be reached: ${cause?.message ?? 'it was closed'}`,
    { cause },
  );
