import { pairOf } from './pair-name.ts';

/** One pair of one public channel of v1, defaults filled in. */
export type V1Subscription =
  | { readonly name: 'book'; readonly symbol: string; readonly depth: number }
  | { readonly name: 'ohlc'; readonly symbol: string; readonly interval: number }
  | { readonly name: 'ticker' | 'trade' | 'spread'; readonly symbol: string };

export const PUBLIC_NAMES = ['ticker', 'ohlc', 'trade', 'spread', 'book'] as const;
export const PRIVATE_NAMES = ['ownTrades', 'openOrders'] as const;
export type PrivateName = (typeof PRIVATE_NAMES)[number];

/** `book-10`, `ohlc-5`, `trade`: what messages and acknowledgements say of the channel. */
export function channelNameOf(subscription: V1Subscription): string {
  if (subscription.name === 'book') return `book-${subscription.depth}`;
  if (subscription.name === 'ohlc') return `ohlc-${subscription.interval}`;
  return subscription.name;
}

/** What makes two subscriptions the same, of one connection and of all. */
export function v1Key(subscription: V1Subscription): string {
  return `v1 ${channelNameOf(subscription)} ${pairOf(subscription.symbol)}`;
}

/** `{"depth":10,"name":"book"}`: as an acknowledgement repeats it. */
export function parametersOf(subscription: V1Subscription): string {
  if (subscription.name === 'book') return `{"depth":${subscription.depth},"name":"book"}`;
  if (subscription.name === 'ohlc') return `{"interval":${subscription.interval},"name":"ohlc"}`;
  return `{"name":"${subscription.name}"}`;
}

/**
 * The channels of a pair by their number within it. (seen) book-10, trade and ticker at 0, 1 and 4 of
 * a block; the others are made up. Clients are told to go by name and pair instead.
 */
const CHANNELS = [
  ...['book-10', 'trade', 'book-25', 'book-100', 'ticker', 'spread', 'book-500', 'book-1000'],
  ...['ohlc-1', 'ohlc-5', 'ohlc-15', 'ohlc-30', 'ohlc-60', 'ohlc-240', 'ohlc-1440'],
  ...['ohlc-10080', 'ohlc-21600'],
];
const BLOCK = 32;

/** A number for the channel of the nth market, from 0: the same for every client. */
export function channelIdOf(market: number, subscription: V1Subscription): number {
  return (market + 1) * BLOCK + CHANNELS.indexOf(channelNameOf(subscription));
}
