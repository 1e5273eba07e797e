import type { AssetPairsResult, AssetsResult } from '../rest/index.ts';

/** One asset under all its names. */
export interface AssetNames {
  /** Canonical, as v2 has it: `BTC`. */
  readonly asset: string;
  /** The key of the REST bodies: `XXBT`. */
  readonly restId: string;
  /** The short name of REST and v1: `XBT`. */
  readonly altname: string;
}

/** One pair under all its names. */
export interface PairNames {
  /** Canonical, as v2 has it: `BTC/USD`. */
  readonly symbol: string;
  /** The key of the REST bodies: `XXBTZUSD`. */
  readonly restId: string;
  /** REST's other name: `XBTUSD`. */
  readonly altname: string;
  /** As v1 has it (REST `wsname`): `XBT/USD`. */
  readonly v1Symbol: string;
  /** Canonical. */
  readonly base: string;
  /** Canonical. */
  readonly quote: string;
}

export interface SymbolTable {
  readonly assets: readonly AssetNames[];
  readonly pairs: readonly PairNames[];
  /** By any of its names. */
  asset(name: string): AssetNames | undefined;
  /** By any of its names. */
  pair(name: string): PairNames | undefined;
}

/**
 * The two assets that v2 calls otherwise than REST and v1 do.
 * https://docs.kraken.com/api/docs/guides/global-intro
 */
const RENAMED: Readonly<Record<string, string>> = { XBT: 'BTC', XDG: 'DOGE' };

export interface SymbolTableOptions {
  /** The result of REST `AssetPairs`. */
  readonly assetPairs: AssetPairsResult;
  /** The result of REST `Assets`; without it, assets are known by what the pairs say. */
  readonly assets?: AssetsResult | undefined;
  /** More renamings, from the REST short name to the canonical one. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
}

/**
 * The names of every asset and pair, both ways, from what the exchange says of itself. No name is
 * taken apart: XTZ, XRP, XLM, ZRX and ZEC begin with the letters that mark others.
 */
export function createSymbolTable(options: SymbolTableOptions): SymbolTable {
  const renamed = { ...RENAMED, ...options.renamed };
  const canonical = (altname: string): string => renamed[altname] ?? altname;
  const assets: AssetNames[] = [];
  const pairs: PairNames[] = [];
  const assetsByName = new Map<string, AssetNames>();
  const pairsByName = new Map<string, PairNames>();

  const addAsset = (restId: string, altname: string): void => {
    if (assetsByName.get(restId)?.restId === restId) return;
    const names = { asset: canonical(altname), restId, altname };
    assets.push(names);
    register(assetsByName, [restId], names, 'replace');
    register(assetsByName, [names.asset, altname], names, 'keep');
  };

  for (const [restId, { altname }] of Object.entries(options.assets ?? {})) {
    addAsset(restId, altname);
  }
  for (const [restId, row] of Object.entries(options.assetPairs)) {
    const { wsname, altname } = row;
    // Dark pools, gone since 2020, and rows of partial answers have none: no socket knows them.
    if (wsname === undefined || altname === undefined) continue;
    const [base, quote] = wsname.split('/');
    if (base === undefined || quote === undefined) continue;
    if (row.base !== undefined) addAsset(row.base, base);
    if (row.quote !== undefined) addAsset(row.quote, quote);
    const names = {
      symbol: `${canonical(base)}/${canonical(quote)}`,
      restId,
      altname,
      v1Symbol: wsname,
      base: canonical(base),
      quote: canonical(quote),
    };
    pairs.push(names);
    register(pairsByName, [restId, names.symbol], names, 'replace');
    register(pairsByName, [altname, wsname], names, 'keep');
  }
  return {
    assets,
    pairs,
    asset: (name) => assetsByName.get(name),
    pair: (name) => pairsByName.get(name),
  };
}

/** A name that is one row's own is never taken by another row's second name. */
function register<T>(
  table: Map<string, T>,
  names: readonly string[],
  row: T,
  onConflict: 'keep' | 'replace',
): void {
  for (const name of names) {
    if (onConflict === 'replace' || !table.has(name)) table.set(name, row);
  }
}
