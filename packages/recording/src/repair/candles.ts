import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  signOfDecimal,
} from '@kr/orderbook/decimal';

/** What of a trade a candle is made of. */
export interface CandleTrade {
  readonly symbol: string;
  readonly price: string;
  readonly quantity: string;
  /** When it was made, ns since the epoch. */
  readonly ns: bigint;
}

/** A candle, exact; `vwap` has as many decimals as the prices, half to even. */
export interface Candle {
  readonly symbol: string;
  readonly beginNs: bigint;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly vwap: string;
  readonly trades: number;
}

/** Rebuilds candles of so many minutes from trades in their order; an interval without a trade has none. */
export function rebuildCandles(trades: Iterable<CandleTrade>, minutes: number): Candle[] {
  const everyNs = BigInt(Math.round(minutes * 60)) * 1_000_000_000n;
  const open = new Map<string, { readonly candle: Candle; readonly notional: string }>();
  for (const { symbol, price, quantity, ns } of trades) {
    const beginNs = ns - (ns % everyNs);
    const key = `${symbol} ${beginNs}`;
    const known = open.get(key);
    const before = known?.candle;
    const notional = addDecimals(known?.notional ?? '0', multiplyDecimals(price, quantity));
    const volume = before === undefined ? quantity : addDecimals(before.volume, quantity);
    const scale = parseDecimal(before?.open ?? price).scale;
    const candle: Candle = {
      symbol,
      beginNs,
      open: before?.open ?? price,
      high: before === undefined || compareDecimals(price, before.high) > 0 ? price : before.high,
      low: before === undefined || compareDecimals(price, before.low) < 0 ? price : before.low,
      close: price,
      volume,
      vwap: signOfDecimal(volume) === 0 ? price : divideDecimals(notional, volume, scale),
      trades: (before?.trades ?? 0) + 1,
    };
    open.set(key, { candle, notional });
  }
  return [...open.values()].map(({ candle }) => candle);
}
