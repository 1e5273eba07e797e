import type { Market, Trade } from '../../exchange/index.ts';
import { fixedText } from '../../market-data/fixed-text.ts';
import { textOf, type WireParams } from '../../rest/request-params.ts';
import type { FuturesDesk } from '../desk.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { tradeUid } from '../uuid.ts';
import { markPrices, publicOrders } from './market-history.ts';
import { find, type MarketAnswer } from './market-routes.ts';
import { type Element, pageBody } from './page.ts';
import { FuturesError } from './refusal.ts';

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

/** The answers that are whole bodies, with no envelope around them. */
export const PUBLIC_BODIES: readonly (readonly [RegExp, MarketAnswer])[] = [
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
    /^\/api\/history\/v\d\/market\/([\w.]+)\/orders$/,
    (desk, params, symbol) => pageBody(publicOrders(desk, find(desk, symbol)), params),
  ],
  [
    /^\/api\/history\/v\d\/market\/([\w.]+)\/price$/,
    (desk, params, symbol) => pageBody(markPrices(desk, find(desk, symbol)), params),
  ],
];

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
