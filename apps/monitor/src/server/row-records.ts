import type { CandleText, TradeText } from '../feed/source.ts';
import { encodeRecord } from '../protocol/encode.ts';
import type { ColumnRow } from '../protocol/records.ts';
import { parseScaled } from '../protocol/scaled.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const decimalsOf = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
};

/** The decimals that none of these texts exceeds. */
const precisionOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(decimalsOf));

/** Trades in the exchange's digits, as many decimals as their longest has. */
export const encodeTrades = (
  symbol: number,
  rows: readonly TradeText[],
  isSnapshot: boolean,
): Bytes => {
  const pricePrecision = precisionOf(rows.map(({ price }) => price));
  const quantityPrecision = precisionOf(rows.map(({ quantity }) => quantity));
  const trades = rows.map(({ time, price, quantity, side }) => ({
    time,
    price: parseScaled(price, pricePrecision),
    quantity: parseScaled(quantity, quantityPrecision),
    side,
  }));
  return encodeRecord({
    type: 'trades',
    symbol,
    isSnapshot,
    pricePrecision,
    quantityPrecision,
    trades,
  });
};

export const encodeCandles = (
  symbol: number,
  interval: number,
  rows: readonly CandleText[],
  isSnapshot: boolean,
): Bytes => {
  const prices = rows.flatMap(({ open, high, low, close }) => [open, high, low, close]);
  const pricePrecision = precisionOf(prices);
  const quantityPrecision = precisionOf(rows.map(({ volume }) => volume));
  const candles = rows.map((row) => ({
    time: row.time,
    open: parseScaled(row.open, pricePrecision),
    high: parseScaled(row.high, pricePrecision),
    low: parseScaled(row.low, pricePrecision),
    close: parseScaled(row.close, pricePrecision),
    volume: parseScaled(row.volume, quantityPrecision),
  }));
  return encodeRecord({
    type: 'candles',
    symbol,
    interval,
    isSnapshot,
    pricePrecision,
    quantityPrecision,
    candles,
  });
};

export const encodeColumns = (
  symbol: number,
  pricePrecision: number,
  columns: readonly ColumnRow[],
  isSnapshot: boolean,
): Bytes => encodeRecord({ type: 'columns', symbol, isSnapshot, pricePrecision, columns });
