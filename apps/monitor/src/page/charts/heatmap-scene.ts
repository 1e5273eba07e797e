import type { ColumnRow } from '../../protocol/records.ts';
import { clockText } from '../format/text.ts';
import type { Palette } from '../palette.ts';
import type { TapeTrade } from '../stores/trades-store.ts';
import type { PriceSpan } from './heat-scale.ts';

/** Room for prices on the right, and for times below. */
export const AXIS_WIDTH = 74;
export const AXIS_HEIGHT = 20;

const TIME_STEPS = [5, 10, 15, 30, 60, 120, 300].map((seconds) => seconds * 1000);
/** Dots of the largest trades: more of them hide each other, and cost a frame. */
const MAX_DOTS = 400;

/** What is drawn over the heat, and where. */
export interface Scene {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly columns: readonly ColumnRow[];
  readonly columnMs: number;
  /** Columns that the width stands for. */
  readonly slots: number;
  readonly span: PriceSpan;
  readonly precision: number;
  readonly width: number;
  readonly height: number;
}

const xOf = ({ columns, columnMs, slots, width }: Scene, time: number): number =>
  width - (((columns.at(-1)?.time ?? 0) + columnMs - time) * width) / (slots * columnMs);

const yOf = ({ span: { low, high }, height }: Scene, tick: number): number =>
  ((high - tick) / (high - low)) * height;

/** Hatched, from the last moment that was proved to the first that is again. */
export const drawGaps = (scene: Scene): void => {
  const { context, palette, columns, columnMs, height } = scene;
  for (const [i, { time, isGap }] of columns.entries()) {
    if (!isGap) continue;
    const before = columns[i - 1]?.time ?? time - columnMs;
    const x = xOf(scene, before + columnMs);
    const wide = Math.max(xOf(scene, time + columnMs) - x, 3);
    context.save();
    context.beginPath();
    context.rect(x, 0, wide, height);
    context.clip();
    context.fillStyle = palette.background;
    context.fillRect(x, 0, wide, height);
    context.strokeStyle = palette.gap;
    context.lineWidth = 1;
    context.beginPath();
    for (let y = 0; y < height + wide; y += 7) {
      context.moveTo(x, y);
      context.lineTo(x + wide, y - wide);
    }
    context.stroke();
    context.restore();
  }
};

/** The best bid and the best ask, as steps. */
export const drawBest = (scene: Scene): void => {
  const { context, palette, columns, columnMs } = scene;
  context.lineWidth = 1.25;
  for (const side of ['bids', 'asks'] as const) {
    context.strokeStyle = side === 'bids' ? palette.buy : palette.sell;
    context.beginPath();
    let isDrawing = false;
    for (const column of columns) {
      const tick = column[side].ticks[0];
      if (tick === undefined || column.isGap) {
        isDrawing = false;
        continue;
      }
      const [x, y] = [xOf(scene, column.time), yOf(scene, tick)];
      if (isDrawing) context.lineTo(x, y);
      else context.moveTo(x, y);
      context.lineTo(xOf(scene, column.time + columnMs), y);
      isDrawing = true;
    }
    context.stroke();
  }
};

/** A dot's area is its size; taker's buys are full, sells are rings. */
export const drawTrades = (scene: Scene, trades: readonly TapeTrade[]): void => {
  const { context, palette, precision, width } = scene;
  const begin = scene.columns[0]?.time ?? Infinity;
  const shown = trades
    .filter(({ time }) => time >= begin)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, MAX_DOTS);
  const largest = shown[0]?.size ?? 1;
  context.globalAlpha = 0.7;
  context.lineWidth = 1.25;
  for (const { time, priceNumber, size, side } of shown) {
    const x = Math.min(xOf(scene, time), width);
    const radius = 1 + 6.5 * Math.sqrt(size / largest);
    context.beginPath();
    context.arc(x, yOf(scene, priceNumber * 10 ** precision), radius, 0, 2 * Math.PI);
    context.strokeStyle = side === 'buy' ? palette.buy : palette.sell;
    context.fillStyle = context.strokeStyle;
    if (side === 'buy') context.fill();
    else context.stroke();
  }
  context.globalAlpha = 1;
};

/** Prices, times, and the best bid by its price. */
export const drawAxes = (scene: Scene): void => {
  const { context, palette, columns, columnMs, slots, span, precision, width, height } = scene;
  const priceText = (tick: number): string => (tick / 10 ** precision).toFixed(precision);
  context.font = `11px ${palette.font}`;
  context.fillStyle = palette.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const lines = Math.max(2, Math.floor(height / 48));
  for (let i = 0; i <= lines; i += 1) {
    const tick = Math.round(span.high - ((span.high - span.low) * i) / lines);
    const y = Math.min(height - 7, Math.max(7, yOf(scene, tick)));
    context.fillText(priceText(tick), width + 6, y);
  }
  context.textAlign = 'center';
  const end = columns.at(-1)?.time ?? 0;
  const wanted = (slots * columnMs) / Math.max(2, Math.floor(width / 130));
  const step = TIME_STEPS.find((ms) => ms >= wanted) ?? 300_000;
  for (let time = end - (end % step); xOf(scene, time) > 30; time -= step) {
    context.fillText(clockText(time), xOf(scene, time), height + AXIS_HEIGHT / 2);
  }
  const bid = columns.at(-1)?.bids.ticks[0];
  if (bid === undefined) return;
  const y = yOf(scene, bid);
  context.fillStyle = palette.accent;
  context.fillRect(width, y - 8, AXIS_WIDTH, 16);
  context.fillStyle = palette.background;
  context.textAlign = 'left';
  context.fillText(priceText(bid), width + 6, y + 0.5);
};

/** Lines through the pointer. */
export const drawPointer = (
  { context, palette, width, height }: Scene,
  pointer: { readonly x: number; readonly y: number } | undefined,
): void => {
  if (pointer === undefined || pointer.x > width || pointer.y > height) return;
  context.strokeStyle = palette.muted;
  context.setLineDash([3, 3]);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(pointer.x, 0);
  context.lineTo(pointer.x, height);
  context.moveTo(0, pointer.y);
  context.lineTo(width, pointer.y);
  context.stroke();
  context.setLineDash([]);
};
