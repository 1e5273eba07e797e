import {
  type Clock,
  type Frame,
  type GapEvent,
  parseTimestamp,
  type Timers,
} from '@kr/schemas/shared';
import { MonitorError } from '../errors.ts';
import type {
  GapMessage,
  InstrumentInfo,
  RecordingInfo,
  StatusMessage,
} from '../protocol/control.ts';
import { lagOf } from './lag.ts';
import { RowLog } from './row-log.ts';
import type {
  BookEvent,
  CandleText,
  MarketSink,
  MarketSource,
  Opened,
  TickerText,
  TradeText,
} from './source.ts';
import { SymbolMarket } from './symbol-market.ts';

/** Books that may be open at once: each costs the exchange and us. */
const MAX_OPEN = 64;
const GAPS = 500;

export interface MarketOptions {
  readonly source: MarketSource;
  readonly clock: Clock;
  readonly timers: Timers;
  /** ms between two columns of a book's history. */
  readonly columnMs: number;
}

/** Everything that pages are told, kept once however many of them there are. */
export class Market implements MarketSink {
  readonly source: MarketSource;
  readonly columnMs: number;
  readonly gaps = new RowLog<GapMessage>(GAPS);
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #symbols = new Map<string, SymbolMarket>();
  readonly #holders = new Map<string, number>();
  readonly #candles = new Map<string, { readonly opened: Opened; holders: number }>();
  #instruments: readonly InstrumentInfo[] = [];
  #indexes = new Map<string, number>();
  #instrumentsRevision = 0;
  #connection = 'idle';
  #frames = 0;
  #newest: Frame | undefined;
  #latencyMs: number | undefined;
  #rate = { atNs: 0n, frames: 0, perSecond: 0 };
  #gapCount = 0;
  #columnTimer: unknown;

  constructor({ source, clock, timers, columnMs }: MarketOptions) {
    this.source = source;
    this.columnMs = columnMs;
    this.#clock = clock;
    this.#timers = timers;
  }

  get instruments(): readonly InstrumentInfo[] {
    return this.#instruments;
  }

  /** Raised when instruments came or changed. */
  get instrumentsRevision(): number {
    return this.#instrumentsRevision;
  }

  get open(): Iterable<SymbolMarket> {
    return this.#symbols.values();
  }

  /** @throws MonitorError `SOURCE_FAILED`, `UNKNOWN_SYMBOL` */
  async start(): Promise<void> {
    await this.source.start(this);
    for (const symbol of this.source.symbols) this.acquire(symbol);
    this.#rate = { atNs: this.#clock.monotonicNs(), frames: this.#frames, perSecond: 0 };
    this.#scheduleColumn();
  }

  indexOf(symbol: string): number {
    return this.#indexes.get(symbol) ?? -1;
  }

  get(symbol: string): SymbolMarket | undefined {
    return this.#symbols.get(symbol);
  }

  /** Opens a symbol's book, or shares the open one. Each needs its `release`. @throws MonitorError */
  acquire(symbol: string): SymbolMarket {
    let market = this.#symbols.get(symbol);
    if (market === undefined) {
      if (!this.#indexes.has(symbol)) {
        const message = `${this.source.title} has no ${symbol}: search for it by its name, such as BTC/USD.`;
        throw new MonitorError('UNKNOWN_SYMBOL', message);
      }
      if (this.#symbols.size >= MAX_OPEN) {
        const message = `${MAX_OPEN} books are open: close some of them before ${symbol}.`;
        throw new MonitorError('INVALID_OPTION', message);
      }
      market = new SymbolMarket(symbol);
      this.#symbols.set(symbol, market);
      market.opened = this.source.openBook(symbol);
    }
    this.#holders.set(symbol, (this.#holders.get(symbol) ?? 0) + 1);
    return market;
  }

