import { fromScaled } from '@kr/orderbook/decimal';
import type { AssetPairsResult } from '@kr/schemas/rest';
import { createSymbolTable } from '@kr/schemas/symbols';

/** What an order of a pair must keep to. Decimals are texts. */
export interface Instrument {
  /** Canonical: `BTC/USD`. */
  readonly symbol: string;
  /** What requests carry: `XBTUSD`. */
  readonly pair: string;
  /** Prices are multiples of it. */
  readonly tickSize: string;
  /** Volumes are multiples of it. */
  readonly lotSize: string;
  /** The least volume; `undefined`: none is stated. */
  readonly orderMin: string | undefined;
  /** The least price times volume, in the quote; `undefined`: none is stated. */
  readonly costMin: string | undefined;
  readonly status: string;
}

/** The instruments of an `assetPairs()` answer, by each of their names. */
export function createInstruments(assetPairs: AssetPairsResult): ReadonlyMap<string, Instrument> {
  const instruments = new Map<string, Instrument>();
  const table = createSymbolTable({ assetPairs });
  for (const { symbol, restId, altname, v1Symbol } of table.pairs) {
    const row = assetPairs[restId];
    if (row === undefined) continue;
    const instrument = {
      symbol,
      pair: altname,
      tickSize: row.tick_size ?? fromScaled(1n, row.pair_decimals),
      lotSize: fromScaled(1n, row.lot_decimals),
      orderMin: row.ordermin,
      costMin: row.costmin,
      // About an eighth of the rows do not say.
      status: row.status ?? 'online',
    };
    for (const name of [restId, symbol]) instruments.set(name, instrument);
    for (const name of [altname, v1Symbol]) {
      if (!instruments.has(name)) instruments.set(name, instrument);
    }
  }
  return instruments;
}
