import type { Trade } from '../exchange/index.ts';
import { OHLC_INTERVALS } from '../protocol/subscription.ts';

/** One interval of trading, in ticks and lots. */
export interface Candle {
  readonly beginNs: bigint;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  trades: number;
  lots: bigint;
  /** Sum of ticks × lots: exact. */
  value: bigint;
}

const MINUTE_NS = 60_000_000_000n;
/** As many as the REST endpoint ever gives. */
const KEPT = 720;

/** The candles of every interval, rolled from the trades. An interval without a trade has none. */
export class Candles {
  readonly #series = new Map<number, Candle[]>(OHLC_INTERVALS.map((interval) => [interval, []]));

  /** Oldest first; the last one is running. */
  series(interval: number): readonly Candle[] {
    return this.#series.get(interval) ?? [];
  }

  add({ ticks, lots, atNs }: Trade): void {
    const value = BigInt(ticks) * lots;
    for (const [interval, series] of this.#series) {
      const length = BigInt(interval) * MINUTE_NS;
      const beginNs = atNs - (atNs % length);
      const last = series.at(-1);
      if (last !== undefined && last.beginNs >= beginNs) {
        last.high = Math.max(last.high, ticks);
        last.low = Math.min(last.low, ticks);
        last.close = ticks;
        last.trades += 1;
        last.lots += lots;
        last.value += value;
        continue;
      }
      series.push({
        beginNs,
        open: ticks,
        high: ticks,
        low: ticks,
        close: ticks,
        trades: 1,
        lots,
        value,
      });
      if (series.length > KEPT) series.shift();
    }
  }
}

/** Volume-weighted average price in ticks, rounded down. */
export function vwapOf({ value, lots }: Candle): number {
  return Number(value / lots);
}
