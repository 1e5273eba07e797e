import type { Candle, InstrumentPair, Ticker, Trade } from '@kr/schemas';
import { parseTimestamp } from '@kr/schemas/shared';
import type { InstrumentInfo } from '../protocol/control.ts';
import type { CandleText, TickerText, TradeText } from './source.ts';

/** RFC 3339 to ms since the epoch; 0 for what is none. */
const timeOf = (timestamp: string): number =>
  Number((parseTimestamp(timestamp) ?? 0n) / 1_000_000n);

export const instrumentInfoOf = (pair: InstrumentPair): InstrumentInfo => ({
  symbol: pair.symbol,
  base: pair.base,
  quote: pair.quote,
  pricePrecision: pair.price_precision,
  quantityPrecision: pair.qty_precision,
  tickSize: pair.price_increment,
  status: pair.status,
});

export const tradeTextOf = (trade: Trade): TradeText => ({
  time: timeOf(trade.timestamp),
  price: trade.price,
  quantity: trade.qty,
  side: trade.side === 'sell' ? 'sell' : 'buy',
});

export const tickerTextOf = (ticker: Ticker): TickerText => ({
  last: ticker.last,
  changePercent: ticker.change_pct,
  volume: ticker.volume,
  high: ticker.high,
  low: ticker.low,
});

export const candleTextOf = (candle: Candle): CandleText => ({
  time: timeOf(candle.interval_begin),
  open: candle.open,
  high: candle.high,
  low: candle.low,
  close: candle.close,
  volume: candle.volume,
});
