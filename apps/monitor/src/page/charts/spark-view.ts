import type { View } from '../page-context.ts';
import { readPalette, withAlpha } from '../palette.ts';
import { type ColumnsStore, seriesOf } from '../stores/columns-store.ts';

export interface SparkOptions {
  readonly columns: () => ColumnsStore | undefined;
}

/** The mid of the last minutes, without axes; a gap is a gap. */
export class SparkView implements View {
  readonly #host: HTMLElement;
  readonly #options: SparkOptions;
  readonly #canvas: HTMLCanvasElement;
  #store: ColumnsStore | undefined;
  #revision = -1;

  constructor(host: HTMLElement, options: SparkOptions) {
    this.#host = host;
    this.#options = options;
    this.#canvas = host.appendChild(document.createElement('canvas'));
    this.#canvas.setAttribute('aria-hidden', 'true');
  }

  draw(): void {
    const store = this.#options.columns();
    if (store === undefined) return;
    if (store === this.#store && store.revision === this.#revision) return;
    this.#store = store;
    this.#revision = store.revision;
    const { mid } = seriesOf(store.columns.slice(-600), store.pricePrecision);
    const known = mid.filter((value) => value !== null);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const ratio = window.devicePixelRatio;
    const { clientWidth: width, clientHeight: height } = this.#host;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const context = this.#canvas.getContext('2d');
    if (context === null || known.length < 2) return;
    context.scale(ratio, ratio);
    const palette = readPalette(this.#host);
    const x = (i: number): number => (i / (mid.length - 1)) * width;
    const y = (value: number): number =>
      high === low ? height / 2 : height - 3 - ((value - low) / (high - low)) * (height - 6);
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    mid.forEach((value, i) => {
      if (value === null) return;
      if (i === 0 || mid[i - 1] === null) context.moveTo(x(i), y(value));
      else context.lineTo(x(i), y(value));
    });
    context.stroke();
    context.fillStyle = withAlpha(palette.gap, 0.5);
    mid.forEach((value, i) => {
      if (value === null) context.fillRect(x(i) - 1, 0, 2, height);
    });
  }

  dispose(): void {
    this.#canvas.remove();
  }
}
