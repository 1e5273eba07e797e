import { type Candle, vwapOf } from './candles.ts';
import type { SymbolFeed } from './symbol-feed.ts';

const DAY_MINUTES = 1_440;
const DAY_NS = 86_400_000_000_000n;

/** Today (since midnight UTC) and the last 24 hours, as REST and the v1 sockets tell them side by side. */
export interface TickerSpans {
  readonly last: { readonly ticks: number; readonly lots: bigint };
  readonly lots: readonly [bigint, bigint];
  readonly vwap: readonly [number, number];
  readonly trades: readonly [number, number];
  readonly low: readonly [number, number];
  readonly high: readonly [number, number];
  readonly open: readonly [number, number];
}

/** What was traded of a market; 0 where nothing was. */
export function tickerSpans(feed: SymbolFeed, nowNs: bigint): TickerSpans {
  const day = feed.day.read(nowNs);
  const today = todayOf(feed, nowNs);
  const trade = feed.trades.at(-1);
  return {
    last: { ticks: trade?.ticks ?? 0, lots: trade?.lots ?? 0n },
    lots: [today?.lots ?? 0n, day?.lots ?? 0n],
    vwap: [today === undefined ? 0 : vwapOf(today), day?.vwap ?? 0],
    trades: [today?.trades ?? 0, day?.trades ?? 0],
    low: [today?.low ?? 0, day?.low ?? 0],
    high: [today?.high ?? 0, day?.high ?? 0],
    open: [today?.open ?? day?.open ?? 0, day?.open ?? 0],
  };
}

function todayOf(feed: SymbolFeed, nowNs: bigint): Candle | undefined {
  const candle = feed.candles.series(DAY_MINUTES).at(-1);
  return candle !== undefined && candle.beginNs === nowNs - (nowNs % DAY_NS) ? candle : undefined;
}
