import type { SpotClient } from '@kr/rest';
import type { AssetPair, AssetsResult } from '@kr/schemas/rest';
import { createSymbolTable, type PairNames } from '@kr/schemas/symbols';
import { CliError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** A pair under all its names, and what the exchange says of it. */
export interface ListedPair extends PairNames {
  readonly body: AssetPair;
}

/** The pairs of the exchange, found by whatever a person calls them. */
export interface Listing {
  readonly pairs: readonly ListedPair[];
  /** @throws CliError naming what may have been meant */
  pair(name: string): ListedPair;
  /** By one of the exchange's own names; `undefined` for a pair that is listed no more. */
  find(name: string): ListedPair | undefined;
  /** The canonical name of an asset, or the name itself where it is not known. */
  asset(name: string): string;
  /** The exchange's own name of an asset, or the name itself where it is not known. */
  assetId(name: string): string;
  /** What all of it was made of. */
  readonly bodies: Readonly<Record<string, AssetPair>>;
}

export const loadListing = async (client: SpotClient, signal: AbortSignal): Promise<Listing> =>
  createListing(await client.assetPairs({}, { signal }));

/** With the assets that no pair trades, too: what an account can hold. */
export const loadListingWithAssets = async (
  client: SpotClient,
  signal: AbortSignal,
): Promise<Listing> => {
  const [pairs, assets] = await Promise.all([
    client.assetPairs({}, { signal }),
    client.assets({}, { signal }),
  ]);
  return createListing(pairs, assets);
};

export const createListing = (
  bodies: Readonly<Record<string, AssetPair>>,
  assets?: AssetsResult,
): Listing => {
  const table = createSymbolTable({ assetPairs: bodies, assets });
  const pairs = table.pairs.flatMap((names) => {
    const body = bodies[names.restId];
    return body === undefined ? [] : [{ ...names, body }];
  });
  const byId = new Map(pairs.map((pair) => [pair.restId, pair]));
  const bySquashed = new Map<string, Set<ListedPair>>();
  for (const pair of pairs) {
    for (const name of [pair.symbol, pair.restId, pair.altname, pair.v1Symbol]) {
      const key = squash(name);
      bySquashed.set(key, (bySquashed.get(key) ?? new Set()).add(pair));
    }
  }
  const find = (name: string): ListedPair | undefined => {
    const names = table.pair(name) ?? table.pair(name.toUpperCase());
    return names && byId.get(names.restId);
  };
  return {
    pairs,
    find,
    bodies,
    asset: (name) => table.asset(name)?.asset ?? name,
    assetId: (name) => table.asset(name)?.restId ?? name,
    pair: (name) => {
      const exact = find(name);
      if (exact !== undefined) return exact;
      const [one, ...others] = bySquashed.get(squash(name)) ?? [];
      if (one !== undefined && others.length === 0) return one;
      throw one === undefined ? unknownPair(name, pairs) : ambiguous(name, [one, ...others]);
    },
  };
};

/** `btc-usd`, `BTC_USD` and `btcusd` are one. */
const squash = (name: string): string => name.toUpperCase().replaceAll(/[\s/:_-]/g, '');

const unknownPair = (name: string, pairs: readonly ListedPair[]): CliError => {
  const close = nearest(
    squash(name),
    new Map(pairs.map(({ symbol }) => [squash(symbol), symbol])).keys(),
    3,
  );
  const symbols = close.map((key) => pairs.find(({ symbol }) => squash(symbol) === key)?.symbol);
  return new CliError('validation', `There is no pair "${name}".`, {
    code: 'UNKNOWN_PAIR',
    hint: symbols.length === 0 ? 'kr pairs lists them.' : `Did you mean ${symbols.join(' or ')}?`,
  });
};

const ambiguous = (name: string, pairs: readonly ListedPair[]): CliError =>
  new CliError('validation', `"${name}" may be several pairs.`, {
    code: 'AMBIGUOUS_PAIR',
    hint: `Write one of ${pairs.map(({ symbol }) => symbol).join(', ')}.`,
  });
