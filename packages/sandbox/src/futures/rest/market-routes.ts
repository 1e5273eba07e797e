import type { Level, Market, Trade } from '../../exchange/index.ts';
import { fixedText } from '../../market-data/fixed-text.ts';
import { textOf, textsOf, type WireParams } from '../../rest/request-params.ts';
import type { FuturesDesk } from '../desk.ts';
import { isoMillis } from '../log-fields.ts';
import { numberText } from '../number-text.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { absoluteRate, relativeRate, tickerState } from '../ticker.ts';
import { tradeUid } from '../uuid.ts';
import { type Element, pageBody } from './page.ts';
import { FuturesError, required } from './refusal.ts';

/** Trades of one answer of `history`. */
const HISTORY_TRADES = 100;
const MOST_CANDLES = 2_000;
/** Their resolutions in minutes; the exchange has 12 hours, too. */
const RESOLUTIONS: Readonly<Record<string, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '4h': 240,
  '1d': 1_440,
  '1w': 10_080,
};

type Answer = (desk: FuturesDesk, params: WireParams, ...parts: readonly string[]) => string;

/** What everybody may ask, by the path below its base; the parts of a pattern are given to the answer. */
export const MARKET_ROUTES: readonly (readonly [RegExp, Answer])[] = [
  [
    /^v\d\/instruments$/,
    (desk, params) =>
      `"instruments":${list(ofType(desk, params), (market) => instrument(desk, market))}`,
  ],
  [
    /^v\d\/instruments\/status$/,
    (desk, params) =>
      `"instrumentStatus":${list(ofType(desk, params), (market) => row(statusOf(market)))}`,
  ],
  [
    /^v\d\/instruments\/([\w.]+)\/status$/,
    (desk, _params, symbol) => row(statusOf(find(desk, symbol))).slice(1, -1),
  ],
  [
    /^v\d\/tickers$/,
    (desk, params) => `"tickers":${list(named(desk, params), (market) => ticker(desk, market))}`,
  ],
  [
    /^v\d\/tickers\/([\w.]+)$/,
    (desk, _params, symbol) => `"ticker":${ticker(desk, find(desk, symbol))}`,
  ],
  [/^v\d\/orderbook$/, (desk, params) => orderBook(desk, find(desk, required(params, 'symbol')))],
  [/^v\d\/history$/, (desk, params) => history(desk, params)],
  [/^v\d\/feeschedules$/, (desk) => feeSchedules(desk)],
  [
    /^v\d\/(?:historical-funding-rates|historicalfundingrates)$/,
    (desk, params) => fundingRates(desk, params),
  ],
];

/** The answers that are whole bodies, with no envelope around them. */
export const PUBLIC_BODIES: readonly (readonly [RegExp, Answer])[] = [
  [/^\/api\/charts\/v1\/?$/, () => '["mark","spot","trade"]'],
  [
    /^\/api\/charts\/v1\/(?:trade|mark|spot)\/?$/,
    (desk) => JSON.stringify(desk.clearing.contracts.map(({ symbol }) => symbol)),
  ],
  [
    /^\/api\/charts\/v1\/(?:trade|mark|spot)\/([\w.]+)$/,
    () => JSON.stringify(Object.keys(RESOLUTIONS)),
  ],
  [
    /^\/api\/charts\/v1\/(?:trade|mark|spot)\/([\w.]+)\/(\w+)$/,
    (desk, params, symbol, resolution) => candles(desk, params, symbol, resolution),
  ],
  [
    /^\/api\/history\/v\d\/market\/([\w.]+)\/executions$/,
    (desk, params, symbol) => pageBody(executions(desk, find(desk, symbol)), params),
  ],
  [
    /^\/api\/history\/v\d\/market\/([\w.]+)\/(?:orders|price)$/,
    (desk, params, symbol) => pageBody(find(desk, symbol) && [], params),
  ],
];

/** A market by its symbol, which moves from now on. */
export function find(desk: FuturesDesk, symbol = ''): Market {
  const market = desk.marketOf(symbol);
  if (market === undefined) throw new FuturesError('marketUnavailable');
  desk.now(market);
  return market;
}

function list(markets: readonly Market[], print: (market: Market) => string): string {
  return `[${markets.map(print).join(',')}]`;
}

function ofType(desk: FuturesDesk, params: WireParams): Market[] {
  const types = textsOf(params['contractType']);
  return [...desk.exchange.markets.values()].filter(
    (market) =>
      types.length === 0 || types.includes('all') || types.includes(desk.contractOf(market).type),
  );
}

function named(desk: FuturesDesk, params: WireParams): Market[] {
  const symbols = textsOf(params['symbol']).map((symbol) => symbol.toUpperCase());
  const markets = ofType(desk, params).filter(
    ({ instrument: { symbol } }) => symbols.length === 0 || symbols.includes(symbol),
  );
  for (const market of markets) desk.now(market);
  return markets;
}