  release(symbol: string): void {
    const left = (this.#holders.get(symbol) ?? 0) - 1;
    this.#holders.set(symbol, left);
    if (left > 0) return;
    const opened = this.#symbols.get(symbol)?.opened;
    this.#symbols.delete(symbol);
    void opened?.close();
  }

  acquireCandles(symbol: string, interval: number): void {
    const key = `${symbol} ${interval}`;
    const known = this.#candles.get(key);
    if (known !== undefined) known.holders += 1;
    else this.#candles.set(key, { opened: this.source.openCandles(symbol, interval), holders: 1 });
  }

  releaseCandles(symbol: string, interval: number): void {
    const key = `${symbol} ${interval}`;
    const known = this.#candles.get(key);
    if (known === undefined) return;
    known.holders -= 1;
    if (known.holders > 0) return;
    this.#candles.delete(key);
    this.#symbols.get(symbol)?.candles.delete(interval);
    void known.opened.close();
  }

  status(clients: number, recording: RecordingInfo | undefined): StatusMessage {
    const symbols = [...this.#symbols.values()].map((market) =>
      market.summary(this.indexOf(market.symbol)),
    );
    const sum = (key: 'checked' | 'matched'): number =>
      symbols.reduce((total, summary) => total + summary[key], 0);
    const quarantined = [...this.#symbols.values()].filter(
      ({ status }) => status === 'quarantined',
    );
    this.#measure();
    return {
      kind: 'status',
      connection: this.#connection,
      latencyMs: this.#latencyMs,
      messagesPerSecond: this.#rate.perSecond,
      checked: sum('checked'),
      matched: sum('matched'),
      gaps: this.#gapCount,
      quarantined: quarantined.map(({ symbol }) => symbol),
      recording,
      clients,
      symbols,
    };
  }

  onFrame(frame: Frame): void {
    this.#frames += 1;
    this.#newest = frame;
  }

  onInstruments(instruments: readonly InstrumentInfo[]): void {
    const next = [...this.#instruments];
    for (const instrument of instruments) {
      const at = this.#indexes.get(instrument.symbol) ?? next.length;
      this.#indexes.set(instrument.symbol, at);
      next[at] = instrument;
    }
    this.#instruments = next;
    this.#instrumentsRevision += 1;
  }

  onBook(event: BookEvent): void {
    this.#symbols.get(event.symbol)?.takeBook(event);
  }

  onTrades(symbol: string, trades: readonly TradeText[], isSnapshot: boolean): void {
    const log = this.#symbols.get(symbol)?.trades;
    // After a lost connection the last trades come again: those already known are not new.
    const { last } = log ?? {};
    const fresh =
      isSnapshot && last !== undefined ? trades.filter(({ time }) => time > last.time) : trades;
    for (const trade of fresh) log?.push(trade);
  }

  onCandles(
    symbol: string,
    interval: number,
    candles: readonly CandleText[],
    isSnapshot: boolean,
  ): void {
    const series = this.#symbols.get(symbol)?.series(interval);
    if (isSnapshot) series?.replace(candles);
    else series?.update(candles);
  }

  onTicker(symbol: string, ticker: TickerText): void {
    const market = this.#symbols.get(symbol);
    if (market !== undefined) market.ticker = ticker;
  }

  onGap(gap: GapEvent): void {
    if (gap.to === undefined) this.#gapCount += 1;
    const { reason, channel, symbols, detail } = gap;
    const [from, to] = [msOf(gap.from), msOf(gap.to)];
    this.gaps.push({ kind: 'gap', reason, channel, symbols, from, to, detail });
  }

  onConnection(state: string): void {
    this.#connection = state;
  }

  async close(): Promise<void> {
    if (this.#columnTimer !== undefined) this.#timers.clearTimeout(this.#columnTimer);
    this.#columnTimer = undefined;
    await this.source.close();
  }

  /** At whole multiples of its period, so that columns of all symbols and pages stand side by side. */
  #scheduleColumn(): void {
    const nowMs = this.#nowMs();
    const waitMs = this.columnMs - (nowMs % this.columnMs);
    this.#columnTimer = this.#timers.setTimeout(() => {
      const time = Math.round(this.#nowMs() / this.columnMs) * this.columnMs;
      for (const market of this.#symbols.values()) market.addColumn(time);
      this.#scheduleColumn();
    }, waitMs);
  }

  #measure(): void {
    const nowNs = this.#clock.monotonicNs();
    const seconds = Number(nowNs - this.#rate.atNs) / 1e9;
    if (seconds >= 1) {
      const perSecond = Math.round((this.#frames - this.#rate.frames) / seconds);
      this.#rate = { atNs: nowNs, frames: this.#frames, perSecond };
    }
    const newest = this.#newest;
    this.#latencyMs = (newest && lagOf(newest.bytes, newest.receivedAt)) ?? this.#latencyMs;
  }

  #nowMs(): number {
    return Number(this.#clock.wallNs() / 1_000_000n);
  }
}

const msOf = (timestamp: string | undefined): number | undefined => {
  const ns = timestamp === undefined ? undefined : parseTimestamp(timestamp);
  return ns === undefined ? undefined : Number(ns / 1_000_000n);
};
