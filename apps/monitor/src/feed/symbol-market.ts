import type { ReadableBook } from '@kr/ws/book';
import type { SymbolSummary } from '../protocol/control.ts';
import type { BookStatus, ColumnRow } from '../protocol/records.ts';
import { CandleSeries } from './candle-series.ts';
import { emptyColumnSide, readColumnSide } from './read-levels.ts';
import { RowLog } from './row-log.ts';
import type { BookEvent, OpenedBook, TickerText, TradeText } from './source.ts';

const TRADES = 1000;
/** Ten minutes at two a second. */
const COLUMNS = 1200;
/** Levels a side of a column: what a screen has pixels for. */
const COLUMN_LEVELS = 120;
/** Turns that a page is told one by one; more in a sixtieth of a second say nothing more. */
const TURNS = 8;

/** All that is known of one open symbol. */
export class SymbolMarket {
  readonly symbol: string;
  readonly trades = new RowLog<TradeText>(TRADES);
  readonly columns = new RowLog<ColumnRow>(COLUMNS);
  readonly candles = new Map<number, CandleSeries>();
  opened: OpenedBook | undefined;
  status: BookStatus = 'awaitingSnapshot';
  reason: string | undefined;
  book: ReadableBook | undefined;
  sequence = 0;
  receivedAt = 0;
  /** Raised with each change of the book or of its status. */
  revision = 0;
  ticker: TickerText | undefined;
  /** Statuses since the last reading of them, the present one not included. */
  #turns: BookStatus[] = [];
  #brokeSinceColumn = false;

  constructor(symbol: string) {
    this.symbol = symbol;
  }

  takeBook(event: BookEvent): void {
    if (event.status !== this.status && this.#turns.length < TURNS) this.#turns.push(this.status);
    this.status = event.status;
    this.reason = event.reason;
    this.book = event.book;
    this.receivedAt = event.receivedAt;
    if (event.isMessage) this.sequence += 1;
    if (event.status !== 'verified') this.#brokeSinceColumn = true;
    this.revision += 1;
  }

  takeTurns(): readonly BookStatus[] {
    const turns = this.#turns;
    this.#turns = [];
    return turns;
  }

  /** The next column of its history; none before the first book. */
  addColumn(time: number): void {
    const { book } = this;
    if (book === undefined && this.columns.last === undefined) return;
    const isGap = this.#brokeSinceColumn || book === undefined;
    const isFirst = this.columns.last === undefined;
    this.#brokeSinceColumn = false;
    this.columns.push({
      time,
      // What was before the first book is no gap in it.
      isGap: isGap && !isFirst,
      bids: book === undefined ? emptyColumnSide() : readColumnSide(book, 'bids', COLUMN_LEVELS),
      asks: book === undefined ? emptyColumnSide() : readColumnSide(book, 'asks', COLUMN_LEVELS),
    });
  }

  series(interval: number): CandleSeries {
    let series = this.candles.get(interval);
    if (series === undefined) {
      series = new CandleSeries();
      this.candles.set(interval, series);
    }
    return series;
  }

  summary(index: number): SymbolSummary {
    const { book, ticker, status, reason } = this;
    const { checked = 0, matched = 0 } = this.opened?.checksums ?? {};
    return {
      symbol: index,
      status,
      reason,
      bid: book?.bestBid()?.price,
      ask: book?.bestAsk()?.price,
      last: this.trades.last?.price ?? ticker?.last,
      changePercent: ticker?.changePercent,
      volume: ticker?.volume,
      high: ticker?.high,
      low: ticker?.low,
      checked,
      matched,
    };
  }
}