function instrument(desk: FuturesDesk, market: Market): string {
  const contract = desk.contractOf(market);
  const { symbol, kind, pricePrecision, quantityPrecision, marginLevels, maturityMs } = contract;
  const levels = marginLevels.map(({ fromLots, initial, maintenance }) =>
    row({
      ...(kind === 'inverse'
        ? { contracts: String(fromLots) }
        : { numNonContractUnits: numberText(fromLots, quantityPrecision) }),
      initialMargin: numberText(initial, 6),
      maintenanceMargin: numberText(maintenance, 6),
    }),
  );
  return row({
    symbol: quote(symbol),
    type: quote(contract.type),
    pair: quote(contract.pair),
    base: quote(contract.base),
    quote: quote(contract.quote),
    underlying: quote(`rr_${contract.base.toLowerCase()}usd`),
    tickSize: numberText(market.increment, pricePrecision),
    contractSize: '1',
    contractValueTradePrecision: String(quantityPrecision),
    impactMidSize: '1.0',
    maxPositionSize: numberText(contract.maxPositionLots, quantityPrecision),
    minimumTradeSize: numberText(contract.minimumLots, quantityPrecision),
    openingDate: '"2022-01-01T00:00:00.000Z"',
    lastTradingTime:
      maturityMs === undefined ? undefined : quote(new Date(maturityMs).toISOString()),
    tradeable: String(market.state !== 'maintenance'),
    postOnly: String(market.state === 'post_only'),
    fundingRateCoefficient: maturityMs === undefined ? '24' : undefined,
    maxRelativeFundingRate: maturityMs === undefined ? '0.001' : undefined,
    category: '""',
    tags: '[]',
    marginLevels: `[${levels.join(',')}]`,
    retailMarginLevels: `[${levels.join(',')}]`,
    isin: 'null',
    feeScheduleUid: quote(FEE_SCHEDULE),
    hasFunding: String(maturityMs === undefined),
    tradfi: 'false',
    mtf: 'false',
  });
}

function statusOf(market: Market): Record<string, string> {
  return {
    tradeable: quote(market.instrument.symbol),
    experiencingDislocation: 'false',
    priceDislocationDirection: 'null',
    experiencingExtremeVolatility: 'false',
    extremeVolatilityInitialMarginMultiplier: '1',
  };
}

function ticker(desk: FuturesDesk, market: Market): string {
  const nowNs = desk.now(market);
  const feed = desk.source.feeds.feed(market);
  const state = tickerState(desk, feed, nowNs);
  const { contract } = state;
  const last = feed.trades.at(-1);
  return row({
    symbol: quote(contract.symbol),
    last: state.last,
    lastTime: last && quote(isoMillis(last.atNs)),
    lastSize: last && numberText(last.lots, contract.quantityPrecision),
    tag: quote(contract.tag),
    pair: quote(contract.pair),
    markPrice: state.mark,
    bid: state.bid,
    bidSize: state.bid && state.bidSize,
    ask: state.ask,
    askSize: state.ask && state.askSize,
    vol24h: state.volume,
    volumeQuote: state.volumeQuote,
    openInterest: state.openInterest,
    open24h: state.open,
    high24h: state.high,
    low24h: state.low,
    change24h: state.last && state.change,
    fundingRate: state.funding?.rate,
    fundingRatePrediction: state.funding?.prediction,
    suspended: String(state.isSuspended),
    indexPrice: state.index,
    postOnly: String(state.isPostOnly),
    isUnderlyingMarketClosed: 'false',
  });
}

function orderBook(desk: FuturesDesk, market: Market): string {
  desk.now(market);
  const { pricePrecision, quantityPrecision } = market.instrument;
  const side = (levels: { at(rank: number): Level | undefined; readonly size: number }): string => {
    const rows: string[] = [];
    for (let rank = 0; rank < levels.size; rank += 1) {
      const level = levels.at(rank);
      if (level === undefined) break;
      rows.push(
        `[${numberText(level.ticks, pricePrecision)},${numberText(level.lots, quantityPrecision)}]`,
      );
    }
    return rows.join(',');
  };
  return `"orderBook":{"bids":[${side(market.book.bids)}],"asks":[${side(market.book.asks)}]}`;
}

function history(desk: FuturesDesk, params: WireParams): string {
  const market = find(desk, required(params, 'symbol'));
  const { symbol, pricePrecision, quantityPrecision } = market.instrument;
  const lastTime = textOf(params['lastTime']);
  const before = lastTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastTime);
  if (Number.isNaN(before)) throw new FuturesError('invalidArgument');
  const trades = desk.source.feeds
    .feed(market)
    .trades.filter(({ atNs }) => Number(atNs / 1_000_000n) < before)
    .slice(-HISTORY_TRADES)
    .toReversed();
  const rows = trades.map(({ id, side, ticks, lots, atNs }) =>
    row({
      time: quote(isoMillis(atNs)),
      trade_id: String(id),
      price: numberText(ticks, pricePrecision),
      size: numberText(lots, quantityPrecision),
      side: quote(side),
      type: '"fill"',
      uid: quote(tradeUid(symbol, id)),
    }),
  );
  return `"history":[${rows.join(',')}]`;
}

