import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import { BookView } from './book-view.ts';
import { type Channel, RANKS, type Topic } from './channel.ts';
import { OrderView } from './order-view.ts';
import type { SymbolFeed } from './symbol-feed.ts';
import type { View } from './view.ts';

type MarketSubscription = Exclude<Subscription, { channel: 'instrument' }>;

const RANK = {
  book: RANKS.book,
  level3: RANKS.orders,
  trade: RANKS.trade,
  ohlc: RANKS.candles,
  ticker: RANKS.ticker,
} as const;

/** What a subscription of v2 asks of a market. */
export function topicOf(subscription: MarketSubscription): Topic {
  const { symbol, snapshot, channel } = subscription;
  return {
    key: subscriptionKey(subscription),
    symbol,
    rank: RANK[channel],
    snapshot,
    open: (feed) => open(subscription, feed),
  };
}

function open(subscription: MarketSubscription, feed: SymbolFeed): Channel {
  switch (subscription.channel) {
    case 'book':
      return channelOf(new BookView(feed.market, subscription.depth));
    case 'level3':
      return channelOf(new OrderView(feed.market, subscription.depth));
    case 'trade':
      return {
        snapshot: () => feed.tradeFrame(),
        update: ({ trades }) => (trades.length === 0 ? undefined : feed.tradeFrame(trades)),
      };
    case 'ohlc': {
      const { interval } = subscription;
      return {
        snapshot: (atNs) => feed.ohlcFrame('snapshot', interval, atNs),
        update: ({ trades, atNs }) =>
          trades.length === 0 ? undefined : feed.ohlcFrame('update', interval, atNs),
      };
    }
    case 'ticker':
    default: {
      const { eventTrigger } = subscription;
      return {
        snapshot: (atNs) => feed.tickerFrame('snapshot', atNs),
        update: ({ trades, topMoved, atNs }) => {
          const fires = eventTrigger === 'bbo' ? topMoved : trades.length > 0;
          return fires ? feed.tickerFrame('update', atNs) : undefined;
        },
      };
    }
  }
}

function channelOf(view: View): Channel {
  return {
    snapshot: (atNs) => view.snapshot(atNs),
    update: ({ changes, atNs }) => view.update(changes, atNs),
  };
}
