import { formatTimestamp, parseTimestamp } from '@kr/schemas/shared';
import type { Market, Trade } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { levelsOf } from './paper-books.ts';
import { UNKNOWN_PAIR } from './paper-route.ts';
import { feedOf, type PublicContext, type PublicHandler } from './public-context.ts';
import { textOf, type WireParams } from './request-params.ts';
import { SpotRefusal } from './spot-refusal.ts';

/** The venue's code in the words of the European rules. */
const VENUE = 'PGSL';
const LEVELS = 10;
const MOST_TRADES = 1_000;

/** The ten best levels of a book. */
export const preTrade: PublicHandler = (context, { symbol }) => {
  const market = context.names.market(textOf(symbol) ?? '');
  if (market === undefined) return UNKNOWN_PAIR;
  context.wake(market.instrument.symbol);
  const rows = (side: 'bids' | 'asks'): unknown[] =>
    levelsOf(market, side, LEVELS).map((level) => ({
      side: side === 'bids' ? 'BUY' : 'SELL',
      price: fixedText(level.ticks, market.instrument.pricePrecision),
      qty: fixedText(level.lots, market.instrument.quantityPrecision),
      count: level.count,
      publication_ts: formatTimestamp(level.tail?.queueNs ?? context.nowNs),
    }));
  return {
    ...assetsOf(market),
    venue: VENUE,
    system: 'CLOB',
    bids: rows('bids'),
    asks: rows('asks'),
  };
};

/** Trades between `from_ts` (exclusive) and `to_ts` (inclusive), the oldest first. */
export const postTrade: PublicHandler = (context, params) => {
  const markets = marketsOf(context, params);
  if (markets === undefined) return UNKNOWN_PAIR;
  const from = timeOf(params['from_ts']);
  const to = timeOf(params['to_ts']);
  if (from === 'invalid') return new SpotRefusal('EGeneral:Invalid arguments:from_ts');
  if (to === 'invalid') return new SpotRefusal('EGeneral:Invalid arguments:to_ts');
  const count = Number(params['count'] ?? MOST_TRADES);
  if (!Number.isInteger(count) || count < 1 || count > MOST_TRADES) {
    return new SpotRefusal('EGeneral:Invalid arguments:count');
  }
  const rows = markets
    .flatMap((market) => feedOf(context, market).trades.map((trade) => ({ market, trade })))
    .filter(({ trade: { atNs } }) => (from === undefined || atNs > from) && atNs <= (to ?? atNs))
    .toSorted((a, b) => Number(a.trade.atNs - b.trade.atNs));
  // A cursor goes on from where it was; without one, the newest are wanted.
  const shown = from === undefined ? rows.slice(-count) : rows.slice(0, count);
  const last = shown.at(-1)?.trade.atNs ?? from ?? context.nowNs;
  return {
    last_ts: formatTimestamp(last),
    count: shown.length,
    trades: shown.map(({ market, trade }) => tradeRow(market, trade)),
  };
};

function marketsOf(
  { exchange, names }: PublicContext,
  params: WireParams,
): readonly Market[] | undefined {
  const symbol = textOf(params['symbol']);
  if (symbol === undefined) return [...exchange.markets.values()];
  const market = names.market(symbol);
  return market === undefined ? undefined : [market];
}

function timeOf(value: unknown): bigint | undefined | 'invalid' {
  const text = textOf(value);
  return text === undefined ? undefined : (parseTimestamp(text) ?? 'invalid');
}

function tradeRow(market: Market, { id, ticks, lots, atNs }: Trade): unknown {
  const at = formatTimestamp(atNs);
  const { pricePrecision, quantityPrecision } = market.instrument;
  return {
    trade_id: String(id),
    price: fixedText(ticks, pricePrecision),
    quantity: fixedText(lots, quantityPrecision),
    ...assetsOf(market),
    trade_venue: VENUE,
    trade_ts: at,
    publication_venue: VENUE,
    publication_ts: at,
  };
}

function assetsOf({ instrument: { symbol, base, quote } }: Market): object {
  return {
    symbol,
    description: `${base} against ${quote}`,
    base_asset: base,
    base_notation: 'UNIT',
    quote_asset: quote,
    quote_notation: 'MONE',
  };
}
