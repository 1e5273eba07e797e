import type { Exchange, Market } from '../exchange/index.ts';
import { vwapOf } from '../market-data/candles.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { olderPrice } from '../market-data/older-text.ts';
import type { SymbolFeed } from '../market-data/symbol-feed.ts';
import { tickerSpans } from '../market-data/ticker-spans.ts';
import { OHLC_INTERVALS } from '../protocol/subscription.ts';
import { PAIR_FIELDS, pairBody } from './asset-pair-body.ts';
import { groupedBook, levelsOf } from './paper-books.ts';
import { UNKNOWN_PAIR } from './paper-route.ts';
import { postTrade, preTrade } from './paper-transparency.ts';
import { feedOf, isTokenized, type PublicContext, type PublicHandler } from './public-context.ts';
import { textOf, type WireParams } from './request-params.ts';
import { assetAltname, assetId, pairNames } from './spot-names.ts';
import { SpotRefusal } from './spot-refusal.ts';

const SECOND_NS = 1_000_000_000n;

/** The public endpoints, on the market that the sockets tell of. */
export const paperPublic: ReadonlyMap<string, PublicHandler> = new Map<string, PublicHandler>([
  ['Time', ({ nowNs }) => ({ unixtime: secondsOf(nowNs), rfc1123: dateOf(nowNs).toUTCString() })],
  [
    'SystemStatus',
    ({ exchange, nowNs }) => ({
      status: systemOf(exchange),
      timestamp: dateOf(nowNs).toISOString(),
    }),
  ],
  ['Assets', assets],
  [
    'AssetPairs',
    (context, params) => {
      const fields = PAIR_FIELDS.get(textOf(params['info']) ?? 'info');
      if (fields === undefined) return new SpotRefusal('EGeneral:Invalid arguments:info');
      return forPairs(context, params, (market) => pairBody(market, fields));
    },
  ],
  [
    'Ticker',
    (context, params) =>
      forPairs(context, params, (market) => tickerBody(feedOf(context, market), context.nowNs)),
  ],
  ['GroupedBook', groupedBook],
  ['PreTrade', preTrade],
  ['PostTrade', postTrade],
  [
    'Depth',
    (context, params) =>
      forPair(context, params, (market) => {
        feedOf(context, market);
        const count = countOf(params, 100, 500);
        return { asks: levels(market, 'asks', count), bids: levels(market, 'bids', count) };
      }),
  ],
  [
    'Trades',
    (context, params) =>
      forPair(
        context,
        params,
        (market) => tradeRows(feedOf(context, market), params).map(({ row }) => row),
        (market) => {
          const last = tradeRows(feedOf(context, market), params).at(-1)?.atNs;
          return String(last ?? textOf(params['since']) ?? context.nowNs);
        },
      ),
  ],
  [
    'OHLC',
    (context, params) => {
      const interval = Number(params['interval'] ?? 1);
      if (!OHLC_INTERVALS.includes(interval)) {
        return new SpotRefusal('EGeneral:Invalid arguments:interval');
      }
      const since = Number(params['since'] ?? 0);
      return forPair(
        context,
        params,
        (market) => candleRows(feedOf(context, market), interval, since),
        (market) =>
          secondsOf(feedOf(context, market).candles.series(interval).at(-2)?.beginNs ?? 0n),
      );
    },
  ],
  [
    'Spread',
    (context, params) => {
      const since = Number(params['since'] ?? 0);
      return forPair(
        context,
        params,
        (market) =>
          feedOf(context, market)
            .spreads.map(({ atNs, bid, ask }) => [
              secondsOf(atNs),
              olderPrice(market, bid),
              olderPrice(market, ask),
            ])
            .filter(([time]) => Number(time) >= since),
        () => secondsOf(context.nowNs),
      );
    },
  ],
]);

/** Of the markets that a comma-separated list names, or of all of them, by id. */
function forPairs(
  { exchange, names }: PublicContext,
  params: WireParams,
  body: (market: Market) => unknown,
): unknown {
  const list = textOf(params['pair']);
  if (isTokenized(params)) return list === undefined ? {} : UNKNOWN_PAIR;
  const markets =
    list === undefined
      ? [...exchange.markets.values()]
      : list.split(',').map((name) => names.market(name.trim()));
  const rows: [string, unknown][] = [];
  for (const market of markets) {
    if (market === undefined) return UNKNOWN_PAIR;
    rows.push([pairNames(market.instrument).id, body(market)]);
  }
  return Object.fromEntries(rows);
}

/** Of one market, by id, with a cursor beside it. */
function forPair(
  { names }: PublicContext,
  params: WireParams,
  body: (market: Market) => unknown,
  last?: (market: Market) => unknown,
): unknown {
  const name = textOf(params['pair']);
  if (name === undefined) return new SpotRefusal('EGeneral:Invalid arguments');
  const market = names.market(name);
  if (market === undefined || isTokenized(params)) return UNKNOWN_PAIR;
  const row = { [pairNames(market.instrument).id]: body(market) };
  return last === undefined ? row : { ...row, last: last(market) };
}

