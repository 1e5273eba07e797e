import type { Market } from '../feed/market.ts';
import type { TradeText } from '../feed/source.ts';
import type { SymbolMarket } from '../feed/symbol-market.ts';
import type { GapMessage, RecordingInfo } from '../protocol/control.ts';
import { encodeRecord } from '../protocol/encode.ts';
import type { ColumnRow } from '../protocol/records.ts';
import { LogPublication } from './log-publication.ts';
import { BookPublication } from './publications.ts';
import { encodeCandles, encodeColumns, encodeTrades } from './row-records.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** How far a page has read what is told of one symbol. */
export interface SymbolCursor {
  book: number;
  trades: number;
  columns: number;
}

export const freshCursor = (): SymbolCursor => ({ book: -2, trades: -1, columns: -1 });

interface SymbolPublication {
  readonly book: BookPublication;
  readonly trades: LogPublication<TradeText>;
  readonly columns: LogPublication<ColumnRow>;
}

/** What the market is to pages: records, each encoded once however many pages there are. */
export class Publisher {
  readonly #market: Market;
  readonly #symbols = new Map<SymbolMarket, SymbolPublication>();
  readonly #gaps: LogPublication<GapMessage>;

  constructor(market: Market) {
    this.#market = market;
    this.#gaps = new LogPublication(market.gaps, (rows) => concat(rows.map(controlOf)));
  }

  /** Reads every watched book anew where it changed. */
  refresh(watched: Iterable<SymbolMarket>): void {
    for (const market of watched) this.#of(market).book.refresh();
    const open = new Set(this.#market.open);
    for (const market of this.#symbols.keys()) if (!open.has(market)) this.#symbols.delete(market);
  }

  /** What is new of a symbol to a page; its cursor moves on. */
  symbolRecords(market: SymbolMarket, cursor: SymbolCursor): Bytes[] {
    const { book, trades, columns } = this.#of(market);
    const levels = book.since(cursor.book);
    const tape = trades.since(cursor.trades);
    const history = columns.since(cursor.columns);
    cursor.book = levels.revision;
    cursor.trades = tape.read;
    cursor.columns = history.read;
    return [...levels.records, ...tape.records, ...history.records];
  }

  /** What is new of candles since a revision. */
  candleRecords(
    market: SymbolMarket,
    interval: number,
    revision: number,
  ): { readonly records: readonly Bytes[]; readonly revision: number } {
    const series = market.series(interval);
    if (revision === series.revision) return { records: [], revision };
    const isSnapshot = series.isBehind(revision);
    const rows = series.since(isSnapshot ? -1 : revision);
    const index = this.#market.indexOf(market.symbol);
    const records = [encodeCandles(index, interval, rows, isSnapshot)];
    return { records, revision: series.revision };
  }

  gapRecords(read: number): { readonly records: readonly Bytes[]; readonly read: number } {
    return this.#gaps.since(read);
  }

  instruments(): Bytes {
    const { instruments } = this.#market;
    return encodeRecord({ type: 'control', message: { kind: 'instruments', instruments } });
  }

  status(clients: number, recording: RecordingInfo | undefined): Bytes {
    return encodeRecord({ type: 'control', message: this.#market.status(clients, recording) });
  }

  #of(market: SymbolMarket): SymbolPublication {
    const known = this.#symbols.get(market);
    if (known !== undefined) return known;
    const index = this.#market.indexOf(market.symbol);
    const publication: SymbolPublication = {
      book: new BookPublication(market, index),
      trades: new LogPublication(market.trades, (rows, isSnapshot) =>
        encodeTrades(index, rows, isSnapshot),
      ),
      columns: new LogPublication(market.columns, (rows, isSnapshot) =>
        encodeColumns(index, market.book?.pricePrecision ?? 0, rows, isSnapshot),
      ),
    };
    publication.book.refresh();
    this.#symbols.set(market, publication);
    return publication;
  }
}

const controlOf = (message: GapMessage): Bytes => encodeRecord({ type: 'control', message });

const concat = (parts: readonly Bytes[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
