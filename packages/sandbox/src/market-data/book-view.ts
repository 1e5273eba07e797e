import type { BookChange, Market } from '../exchange/index.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { bookChecksum } from './checksum.ts';
import { fixedText } from './fixed-text.ts';
import { changedLevels } from './level-changes.ts';
import type { View } from './view.ts';
import { Window } from './window.ts';

/** The `book` channel of one symbol and depth: levels. */
export class BookView implements View {
  readonly #market: Market;
  readonly #bids: Window;
  readonly #asks: Window;

  constructor(market: Market, depth: number) {
    this.#market = market;
    this.#bids = new Window(market.book.bids, depth);
    this.#asks = new Window(market.book.asks, depth);
  }

  snapshot(atNs: bigint): WireFrame {
    const rows = (window: Window): string[] =>
      window.levels().map(({ ticks, lots }) => this.#row(ticks, lots));
    return this.#frame('snapshot', rows(this.#bids), rows(this.#asks), atNs);
  }

  update(changes: readonly BookChange[], atNs: bigint): WireFrame | undefined {
    const bids = this.#changed(this.#bids, changes);
    const asks = this.#changed(this.#asks, changes);
    if (bids.length === 0 && asks.length === 0) return undefined;
    return this.#frame('update', bids, asks, atNs);
  }

  #changed(window: Window, changes: readonly BookChange[]): readonly string[] {
    return changedLevels(window, changes).map(({ ticks, lots }) => this.#row(ticks, lots));
  }

  #row(ticks: number, lots: bigint): string {
    const { pricePrecision, quantityPrecision } = this.#market.instrument;
    return `{"price":${fixedText(ticks, pricePrecision)},"qty":${fixedText(lots, quantityPrecision)}}`;
  }

  /** Keys in the order of the 2026 captures. */
  #frame(
    type: 'snapshot' | 'update',
    bids: readonly string[],
    asks: readonly string[],
    atNs: bigint,
  ): WireFrame {
    const { book, instrument } = this.#market;
    return new WireFrame(
      `{"channel":"book","type":"${type}","data":[{"symbol":"${instrument.symbol}","bids":[${bids.join(',')}],"asks":[${asks.join(',')}],"checksum":${bookChecksum(book)},"timestamp":"${formatMicros(atNs)}"}]}`,
    );
  }
}