/** The public executions of a market, oldest first; both orders without who placed them. */
function executions(desk: FuturesDesk, market: Market): Element[] {
  return desk.source.feeds.feed(market).trades.map((trade) => execution(market, trade));
}

function execution(market: Market, { id, side, ticks, lots, orderType, atNs }: Trade): Element {
  const { symbol, pricePrecision, quantityPrecision } = market.instrument;
  const uid = tradeUid(symbol, id);
  const atMs = Number(atNs / 1_000_000n);
  const price = fixedText(ticks, pricePrecision);
  const quantity = fixedText(lots, quantityPrecision);
  const order = (direction: string, type: string, name: string): string =>
    row({
      uid: quote(tradeUid(`${name} ${symbol}`, id)),
      tradeable: quote(symbol),
      direction: quote(direction),
      quantity: quote(quantity),
      timestamp: String(atMs),
      limitPrice: quote(price),
      orderType: quote(type),
      reduceOnly: 'false',
      lastUpdateTimestamp: String(atMs),
    });
  const takes = side === 'buy' ? 'Buy' : 'Sell';
  const makes = side === 'buy' ? 'Sell' : 'Buy';
  const body = row({
    uid: quote(uid),
    makerOrder: order(makes, 'Limit', 'maker'),
    takerOrder: order(takes, orderType === 'market' ? 'Market' : 'Limit', 'taker'),
    timestamp: String(atMs),
    quantity: quote(quantity),
    price: quote(price),
    markPrice: quote(price),
    limitFilled: 'false',
    usdValue: quote(price),
  });
  return {
    uid,
    atMs,
    text: `{"uid":${quote(uid)},"timestamp":${atMs},"event":{"Execution":{"execution":${body},"takerReducedQuantity":""}}}`,
  };
}

const FEE_SCHEDULE = '5b755fea-c5b0-4307-a66e-b392cd5bd931';

function feeSchedules(desk: FuturesDesk): string {
  const fees = desk.clearing.contracts[0]?.fees ?? [];
  const tiers = fees.map(({ maker, taker, volume }) =>
    row({
      makerFee: numberText(maker, 4),
      takerFee: numberText(taker, 4),
      usdVolume: numberText(volume, 0),
    }),
  );
  return `"feeSchedules":[${row({ uid: quote(FEE_SCHEDULE), name: '"Sandbox"', tiers: `[${tiers.join(',')}]` })}]`;
}

function fundingRates(desk: FuturesDesk, params: WireParams): string {
  const market = find(desk, required(params, 'symbol'));
  const contract = desk.contractOf(market);
  const rows = desk.clearing.funding.history(contract).map(({ atNs, rate, index }) =>
    row({
      timestamp: quote(isoMillis(atNs)),
      fundingRate: absoluteRate(contract, rate, index),
      relativeFundingRate: relativeRate(rate),
    }),
  );
  return `"rates":[${rows.join(',')}]`;
}

/** Of trades, whatever the tick type: the mark price and the index are not kept in candles. */
function candles(desk: FuturesDesk, params: WireParams, symbol = '', resolution = ''): string {
  const market = find(desk, symbol);
  const minutes = RESOLUTIONS[resolution];
  if (minutes === undefined) throw new FuturesError('invalidArgument');
  const { pricePrecision, quantityPrecision } = market.instrument;
  const from = Number(textOf(params['from']) ?? 0) * 1_000;
  const to = Number(textOf(params['to']) ?? Number.POSITIVE_INFINITY) * 1_000;
  const count = Number(textOf(params['count']) ?? MOST_CANDLES);
  const all = desk.source.feeds
    .feed(market)
    .candles.series(minutes)
    .filter(({ beginNs }) => {
      const ms = Number(beginNs / 1_000_000n);
      return ms >= from && ms <= to;
    });
  const shown = params['from'] === undefined ? all.slice(-count) : all.slice(0, count);
  const price = (ticks: number): string => quote(fixedText(ticks, pricePrecision));
  const rows = shown.map(({ beginNs, open, high, low, close, lots }) =>
    row({
      time: String(beginNs / 1_000_000n),
      open: price(open),
      high: price(high),
      low: price(low),
      close: price(close),
      volume: quote(fixedText(lots, quantityPrecision)),
    }),
  );
  return `{"candles":[${rows.join(',')}],"more_candles":${shown.length < all.length}}`;
}
