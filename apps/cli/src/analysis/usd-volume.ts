import { compareDecimals, multiplyDecimals, roundDecimal } from '@kr/orderbook/decimal';
import { convert, createConversions, type Way } from './conversions.ts';

/** What the last 24 hours of a pair are made of. */
export interface PairDay extends Way {
  /** In the base. */
  readonly volume: string;
  /** Volume-weighted average price. */
  readonly vwap: string;
}

export type PairVolume = {
  readonly pair: string;
  readonly base_volume_24h: string;
  readonly quote_volume_24h: string;
  /** Absent where no way leads from the quote to USD. */
  readonly usd_volume_24h: string | undefined;
  /** The pairs that the quote was converted by. */
  readonly via: readonly string[] | undefined;
};

export interface UsdVolumes {
  /** The largest first; those without a USD volume last. */
  readonly rows: readonly PairVolume[];
  /** The quotes that cannot be converted. */
  readonly missing: readonly string[];
}

const TARGET = 'USD';
const QUOTE_SCALE = 8;
const USD_SCALE = 2;

/** The USD value of what every pair traded in 24 hours. */
export const usdVolumes = (days: readonly PairDay[]): UsdVolumes => {
  const conversions = createConversions(days, TARGET);
  const missing = new Set<string>();
  const rows = days.map(({ symbol, quote, volume, vwap }): PairVolume => {
    const turnover = multiplyDecimals(volume, vwap);
    const conversion = conversions.get(quote);
    if (conversion === undefined) missing.add(quote);
    return {
      pair: symbol,
      base_volume_24h: volume,
      quote_volume_24h: roundDecimal(turnover, QUOTE_SCALE),
      usd_volume_24h: conversion && convert(turnover, conversion, USD_SCALE),
      via: conversion?.path,
    };
  });
  return { rows: rows.toSorted(byUsdVolume), missing: [...missing].toSorted() };
};

const byUsdVolume = (a: PairVolume, b: PairVolume): number => {
  const [left, right] = [a.usd_volume_24h, b.usd_volume_24h];
  if (left !== undefined && right !== undefined) {
    return compareDecimals(right, left) || a.pair.localeCompare(b.pair);
  }
  if (left === undefined && right === undefined) return a.pair.localeCompare(b.pair);
  return left === undefined ? 1 : -1;
};
