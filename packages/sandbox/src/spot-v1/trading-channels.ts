import type { Trade } from '../exchange/index.ts';
import { vwapOf } from '../market-data/candles.ts';
import type { Channel } from '../market-data/channel.ts';
import { olderPrice, olderQuantity } from '../market-data/older-text.ts';
import type { SymbolFeed } from '../market-data/symbol-feed.ts';
import { tickerSpans } from '../market-data/ticker-spans.ts';
import { formatEpoch } from '../protocol/timestamp.ts';
import type { V1Frames } from './v1-frame.ts';

const MINUTE_NS = 60_000_000_000n;

/** `ticker`: at the beginning and, as captured, with every trade. */
export function tickerChannel(feed: SymbolFeed, frames: V1Frames): Channel {
  return {
    snapshot: (atNs) => frames.make('snapshot', tickerPayload(feed, atNs)),
    update: ({ trades, atNs }) =>
      trades.length === 0 ? undefined : frames.make('update', tickerPayload(feed, atNs)),
  };
}

/** `trade`: as captured, without a snapshot. */
export function tradeChannel(feed: SymbolFeed, frames: V1Frames): Channel {
  return {
    snapshot: () => undefined,
    update: ({ trades }) =>
      trades.length === 0
        ? undefined
        : frames.make('update', `[${trades.map((trade) => tradeRow(feed, trade)).join(',')}]`),
  };
}

/** `spread`: the best prices, whenever they or what stands at them are others. */
export function spreadChannel(feed: SymbolFeed, frames: V1Frames): Channel {
  return {
    snapshot: (atNs) => frames.make('snapshot', spreadRow(feed, atNs)),
    update: ({ topMoved, atNs }) =>
      topMoved ? frames.make('update', spreadRow(feed, atNs)) : undefined,
  };
}

/** `ohlc-<interval>`: the last candle, whenever it ended, then the running one with every trade. */
export function ohlcChannel(feed: SymbolFeed, interval: number, frames: V1Frames): Channel {
  return {
    snapshot: () => {
      const row = candleRow(feed, interval);
      return row === undefined ? undefined : frames.make('snapshot', row);
    },
    update: ({ trades }) => {
      const row = trades.length === 0 ? undefined : candleRow(feed, interval);
      return row === undefined ? undefined : frames.make('update', row);
    },
  };
}

const list = (texts: readonly (string | number)[]): string => JSON.stringify(texts);

function tickerPayload(feed: SymbolFeed, atNs: bigint): string {
  const { market } = feed;
  const { asks, bids } = market.book;
  const price = (ticks: number): string => olderPrice(market, ticks);
  const best = (level: { ticks: number; lots: bigint } | undefined): string => {
    const lots = level?.lots ?? 0n;
    const whole = Number(lots / 10n ** BigInt(market.instrument.quantityPrecision));
    return list([price(level?.ticks ?? 0), whole, olderQuantity(market, lots)]);
  };
  const { last, lots, vwap, trades, low, high, open } = tickerSpans(feed, atNs);
  const prices = (ticks: readonly number[]): string => list(ticks.map(price));
  const quantities = lots.map((each) => olderQuantity(market, each));
  return `{"a":${best(asks.best)},"b":${best(bids.best)},"c":${list([price(last.ticks), olderQuantity(market, last.lots)])},"v":${list(quantities)},"p":${prices(vwap)},"t":${list(trades)},"l":${prices(low)},"h":${prices(high)},"o":${prices(open)}}`;
}

function tradeRow({ market }: SymbolFeed, { ticks, lots, atNs, side, orderType }: Trade): string {
  return list([
    olderPrice(market, ticks),
    olderQuantity(market, lots),
    formatEpoch(atNs),
    side === 'buy' ? 'b' : 's',
    orderType === 'market' ? 'm' : 'l',
    '',
  ]);
}

function spreadRow({ market }: SymbolFeed, atNs: bigint): string {
  const bid = market.book.bids.best;
  const ask = market.book.asks.best;
  return list([
    olderPrice(market, bid?.ticks ?? 0),
    olderPrice(market, ask?.ticks ?? 0),
    formatEpoch(atNs),
    olderQuantity(market, bid?.lots ?? 0n),
    olderQuantity(market, ask?.lots ?? 0n),
  ]);
}

/** `undefined` before the first trade. */
function candleRow(feed: SymbolFeed, interval: number): string | undefined {
  const { market } = feed;
  const candle = feed.candles.series(interval).at(-1);
  if (candle === undefined) return undefined;
  const endNs = candle.beginNs + BigInt(interval) * MINUTE_NS;
  const prices = [candle.open, candle.high, candle.low, candle.close, vwapOf(candle)];
  return list([
    formatEpoch(feed.trades.at(-1)?.atNs ?? candle.beginNs),
    formatEpoch(endNs),
    ...prices.map((ticks) => olderPrice(market, ticks)),
    olderQuantity(market, candle.lots),
    candle.trades,
  ]);
}
