import type { WebSocket } from 'ws';
import type { Market } from '../feed/market.ts';
import type { SymbolMarket } from '../feed/symbol-market.ts';
import { type Command, MAX_WATCHED } from '../protocol/commands.ts';
import type { ControlMessage } from '../protocol/control.ts';
import { encodeBatch, encodeRecord } from '../protocol/encode.ts';
import { freshCursor, type Publisher, type SymbolCursor } from './publisher.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Batches that a page has not taken in yet; past this it is left until it has, and then gets the whole. */
const MAX_IN_FLIGHT = 16;
/** Bytes that wait in our own process for one page. */
const MAX_BUFFERED = 4 * 1024 * 1024;
/** Answers and notices that wait for a page that is behind; older ones are dropped. */
const MAX_CONTROLS = 64;

export interface ClientOptions {
  readonly socket: WebSocket;
  readonly market: Market;
  readonly publisher: Publisher;
  readonly isPrivate: boolean;
}

/** One open page: what it watches, how far it has read, and what it can still take. */
export class PageClient {
  readonly isPrivate: boolean;
  readonly #socket: WebSocket;
  readonly #market: Market;
  readonly #publisher: Publisher;
  readonly #watched = new Map<string, { market: SymbolMarket; cursor: SymbolCursor }>();
  #candles: { symbol: string; interval: number; revision: number } | undefined;
  #controls: Bytes[] = [];
  #status: Bytes | undefined;
  #instruments = -1;
  #gaps = -1;
  #sent = 0;
  #acknowledged = 0;
  #skipped = 0;

  constructor({ socket, market, publisher, isPrivate }: ClientOptions) {
    this.#socket = socket;
    this.#market = market;
    this.#publisher = publisher;
    this.isPrivate = isPrivate;
  }

  get watched(): Iterable<SymbolMarket> {
    return [...this.#watched.values()].map(({ market }) => market);
  }

  /** Times that this page was passed over because it was behind. */
  get skipped(): number {
    return this.#skipped;
  }

  tell(message: ControlMessage): void {
    this.#controls.push(encodeRecord({ type: 'control', message }));
    if (this.#controls.length > MAX_CONTROLS) this.#controls.shift();
  }

  /** Only the newest counts. */
  setStatus(status: Bytes): void {
    this.#status = status;
  }

  /** @throws MonitorError for a symbol that cannot be opened */
  handle(command: Command): void {
    switch (command.kind) {
      case 'watch':
        this.#watch(command.symbols.slice(0, MAX_WATCHED));
        break;
      case 'candles':
        this.#setCandles({ symbol: command.symbol, interval: command.interval });
        break;
      case 'ack':
        this.#acknowledged = Math.min(Math.max(command.batch, this.#acknowledged), this.#sent);
        break;
      case 'ping':
        this.tell({ kind: 'pong', id: command.id });
        break;
    }
  }

  /** Sends what is new, in one message; nothing while the page is behind, and nothing is kept for it. */
  flush(): void {
    const inFlight = this.#sent - this.#acknowledged;
    if (inFlight >= MAX_IN_FLIGHT || this.#socket.bufferedAmount > MAX_BUFFERED) {
      this.#skipped += 1;
      return;
    }
    const records = this.#take();
    if (records.length === 0) return;
    this.#sent += 1;
    this.#socket.send(encodeBatch(this.#sent, records));
  }

  close(): void {
    this.#watch([]);
    this.#setCandles(undefined);
    this.#socket.terminate();
  }

  #take(): Bytes[] {
    const records = this.#controls;
    this.#controls = [];
    if (this.#instruments !== this.#market.instrumentsRevision) {
      this.#instruments = this.#market.instrumentsRevision;
      records.push(this.#publisher.instruments());
    }
    if (this.#status !== undefined) records.push(this.#status);
    this.#status = undefined;
    const gaps = this.#publisher.gapRecords(this.#gaps);
    this.#gaps = gaps.read;
    records.push(...gaps.records);
    for (const { market, cursor } of this.#watched.values()) {
      records.push(...this.#publisher.symbolRecords(market, cursor));
    }
    const candles = this.#candles;
    const market = candles && this.#market.get(candles.symbol);
    if (candles !== undefined && market !== undefined) {
      const { interval, revision } = candles;
      const news = this.#publisher.candleRecords(market, interval, revision);
      candles.revision = news.revision;
      records.push(...news.records);
    }
    return records;
  }

  #watch(symbols: readonly string[]): void {
    const wanted = new Set(symbols);
    for (const symbol of wanted) {
      if (this.#watched.has(symbol)) continue;
      const market = this.#market.acquire(symbol);
      this.#watched.set(symbol, { market, cursor: freshCursor() });
    }
    for (const symbol of this.#watched.keys()) {
      if (wanted.has(symbol)) continue;
      this.#watched.delete(symbol);
      this.#market.release(symbol);
    }
  }

  #setCandles(next: { symbol: string; interval: number } | undefined): void {
    const before = this.#candles;
    if (next !== undefined) {
      // Held like a watched book: its candles live with it.
      this.#market.acquire(next.symbol);
      this.#market.acquireCandles(next.symbol, next.interval);
    }
    this.#candles = next && { ...next, revision: -1 };
    if (before !== undefined) {
      this.#market.releaseCandles(before.symbol, before.interval);
      this.#market.release(before.symbol);
    }
  }
}
