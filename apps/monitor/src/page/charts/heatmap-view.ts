import type { ColumnRow } from '../../protocol/records.ts';
import { clockText, shortNumber } from '../format/text.ts';
import type { View } from '../page-context.ts';
import { type Palette, readPalette } from '../palette.ts';
import type { ColumnsStore } from '../stores/columns-store.ts';
import type { TapeTrade, TradesStore } from '../stores/trades-store.ts';
import { binColumn, brightQuantity, heatColors, type PriceSpan, spanOf } from './heat-scale.ts';
import {
  AXIS_HEIGHT,
  AXIS_WIDTH,
  drawAxes,
  drawBest,
  drawGaps,
  drawPointer,
  drawTrades,
  type Scene,
} from './heatmap-scene.ts';

export interface HeatmapOptions {
  readonly columns: () => ColumnsStore | undefined;
  readonly trades: () => TradesStore | undefined;
  readonly columnMs: number;
  readonly minutes: number;
  /** 0 to 1: the smaller, the sooner a level is hot. */
  readonly scale: number;
  readonly theme: 'dark' | 'light';
  /** What stands under the pointer, as a sentence. */
  readonly onHover: (text: string) => void;
}

/** A history of less than this does not fill the width. */
const MIN_SLOTS = 40;
/** Trades come in quicker succession than an eye can follow. */
const TRADES_MS = 200;

/** The book over time: a column a moment, a row a price, lighter the more stands there; trades on top. */
export class HeatmapView implements View {
  readonly #host: HTMLElement;
  readonly #options: HeatmapOptions;
  readonly #canvas: HTMLCanvasElement;
  readonly #image = document.createElement('canvas');
  readonly #palette: Palette;
  readonly #colors: Uint32Array;
  readonly #resizes: ResizeObserver;
  #isDirty = true;
  #slots = MIN_SLOTS;
  #store: ColumnsStore | undefined;
  #revision = -1;
  #tradesRevision = -1;
  #drawnAt = 0;
  #hasMoved = false;
  #shown: readonly ColumnRow[] = [];
  #span: PriceSpan | undefined;
  #pointer: { readonly x: number; readonly y: number } | undefined;

