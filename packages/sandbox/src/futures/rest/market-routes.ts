import type { Level, Market } from '../../exchange/index.ts';
import { textOf, textsOf, type WireParams } from '../../rest/request-params.ts';
import type { FuturesDesk } from '../desk.ts';
import { isoMillis } from '../log-fields.ts';
import { numberText } from '../number-text.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { absoluteRate, relativeRate, tickerState } from '../ticker.ts';
import { tradeUid } from '../uuid.ts';
import { FuturesError, required } from './refusal.ts';

/** Trades of one answer of `history`. */
const HISTORY_TRADES = 100;
/** The fields of an answer, or a whole body. `parts` are those of the path's pattern. */
export type MarketAnswer = (
  desk: FuturesDesk,
  params: WireParams,
  ...parts: readonly string[]
) => string;

/** What everybody may ask, by the path below its base; the parts of a pattern are given to the answer. */
export const MARKET_ROUTES: readonly (readonly [RegExp, MarketAnswer])[] = [
  [
    // The second is what an account may trade in: all of it.
    /^v\d\/(?:trading\/)?instruments$/,
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
