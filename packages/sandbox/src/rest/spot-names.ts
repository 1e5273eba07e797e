import type { Exchange, ExchangeInstrument, Market } from '../exchange/index.ts';

/** Assets whose REST names are older than v2's: id and altname, by v2's name. All others have one name. */
const ASSETS: Readonly<Record<string, readonly [id: string, altname: string]>> = {
  BTC: ['XXBT', 'XBT'],
  DOGE: ['XXDG', 'XDG'],
  ETH: ['XETH', 'ETH'],
  ETC: ['XETC', 'ETC'],
  LTC: ['XLTC', 'LTC'],
  MLN: ['XMLN', 'MLN'],
  XLM: ['XXLM', 'XLM'],
  XMR: ['XXMR', 'XMR'],
  XRP: ['XXRP', 'XRP'],
  ZEC: ['XZEC', 'ZEC'],
  USD: ['ZUSD', 'USD'],
  EUR: ['ZEUR', 'EUR'],
  JPY: ['ZJPY', 'JPY'],
};

/** Bases whose pairs are keyed by the ids of both assets; the others by the altnames of both. */
const LONG_BASES: ReadonlySet<string> = new Set([
  'BTC',
  'ETH',
  'ETC',
  'LTC',
  'MLN',
  'XLM',
  'XMR',
  'XRP',
  'ZEC',
  'USD',
  'EUR',
  'USDT',
]);
const LONG_QUOTES: ReadonlySet<string> = new Set(['USD', 'EUR', 'JPY', 'BTC']);

export function assetId(asset: string): string {
  return ASSETS[asset]?.[0] ?? asset;
}

export function assetAltname(asset: string): string {
  return ASSETS[asset]?.[1] ?? asset;
}

/** The names of a pair: `XXBTZUSD`, `XBTUSD`, `XBT/USD`. */
export function pairNames({ base, quote }: ExchangeInstrument): {
  readonly id: string;
  readonly altname: string;
  readonly wsname: string;
} {
  const altname = `${assetAltname(base)}${assetAltname(quote)}`;
  const isLong = LONG_BASES.has(base) && LONG_QUOTES.has(quote);
  return {
    id: isLong ? `${assetId(base)}${assetId(quote)}` : altname,
    altname,
    wsname: `${assetAltname(base)}/${assetAltname(quote)}`,
  };
}

/** Finds markets and assets by any of their names. */
export class SpotNames {
  readonly #markets = new Map<string, Market>();
  readonly #assets = new Map<string, string>();

  constructor(exchange: Exchange) {
    for (const market of exchange.markets.values()) {
      const { id, altname, wsname } = pairNames(market.instrument);
      for (const name of [id, altname, wsname, market.instrument.symbol]) {
        this.#markets.set(name, market);
      }
    }
    for (const asset of exchange.scales.keys()) {
      for (const name of [asset, assetId(asset), assetAltname(asset)])
        this.#assets.set(name, asset);
    }
  }

  market(name: string): Market | undefined {
    return this.#markets.get(name) ?? this.#markets.get(name.toUpperCase());
  }

  /** In v2's name. */
  asset(name: string): string | undefined {
    return this.#assets.get(name) ?? this.#assets.get(name.toUpperCase());
  }
}