  constructor(host: HTMLElement, options: HeatmapOptions) {
    this.#host = host;
    this.#options = options;
    this.#palette = readPalette(host);
    this.#colors = heatColors(options.theme);
    this.#canvas = host.appendChild(document.createElement('canvas'));
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', 'Heatmap of the order book over time, with trades');
    this.#resizes = new ResizeObserver(() => {
      this.#isDirty = true;
    });
    this.#resizes.observe(host);
    this.#canvas.addEventListener('pointermove', this.#handleMove);
    this.#canvas.addEventListener('pointerleave', this.#handleLeave);
  }

  draw(now: number): void {
    const store = this.#options.columns();
    const trades = this.#options.trades();
    if (store === undefined) return;
    const isNew = store !== this.#store || store.revision !== this.#revision || this.#isDirty;
    const hasTraded = trades?.revision !== this.#tradesRevision && now - this.#drawnAt > TRADES_MS;
    if (!isNew && !hasTraded && !this.#hasMoved) return;
    if (isNew) this.#paint(store);
    this.#drawnAt = now;
    this.#hasMoved = false;
    this.#store = store;
    this.#revision = store.revision;
    this.#tradesRevision = trades?.revision ?? -1;
    this.#isDirty = false;
    this.#compose(store, trades?.trades ?? []);
  }

  dispose(): void {
    this.#resizes.disconnect();
    this.#canvas.remove();
  }

  /** Columns that the width stands for; a history that is younger than the window fills it all the same. */
  #slotsOf(count: number): number {
    const wanted = Math.round((this.#options.minutes * 60_000) / this.#options.columnMs);
    return Math.min(wanted, Math.max(MIN_SLOTS, count));
  }

  /** The place of a moment, 0 on the left. */
  #slotOf(time: number): number {
    const end = this.#shown.at(-1)?.time ?? 0;
    return this.#slots - 1 - Math.round((end - time) / this.#options.columnMs);
  }

  /** The columns, one pixel wide each, into an image that is stretched later. */
  #paint(store: ColumnsStore): void {
    const slots = this.#slotsOf(store.columns.length);
    this.#slots = slots;
    this.#shown = store.columns.slice(-slots);
    this.#span = spanOf(this.#shown);
    const rows = Math.max(
      1,
      Math.min(400, Math.round((this.#host.clientHeight - AXIS_HEIGHT) / 2)),
    );
    this.#image.width = slots;
    this.#image.height = rows;
    const context = this.#image.getContext('2d');
    const span = this.#span;
    if (context === null || span === undefined) return;
    const pixels = context.createImageData(slots, rows);
    const into = new Uint32Array(pixels.data.buffer).fill(this.#colors[0] as number);
    const bins = new Float32Array(this.#shown.length * rows);
    this.#shown.forEach((column, i) => {
      const own = bins.subarray(i * rows, (i + 1) * rows);
      binColumn(column.bids, span, own);
      binColumn(column.asks, span, own);
    });
    const bright = brightQuantity(bins) * (0.15 + this.#options.scale * 1.7);
    this.#shown.forEach(({ time }, i) => {
      const first = this.#slotOf(time);
      const next = this.#shown[i + 1];
      // A moment that was missed for want of time is as the one before it, unless it is a gap.
      const end = next === undefined || next.isGap ? first + 1 : this.#slotOf(next.time);
      for (let row = 0; row < rows; row += 1) {
        const heat = Math.sqrt(Math.min(1, (bins[i * rows + row] as number) / bright));
        const color = this.#colors[Math.round(heat * 255)] as number;
        for (let x = Math.max(first, 0); x < end; x += 1) into[row * slots + x] = color;
      }
    });
    context.putImageData(pixels, 0, 0);
  }

  #compose(store: ColumnsStore, trades: readonly TapeTrade[]): void {
    const ratio = window.devicePixelRatio;
    const { clientWidth, clientHeight } = this.#host;
    const [width, height] = [clientWidth - AXIS_WIDTH, clientHeight - AXIS_HEIGHT];
    if (width < 20 || height < 20) return;
    if (this.#canvas.width !== Math.round(clientWidth * ratio)) {
      this.#canvas.width = Math.round(clientWidth * ratio);
    }
    if (this.#canvas.height !== Math.round(clientHeight * ratio)) {
      this.#canvas.height = Math.round(clientHeight * ratio);
    }
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#palette.background;
    context.fillRect(0, 0, clientWidth, clientHeight);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image, 0, 0, width, height);
    const span = this.#span;
    if (span === undefined) {
      context.font = `12px ${this.#palette.font}`;
      context.fillStyle = this.#palette.muted;
      context.textAlign = 'center';
      context.fillText('waiting for the first moments of the book', width / 2, height / 2);
      return;
    }
    const scene: Scene = {
      context,
      palette: this.#palette,
      columns: this.#shown,
      columnMs: this.#options.columnMs,
      slots: this.#slots,
      span,
      precision: store.pricePrecision,
      width,
      height,
    };
    context.save();
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    drawGaps(scene);
    drawBest(scene);
    drawTrades(scene, trades);
    context.restore();
    drawAxes(scene);
    drawPointer(scene, this.#pointer);
  }

  readonly #handleMove = (event: PointerEvent): void => {
    const box = this.#canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.#pointer = { x, y };
    this.#hasMoved = true;
    this.#options.onHover(this.#textAt(x, y));
  };

  readonly #handleLeave = (): void => {
    this.#pointer = undefined;
    this.#hasMoved = true;
    this.#options.onHover('');
  };

  #textAt(x: number, y: number): string {
    const { clientWidth, clientHeight } = this.#host;
    const [width, height] = [clientWidth - AXIS_WIDTH, clientHeight - AXIS_HEIGHT];
    const span = this.#span;
    const slots = this.#slots;
    const slot = Math.floor((x / width) * slots);
    const column = this.#shown.findLast(({ time }) => this.#slotOf(time) <= slot);
    if (span === undefined || column === undefined || x > width || y > height) return '';
    if (column.isGap) return `${clockText(column.time)} gap: the book was not proved here`;
    const precision = this.#store?.pricePrecision ?? 0;
    const perPixel = (span.high - span.low) / height;
    const tick = span.high - y * perPixel;
    const near = (side: ColumnRow['bids']): number =>
      side.ticks.reduce(
        (sum, at, i) =>
          Math.abs(at - tick) <= 2 * perPixel ? sum + (side.quantities[i] ?? 0) : sum,
        0,
      );
    const quantity = near(column.bids) + near(column.asks);
    const price = (tick / 10 ** precision).toFixed(precision);
    return `${clockText(column.time)}  ${price}  ${shortNumber(quantity)}`;
  }
}