function systemOf(exchange: Exchange): string {
  const states = new Set([...exchange.markets.values()].map(({ state }) => state));
  const [state = 'online'] = states;
  const isSystemWide = states.size === 1 && state !== 'limit_only' && state !== 'reduce_only';
  return isSystemWide ? state : 'online';
}

function assets({ exchange, names }: PublicContext, params: WireParams): unknown {
  if (isTokenized(params)) return {};
  const wanted = textOf(params['asset'])
    ?.split(',')
    .map((name) => names.asset(name.trim()));
  if (wanted?.includes(undefined) === true) return new SpotRefusal('EQuery:Unknown asset');
  const rows = exchange.assets
    .filter(({ id }) => wanted === undefined || wanted.includes(id))
    .map((asset) => [
      assetId(asset.id),
      {
        aclass: 'currency',
        altname: assetAltname(asset.id),
        decimals: exchange.scales.get(asset.id) ?? asset.precision,
        display_decimals: asset.precisionDisplay,
        collateral_value: Number(asset.collateralValue),
        status: 'enabled',
        ...(asset.marginRate === undefined ? {} : { margin_rate: Number(asset.marginRate) }),
      },
    ]);
  return Object.fromEntries(rows);
}

function tickerBody(feed: SymbolFeed, nowNs: bigint): unknown {
  const { market } = feed;
  const { book } = market;
  const price = (ticks: number): string => olderPrice(market, ticks);
  const top = (level: { ticks: number; lots: bigint } | undefined): string[] => {
    const lots = level?.lots ?? 0n;
    const whole = lots / 10n ** BigInt(market.instrument.quantityPrecision);
    return [price(level?.ticks ?? 0), String(whole), feed.quantity(lots)];
  };
  const spans = tickerSpans(feed, nowNs);
  return {
    a: top(book.asks.best),
    b: top(book.bids.best),
    c: [price(spans.last.ticks), feed.quantity(spans.last.lots)],
    v: spans.lots.map((lots) => feed.quantity(lots)),
    p: spans.vwap.map(price),
    t: spans.trades,
    l: spans.low.map(price),
    h: spans.high.map(price),
    o: price(spans.open[0]),
  };
}

/** How many rows are asked for, as far as there may be; what is no number asks for none in particular. */
function countOf(params: WireParams, otherwise: number, most: number): number {
  const asked = Number(params['count'] ?? otherwise);
  return Number.isNaN(asked) ? otherwise : Math.min(most, Math.max(1, Math.floor(asked)));
}

function levels(market: Market, side: 'bids' | 'asks', count: number): unknown[] {
  return levelsOf(market, side, count).map((level) => [
    olderPrice(market, level.ticks),
    fixedText(level.lots, market.instrument.quantityPrecision),
    secondsOf(level.tail?.queueNs ?? 0n),
  ]);
}

function tradeRows(
  feed: SymbolFeed,
  params: WireParams,
): { readonly row: unknown; readonly atNs: bigint }[] {
  const since = textOf(params['since']);
  const after = since === undefined || !/^\d+$/.test(since) ? 0n : BigInt(since);
  // Seconds or nanoseconds: told apart by their size, as the exchange does.
  const afterNs = after < 10n ** 12n ? after * SECOND_NS : after;
  const count = countOf(params, 1_000, 1_000);
  const trades = feed.trades.filter(({ atNs }) => since === undefined || atNs > afterNs);
  return (since === undefined ? trades.slice(-count) : trades.slice(0, count)).map((trade) => ({
    atNs: trade.atNs,
    row: [
      olderPrice(feed.market, trade.ticks),
      feed.quantity(trade.lots),
      Number(trade.atNs / 100n) / 1e7,
      trade.side === 'buy' ? 'b' : 's',
      trade.orderType === 'market' ? 'm' : 'l',
      '',
      trade.id,
    ],
  }));
}

function candleRows(feed: SymbolFeed, interval: number, since: number): unknown[] {
  return feed.candles
    .series(interval)
    .filter(({ beginNs }) => secondsOf(beginNs) >= since)
    .map((candle) => [
      secondsOf(candle.beginNs),
      feed.price(candle.open),
      feed.price(candle.high),
      feed.price(candle.low),
      feed.price(candle.close),
      feed.price(vwapOf(candle)),
      feed.quantity(candle.lots),
      candle.trades,
    ]);
}

const secondsOf = (ns: bigint): number => Number(ns / SECOND_NS);
const dateOf = (ns: bigint): Date => new Date(Number(ns / 1_000_000n));
