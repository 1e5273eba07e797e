import { formatDecimal, fromScaled, parseDecimal } from '@kr/orderbook/decimal';
import type { FuturesResult } from './futures-client.ts';

/** What an order of a Futures contract must keep to. Decimals are texts without an exponent. */
export interface FuturesInstrument {
  /** `PF_XBTUSD` */
  readonly symbol: string;
  /** Prices are multiples of it. */
  readonly tickSize: string;
  /** Sizes are multiples of it; `undefined`: none is stated. */
  readonly lotSize: string | undefined;
  /** The least size; `undefined`: none is stated, and it is one lot. */
  readonly orderMin: string | undefined;
  /** The largest position; `undefined`: none is stated. */
  readonly positionMax: string | undefined;
  readonly isTradeable: boolean;
}

type Rows = FuturesResult<'instruments'>['instruments'];

/**
 * The contracts of an `instruments()` or `tradingInstruments()` answer, by their symbols. Indices,
 * which nobody trades, are left out.
 */
export function createFuturesInstruments(rows: Rows): ReadonlyMap<string, FuturesInstrument> {
  const instruments = new Map<string, FuturesInstrument>();
  for (const row of rows) {
    const { symbol, tickSize, tradeable, minimumTradeSize, maxPositionSize } = row;
    if (tickSize === undefined || tickSize === null) continue;
    const instrument = {
      symbol,
      tickSize: plain(tickSize),
      lotSize: lotSizeOf(row),
      orderMin: plain(minimumTradeSize),
      positionMax: plain(maxPositionSize),
      isTradeable: tradeable,
    };
    // Bodies of 2021 have small letters, and requests may have either.
    for (const name of [symbol, symbol.toUpperCase()]) instruments.set(name, instrument);
  }
  return instruments;
}

/**
 * `contractValueTradePrecision` counts decimals, or, below zero, the zeros before the point. Contracts
 * that do not state it are of a fixed size: inverse ones come in whole dollars.
 */
function lotSizeOf({ contractValueTradePrecision: precision, contractSize }: Rows[number]) {
  if (precision === undefined) return plain(contractSize);
  return precision >= 0 ? fromScaled(1n, precision) : String(10n ** BigInt(-precision));
}

function plain(text: string): string;
function plain(text: string | null | undefined): string | undefined;
function plain(text: string | null | undefined): string | undefined {
  // The wire prints small ones as 1e-7.
  return text === undefined || text === null ? undefined : formatDecimal(parseDecimal(text));
}
