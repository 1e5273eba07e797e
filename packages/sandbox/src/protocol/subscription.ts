/** The channels a client can subscribe to; `status` and `heartbeat` are pushed only. */
export const CHANNELS = ['book', 'level3', 'trade', 'ticker', 'ohlc', 'instrument'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The depths of `book`, levels per side. */
export const BOOK_DEPTHS: readonly number[] = [10, 25, 100, 500, 1000];

/** The depths of `level3`, levels per side. */
export const ORDER_DEPTHS: readonly number[] = [10, 100, 1000];

/** The intervals of `ohlc`, minutes. */
export const OHLC_INTERVALS: readonly number[] = [1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600];

type EventTrigger = 'bbo' | 'trades';

/** One symbol of one channel as a client asked for it, defaults filled in. */
export type Subscription =
  | {
      readonly channel: 'book';
      readonly symbol: string;
      readonly depth: number;
      readonly snapshot: boolean;
    }
  | {
      readonly channel: 'level3';
      readonly symbol: string;
      readonly depth: number;
      readonly snapshot: boolean;
      readonly token: string;
    }
  | {
      readonly channel: 'ohlc';
      readonly symbol: string;
      /** Minutes. */
      readonly interval: number;
      readonly snapshot: boolean;
    }
  | {
      readonly channel: 'ticker';
      readonly symbol: string;
      readonly eventTrigger: EventTrigger;
      readonly snapshot: boolean;
    }
  | { readonly channel: 'trade'; readonly symbol: string; readonly snapshot: boolean }
  | { readonly channel: 'instrument'; readonly snapshot: boolean };

/** What makes two subscriptions of one connection the same: channel, symbol, depth, interval or trigger; not `snapshot`. */
export function subscriptionKey(subscription: Subscription): string {
  if (subscription.channel === 'instrument') return 'instrument';
  const { channel, symbol } = subscription;
  if (subscription.channel === 'book' || subscription.channel === 'level3') {
    return `${channel} ${symbol} ${subscription.depth}`;
  }
  if (subscription.channel === 'ohlc') return `${channel} ${symbol} ${subscription.interval}`;
  if (subscription.channel === 'ticker') return `${channel} ${symbol} ${subscription.eventTrigger}`;
  return `${channel} ${symbol}`;
}
