import type { RequestSubject } from '../../faults/arm.ts';
import { MARKET_FEEDS, type MarketFeed } from './market-topics.ts';

const ACCOUNT_FEEDS = [
  'fills',
  'open_orders',
  'open_orders_verbose',
  'open_positions',
  'balances',
  'account_log',
  'notifications_auth',
] as const;
export type AccountFeed = (typeof ACCOUNT_FEEDS)[number];

/** What a client of the futures v1 socket says. */
export interface FuturesRequest {
  readonly event: string;
  readonly feed: string | undefined;
  /** As the exchange writes them: upper case. */
  readonly products: readonly string[] | undefined;
  readonly apiKey: string | undefined;
  readonly challenge: string | undefined;
  readonly signed: string | undefined;
}

/** Reads a message; `undefined`: it is no JSON object. Never throws. */
export function readRequest(text: string): FuturesRequest | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return undefined;
  const fields = message as Readonly<Record<string, unknown>>;
  const word = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' ? value : undefined;
  };
  const products = fields['product_ids'];
  return {
    event: word('event') ?? '',
    feed: word('feed'),
    products: Array.isArray(products)
      ? products.map((each) => (typeof each === 'string' ? each.toUpperCase() : ''))
      : undefined,
    apiKey: word('api_key'),
    challenge: word('original_challenge'),
    signed: word('signed_challenge'),
  };
}

/** What a message is about, for faults. */
export function subjectOf(request: FuturesRequest | undefined): RequestSubject {
  return {
    method: request?.event,
    channel: request?.feed,
    symbol: undefined,
    hasToken: request?.signed !== undefined,
  };
}

export function isMarketFeed(feed: string): feed is MarketFeed {
  return (MARKET_FEEDS as readonly string[]).includes(feed);
}

export function isAccountFeed(feed: string): feed is AccountFeed {
  return (ACCOUNT_FEEDS as readonly string[]).includes(feed);
}
