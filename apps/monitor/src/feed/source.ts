import type { Frame, GapEvent } from '@kr/schemas/shared';
import type { ReadableBook } from '@kr/ws/book';
import type { InstrumentInfo, SourceKind } from '../protocol/control.ts';
import type { BookStatus } from '../protocol/records.ts';

/** A book after a message, or after it turned to another status. */
export interface BookEvent {
  readonly symbol: string;
  readonly status: BookStatus;
  readonly reason: string | undefined;
  /** Absent while there is none that can be read: what was shown last stands, marked as such. */
  readonly book: ReadableBook | undefined;
  /** It is about a message, and no mere turn. */
  readonly isMessage: boolean;
  /** ms since the epoch. */
  readonly receivedAt: number;
}

/** A trade in the exchange's digits. */
export interface TradeText {
  readonly time: number;
  readonly price: string;
  readonly quantity: string;
  readonly side: 'buy' | 'sell';
}

/** A candle in the exchange's digits; `time` is its beginning, ms since the epoch. */
export interface CandleText {
  readonly time: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

export interface TickerText {
  readonly last: string | undefined;
  readonly changePercent: string;
  readonly volume: string;
  readonly high: string;
  readonly low: string;
}

/** Where a source puts what comes, synchronously and in order. */
export interface MarketSink {
  onFrame(frame: Frame): void;
  onInstruments(instruments: readonly InstrumentInfo[]): void;
  onBook(event: BookEvent): void;
  onTrades(symbol: string, trades: readonly TradeText[], isSnapshot: boolean): void;
  onCandles(
    symbol: string,
    interval: number,
    candles: readonly CandleText[],
    isSnapshot: boolean,
  ): void;
  onTicker(symbol: string, ticker: TickerText): void;
  onGap(gap: GapEvent): void;
  onConnection(state: string): void;
}

/** What was compared of a book since its feed began. */
export interface ChecksumCounts {
  readonly checked: number;
  readonly matched: number;
}

export interface Opened {
  close(): Promise<void>;
}

/** An open book of a source, with its trades and its ticker. */
export interface OpenedBook extends Opened {
  readonly checksums: ChecksumCounts;
}

/** Where a market comes from: live, the sandbox and a recording have this one shape. */
export interface MarketSource {
  readonly kind: SourceKind;
  readonly simulated: boolean;
  readonly title: string;
  /** Open from the start, and kept open. */
  readonly symbols: readonly string[];
  /** Levels a side. */
  readonly depth: number;
  /**
   * Begins; resolves when the instruments are known.
   *
   * @throws MonitorError `SOURCE_FAILED`
   */
  start(sink: MarketSink): Promise<void>;
  openBook(symbol: string): OpenedBook;
  openCandles(symbol: string, interval: number): Opened;
  close(): Promise<void>;
}
