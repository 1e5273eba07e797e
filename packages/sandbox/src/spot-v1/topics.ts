import { type Channel, RANKS, type Topic } from '../market-data/channel.ts';
import type { SymbolFeed } from '../market-data/symbol-feed.ts';
import { V1BookChannel } from './book-channel.ts';
import { type V1Subscription, v1Key } from './subscription.ts';
import { ohlcChannel, spreadChannel, tickerChannel, tradeChannel } from './trading-channels.ts';
import { V1Frames } from './v1-frame.ts';

const RANK = {
  book: RANKS.book,
  trade: RANKS.trade,
  ohlc: RANKS.candles,
  ticker: RANKS.ticker,
  spread: RANKS.ticker,
} as const;

/** What a subscription of v1 asks of a market: the same books and trades as v2's, otherwise printed. */
export function v1Topic(subscription: V1Subscription, channelId: number): Topic {
  const { symbol, name } = subscription;
  return {
    key: v1Key(subscription),
    symbol,
    rank: RANK[name],
    snapshot: true,
    open: (feed) => open(subscription, feed, new V1Frames(channelId, subscription)),
  };
}

function open(subscription: V1Subscription, feed: SymbolFeed, frames: V1Frames): Channel {
  switch (subscription.name) {
    case 'book':
      return new V1BookChannel(feed.market, subscription.depth, frames);
    case 'ohlc':
      return ohlcChannel(feed, subscription.interval, frames);
    case 'ticker':
      return tickerChannel(feed, frames);
    case 'trade':
      return tradeChannel(feed, frames);
    case 'spread':
    default:
      return spreadChannel(feed, frames);
  }
}
