import { formatTimestamp } from '@kr/schemas/shared';
import type { Market, Trade } from '../exchange/index.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { type Candle, Candles, vwapOf } from './candles.ts';
import { fixedText } from './fixed-text.ts';
import { RollingDay } from './rolling-day.ts';

/** Trades of a snapshot of the trade channel. */
const SNAPSHOT_TRADES = 50;
/** Trades kept, for REST: as many as it gives at once. */
const KEPT_TRADES = 1_000;
/** Candles of a snapshot; the documentation does not say how many. */
const SNAPSHOT_CANDLES = 720;
/** About as many as REST gives. */
const KEPT_SPREADS = 200;
const MINUTE_NS = 60_000_000_000n;

/** What the trades of one market add up to, and the frames of the channels that tell it. */
export class SymbolFeed {
  readonly market: Market;
  readonly day: RollingDay = new RollingDay();
  readonly candles: Candles = new Candles();
  /** Oldest first. */
  readonly trades: Trade[] = [];
  /** The best prices whenever they changed, oldest first. */
  readonly spreads: { readonly atNs: bigint; readonly bid: number; readonly ask: number }[] = [];

  constructor(market: Market) {
    this.market = market;
  }

  add(trades: readonly Trade[]): void {
    for (const trade of trades) {
      this.day.add(trade.ticks, trade.lots, trade.atNs);
      this.candles.add(trade);
      this.trades.push(trade);
    }
    if (this.trades.length > KEPT_TRADES * 1.5) {
      this.trades.splice(0, this.trades.length - KEPT_TRADES);
    }
  }

  /** Enters the best prices, when they are others than before. */
  addSpread(atNs: bigint): void {
    const { bids, asks } = this.market.book;
    const bid = bids.best?.ticks;
    const ask = asks.best?.ticks;
    const last = this.spreads.at(-1);
    if (bid === undefined || ask === undefined || (last?.bid === bid && last.ask === ask)) return;
    this.spreads.push({ atNs, bid, ask });
    if (this.spreads.length > KEPT_SPREADS) this.spreads.shift();
  }

  price(ticks: number): string {
    return fixedText(ticks, this.market.instrument.pricePrecision);
  }

  quantity(lots: bigint): string {
    return fixedText(lots, this.market.instrument.quantityPrecision);
  }

  /** Of these trades, or the snapshot of the last fifty, oldest first. */
  tradeFrame(trades?: readonly Trade[]): WireFrame {
    const type = trades === undefined ? 'snapshot' : 'update';
    const { symbol } = this.market.instrument;
    const rows = (trades ?? this.trades.slice(-SNAPSHOT_TRADES)).map(
      ({ side, ticks, lots, orderType, id, atNs }) =>
        `{"symbol":"${symbol}","side":"${side}","price":${this.price(ticks)},"qty":${this.quantity(lots)},"ord_type":"${orderType}","trade_id":${id},"timestamp":"${formatMicros(atNs)}"}`,
    );
    return new WireFrame(`{"channel":"trade","type":"${type}","data":[${rows.join(',')}]}`);
  }

  /** The running candle, or the snapshot of those before it too. */
  ohlcFrame(type: 'snapshot' | 'update', interval: number, atNs: bigint): WireFrame {
    const rows = this.candles
      .series(interval)
      .slice(type === 'snapshot' ? -SNAPSHOT_CANDLES : -1)
      .map((candle) => this.#candleRow(candle, interval));
    return new WireFrame(
      `{"channel":"ohlc","type":"${type}","timestamp":"${formatTimestamp(atNs)}","data":[${rows.join(',')}]}`,
    );
  }

  /** Fields that have no value (an empty side, nothing traded) are left out. */
  tickerFrame(type: 'snapshot' | 'update', atNs: bigint): WireFrame {
    const { instrument, book } = this.market;
    const bid = book.bids.best;
    const ask = book.asks.best;
    const fields = [`"symbol":"${instrument.symbol}"`];
    if (bid !== undefined) {
      fields.push(`"bid":${this.price(bid.ticks)},"bid_qty":${this.quantity(bid.lots)}`);
    }
    if (ask !== undefined) {
      fields.push(`"ask":${this.price(ask.ticks)},"ask_qty":${this.quantity(ask.lots)}`);
    }
    const day = this.day.read(atNs);
    if (day !== undefined) {
      const change = day.last - day.open;
      const hundredths = Math.round((change / day.open) * 10_000);
      fields.push(
        `"last":${this.price(day.last)},"volume":${this.quantity(day.lots)}`,
        `"vwap":${this.price(day.vwap)},"low":${this.price(day.low)},"high":${this.price(day.high)}`,
        `"change":${this.price(change)},"change_pct":${fixedText(hundredths, 2)}`,
      );
    }
    fields.push(`"timestamp":"${formatMicros(atNs)}"`);
    return new WireFrame(`{"channel":"ticker","type":"${type}","data":[{${fields.join(',')}}]}`);
  }

  #candleRow(candle: Candle, interval: number): string {
    const { beginNs, open, high, low, close, trades, lots } = candle;
    const endNs = beginNs + BigInt(interval) * MINUTE_NS;
    return `{"symbol":"${this.market.instrument.symbol}","open":${this.price(open)},"high":${this.price(high)},"low":${this.price(low)},"close":${this.price(close)},"trades":${trades},"volume":${this.quantity(lots)},"vwap":${this.price(vwapOf(candle))},"interval_begin":"${formatTimestamp(beginNs)}","interval":${interval},"timestamp":"${formatMicros(endNs)}"}`;
  }
}
