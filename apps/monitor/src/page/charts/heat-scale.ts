import type { ColumnRow, ColumnSide } from '../../protocol/records.ts';

/** The span of prices that a heatmap shows, in ticks. */
export interface PriceSpan {
  readonly low: number;
  readonly high: number;
}

/** A level that far from the best one bounds what is shown. */
const RANK = 32;
/** Of the columns, the newest: all that they hold is in sight, and what left long ago need not be. */
const FOLLOWED = 0.4;

/** So that the best prices of the newer columns, and what lies around them, are in sight. */
export const spanOf = (columns: readonly ColumnRow[]): PriceSpan | undefined => {
  let [low, high] = [Infinity, -Infinity];
  for (const { bids, asks } of columns.slice(-Math.max(20, columns.length * FOLLOWED))) {
    low = Math.min(low, bids.ticks[Math.min(RANK, bids.ticks.length - 1)] ?? Infinity);
    high = Math.max(high, asks.ticks[Math.min(RANK, asks.ticks.length - 1)] ?? -Infinity);
  }
  return low < high ? { low, high } : undefined;
};

/** What nearly all that stands anywhere stays below: one huge order does not darken all others. */
export const brightQuantity = (bins: Float32Array): number => {
  const sample: number[] = [];
  const stride = Math.max(1, Math.floor(bins.length / 20_000));
  for (let i = 0; i < bins.length; i += stride) {
    const quantity = bins[i] as number;
    if (quantity > 0) sample.push(quantity);
  }
  sample.sort((a, b) => a - b);
  return sample[Math.floor(sample.length * 0.98)] ?? 1;
};

/** Quantity by row of pixels, the highest price in row 0; levels of one row add up. */
export const binColumn = (
  { ticks, quantities }: ColumnSide,
  { low, high }: PriceSpan,
  into: Float32Array,
): void => {
  const rows = into.length;
  for (let i = 0; i < ticks.length; i += 1) {
    const tick = ticks[i] as number;
    if (tick < low || tick > high) continue;
    const row = Math.min(rows - 1, Math.floor(((high - tick) / (high - low)) * rows));
    into[row] = (into[row] as number) + (quantities[i] as number);
  }
};

type Stop = readonly [at: number, red: number, green: number, blue: number];

/** From nothing to the most: lightness rises all the way, so that it reads without colours too. */
const DARK: readonly Stop[] = [
  [0, 13, 18, 25],
  [0.15, 22, 42, 74],
  [0.35, 27, 86, 138],
  [0.55, 32, 148, 160],
  [0.75, 150, 205, 110],
  [0.9, 250, 214, 90],
  [1, 255, 250, 225],
];
const LIGHT: readonly Stop[] = [
  [0, 255, 255, 255],
  [0.15, 222, 236, 246],
  [0.35, 158, 203, 225],
  [0.55, 80, 152, 200],
  [0.75, 90, 92, 170],
  [0.9, 110, 40, 120],
  [1, 60, 8, 60],
];

/** 256 colours as pixels of an `ImageData` on a little-endian machine. */
export const heatColors = (theme: 'dark' | 'light'): Uint32Array => {
  const stops = theme === 'dark' ? DARK : LIGHT;
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const at = i / 255;
    const next = Math.max(
      1,
      stops.findIndex(([stop]) => stop >= at),
    );
    const [a, b] = [stops[next - 1] as Stop, stops[next] as Stop];
    const part = (at - a[0]) / (b[0] - a[0]);
    const mix = (k: 1 | 2 | 3): number => Math.round(a[k] + (b[k] - a[k]) * part);
    return (255 << 24) | (mix(3) << 16) | (mix(2) << 8) | mix(1);
  });
};
