import type { Exchange, Market } from '../exchange/index.ts';
import type { PublicFeeds } from '../market-data/public-feeds.ts';
import type { SymbolFeed } from '../market-data/symbol-feed.ts';
import { textOf, type WireParams } from './request-params.ts';
import type { SpotNames } from './spot-names.ts';

/** What the public endpoints work with. */
export interface PublicContext {
  readonly exchange: Exchange;
  readonly feeds: PublicFeeds;
  readonly names: SpotNames;
  readonly nowNs: bigint;
  readonly wake: (symbol: string) => void;
}

export type PublicHandler = (context: PublicContext, params: WireParams) => unknown;

/** The feed of a market, which moves from now on. */
export function feedOf({ feeds, wake }: PublicContext, market: Market): SymbolFeed {
  wake(market.instrument.symbol);
  return feeds.feed(market);
}

/** Whether a request is about tokenized assets, of which there is none here. */
export function isTokenized(params: WireParams): boolean {
  return ['asset_class', 'aclass', 'aclass_base'].some(
    (name) => textOf(params[name]) === 'tokenized_asset',
  );
}
