import uPlot from 'uplot';
import { numberOf, type Scaled } from '../../protocol/scaled.ts';
import { shortNumber } from '../format/text.ts';
import type { View } from '../page-context.ts';
import { readPalette } from '../palette.ts';
import type { BookStore } from '../stores/book-store.ts';
import { area, axis, createPlot, RIGHT } from './plot-frame.ts';

export interface DepthChartOptions {
  readonly book: () => BookStore | undefined;
  readonly onHover: (text: string) => void;
}

type Column = (number | null)[];

/** Prices in rising order, what stands up to each on the bid side and on the ask side. */
const depthSeries = (book: BookStore): [number[], Column, Column] => {
  const [prices, bids, asks]: [number[], Column, Column] = [[], [], []];
  const price = (value: Scaled): number => numberOf(value, book.pricePrecision);
  const size = (value: Scaled): number => numberOf(value, book.quantityPrecision);
  let sum = 0;
  book.bids.prices.forEach((at, i) => {
    sum += size(book.bids.quantities[i] as Scaled);
    prices.push(price(at));
    bids.push(sum);
    asks.push(null);
  });
  prices.reverse();
  bids.reverse();
  sum = 0;
  book.asks.prices.forEach((at, i) => {
    sum += size(book.asks.quantities[i] as Scaled);
    prices.push(price(at));
    bids.push(null);
    asks.push(sum);
  });
  return [prices, bids, asks];
};

/** A side's steps: what is offered at a price is there up to the next one. */
const stepped = (align: 1 | -1): Partial<uPlot.Series> => {
  const paths = uPlot.paths.stepped?.({ align });
  return paths === undefined ? {} : { paths };
};

/** Drawn at most so often: a shape, not a figure to read. */
const PERIOD_MS = 100;

/** What stands up to each price, on both sides. */
export class DepthChart implements View {
  readonly #options: DepthChartOptions;
  readonly #plot: uPlot;
  readonly #dispose: () => void;
  #revision = -1;
  #book: BookStore | undefined;
  #drawnAt = 0;

  constructor(host: HTMLElement, options: DepthChartOptions) {
    this.#options = options;
    const palette = readPalette(host);
    const { plot, dispose } = createPlot(
      host,
      {
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: { x: { time: false } },
        axes: [
          axis(palette, {
            values: (_, ticks) => ticks.map((tick) => this.#priceText(tick)),
            space: 90,
          }),
          axis(palette, { ...RIGHT, size: 62, values: (_, ticks) => ticks.map(shortNumber) }),
        ],
        series: [
          {},
          { label: 'bids', ...area(palette.buy), ...stepped(-1) },
          { label: 'asks', ...area(palette.sell), ...stepped(1) },
        ],
        hooks: { setCursor: [(self) => this.#hover(self)] },
      },
      [[], [], []],
    );
    this.#plot = plot;
    this.#dispose = dispose;
  }

  draw(now: number): void {
    const book = this.#options.book();
    if (book === undefined || now - this.#drawnAt < PERIOD_MS) return;
    if (book === this.#book && book.revision === this.#revision) return;
    this.#book = book;
    this.#revision = book.revision;
    this.#drawnAt = now;
    this.#plot.setData(depthSeries(book));
  }

  dispose(): void {
    this.#dispose();
  }

  #priceText(price: number): string {
    return price.toFixed(this.#book?.pricePrecision ?? 0);
  }

  #hover(plot: uPlot): void {
    const index = plot.cursor.idx;
    const price = index === null || index === undefined ? undefined : plot.data[0][index];
    if (price === undefined || index === null || index === undefined) {
      this.#options.onHover('');
      return;
    }
    const [bid, ask] = [plot.data[1]?.[index], plot.data[2]?.[index]];
    const [side, sum] = bid == null ? ['asks', ask ?? 0] : ['bids', bid];
    this.#options.onHover(`${this.#priceText(price)}  ${side} up to here ${shortNumber(sum)}`);
  }
}
