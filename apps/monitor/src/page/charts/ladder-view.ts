import { formatScaled, numberOf } from '../../protocol/scaled.ts';
import { groupedDigits } from '../format/text.ts';
import type { View } from '../page-context.ts';
import type { BookStore } from '../stores/book-store.ts';
import { type LadderRow, ladderRows, spreadOf } from '../stores/ladder.ts';

export interface LadderOptions {
  readonly book: () => BookStore | undefined;
  /** Rows a side. */
  readonly depth: number;
  /** Ticks that one row stands for. */
  readonly step: number;
  readonly isCentred: boolean;
  /** The last trade's price and side. */
  readonly last: () => { readonly price: string; readonly side: 'buy' | 'sell' } | undefined;
  readonly onScroll: () => void;
}

/** As the style sheet has them. */
const ROW_HEIGHT = 19;
const SPREAD_HEIGHT = 26;
/** Thirty times a second: more than an eye reads, and half of what a screen draws. */
const PERIOD_MS = 32;
/** Longer quantities are printed smaller. */
const LONG = 13;

interface RowCells {
  readonly row: HTMLElement;
  readonly price: Text;
  readonly quantity: Text;
  readonly cumulative: Text;
  readonly bar: HTMLElement;
  readonly total: HTMLElement;
}

/**
 * The ladder's rows are made once and written into: asks above, the best at the bottom, then the spread,
 * then the bids. Only what changed touches the document.
 */
export class LadderView implements View {
  readonly #host: HTMLElement;
  readonly #options: LadderOptions;
  readonly #asks: RowCells[] = [];
  readonly #bids: RowCells[] = [];
  readonly #spread: HTMLElement;
  readonly #spreadText: Text;
  readonly #resizes: ResizeObserver;
  #revision = -1;
  #drawnAt = 0;
  #book: BookStore | undefined;
  #centredAt: number | undefined;

  constructor(host: HTMLElement, options: LadderOptions) {
    this.#host = host;
    this.#options = options;
    host.replaceChildren();
    for (let i = options.depth - 1; i >= 0; i -= 1) this.#asks[i] = this.#makeRow('ask');
    this.#spread = element('div', 'ladder-spread', host);
    this.#spread.setAttribute('role', 'row');
    const cell = element('span', '', this.#spread);
    cell.setAttribute('role', 'cell');
    this.#spreadText = cell.appendChild(document.createTextNode(''));
    for (let i = 0; i < options.depth; i += 1) this.#bids[i] = this.#makeRow('bid');
    host.addEventListener('scroll', this.#handleScroll);
    this.#resizes = new ResizeObserver(() => {
      this.#centre();
    });
    this.#resizes.observe(host);
  }

  draw(now: number): void {
    const book = this.#options.book();
    if (book === undefined || now - this.#drawnAt < PERIOD_MS) return;
    if (book === this.#book && book.revision === this.#revision) return;
    this.#book = book;
    this.#revision = book.revision;
    this.#drawnAt = now;
    const { depth, step } = this.#options;
    const asks = ladderRows(book.asks, 'asks', step, depth);
    const bids = ladderRows(book.bids, 'bids', step, depth);
    const largest = Math.max(
      ...[...asks, ...bids].map(({ quantity }) => numberOf(quantity, book.quantityPrecision)),
      0,
    );
    const deepest = Math.max(
      ...[asks.at(-1), bids.at(-1)].map((row) =>
        row === undefined ? 0 : numberOf(row.cumulative, book.quantityPrecision),
      ),
    );
    this.#fill(this.#asks, asks, book, largest, deepest);
    this.#fill(this.#bids, bids, book, largest, deepest);
    this.#fillSpread(book);
    const longest = Math.max(...[asks.at(-1), bids.at(-1)].map((row) => lengthOf(row, book)));
    this.#host.classList.toggle('is-long', longest > LONG);
    this.#host.dataset['sequence'] = String(book.sequence);
    this.#host.dataset['status'] = book.status;
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#host.removeEventListener('scroll', this.#handleScroll);
  }

  #fill(
    cells: readonly RowCells[],
    rows: readonly LadderRow[],
    book: BookStore,
    largest: number,
    deepest: number,
  ): void {
    const last = this.#options.last();
    cells.forEach((cell, i) => {
      const row = rows[i];
      cell.row.classList.toggle('is-empty', row === undefined);
      if (row === undefined) {
        for (const text of [cell.price, cell.quantity, cell.cumulative]) write(text, '');
        return;
      }
      const price = formatScaled(row.price, book.pricePrecision);
      write(cell.price, groupedDigits(price));
      write(cell.quantity, formatScaled(row.quantity, book.quantityPrecision));
      write(cell.cumulative, formatScaled(row.cumulative, book.quantityPrecision));
      scale(cell.bar, numberOf(row.quantity, book.quantityPrecision) / largest);
      scale(cell.total, numberOf(row.cumulative, book.quantityPrecision) / deepest);
      cell.row.classList.toggle('is-last', last !== undefined && last.price === price);
    });
  }

  #fillSpread(book: BookStore): void {
    const spread = spreadOf(book.bids, book.asks, book.pricePrecision);
    const text =
      spread === undefined
        ? 'one side is empty'
        : `spread ${spread.spread.toFixed(book.pricePrecision)} · ${spread.bps.toFixed(2)} bps`;
    write(this.#spreadText, text);
  }

  /** Holds the spread in the middle. Rows are of one height, so that no layout has to be read. */
  #centre(): void {
    if (!this.#options.isCentred) return;
    const { clientHeight } = this.#host;
    const middle = this.#options.depth * ROW_HEIGHT + SPREAD_HEIGHT / 2;
    this.#host.scrollTop = Math.max(0, Math.round(middle - clientHeight / 2));
    this.#centredAt = this.#host.scrollTop;
  }

  /** A hand that scrolls lets go of the middle. */
  readonly #handleScroll = (): void => {
    if (this.#centredAt === undefined) return;
    if (Math.abs(this.#host.scrollTop - this.#centredAt) > 2) this.#options.onScroll();
  };

  #makeRow(side: 'ask' | 'bid'): RowCells {
    const row = element('div', `ladder-row ${side}`, this.#host);
    row.setAttribute('role', 'row');
    const total = element('i', 'ladder-total', row);
    const bar = element('i', 'ladder-bar', row);
    const cell = (name: string): Text => {
      const span = element('span', name, row);
      span.setAttribute('role', 'cell');
      return span.appendChild(document.createTextNode(''));
    };
    return {
      row,
      bar,
      total,
      price: cell('price'),
      quantity: cell('quantity'),
      cumulative: cell('cumulative'),
    };
  }
}

const lengthOf = (row: LadderRow | undefined, book: BookStore): number =>
  row === undefined ? 0 : formatScaled(row.cumulative, book.quantityPrecision).length;

const element = (tag: string, name: string, parent: HTMLElement): HTMLElement => {
  const made = document.createElement(tag);
  if (name !== '') made.className = name;
  return parent.appendChild(made);
};

const write = (text: Text, value: string): void => {
  if (text.data !== value) text.data = value;
};

/** By transform: it moves no other element. */
const scale = (bar: HTMLElement, share: number): void => {
  const value = `scaleX(${Number.isFinite(share) ? share.toFixed(3) : 0})`;
  if (bar.style.transform !== value) bar.style.transform = value;
};
