import type { Level, Trade } from '../../exchange/index.ts';
import { type Channel, RANKS, type Topic } from '../../market-data/channel.ts';
import type { SymbolFeed } from '../../market-data/symbol-feed.ts';
import type { WireFrame } from '../../protocol/wire-frame.ts';
import type { FuturesDesk } from '../desk.ts';
import { numberText } from '../number-text.ts';
import { tradeUid } from '../uuid.ts';
import { feedFrame, milliseconds } from './feed-frame.ts';
import { tickerFrame, tickerLiteFrame } from './ticker-frames.ts';

export const MARKET_FEEDS = ['book', 'trade', 'ticker', 'ticker_lite'] as const;
export type MarketFeed = (typeof MARKET_FEEDS)[number];

/** Trades of a snapshot. */
const SNAPSHOT_TRADES = 100;
/** Tickers come once a second at most. */
const TICKER_NS = 1_000_000_000n;

const RANK = {
  book: RANKS.book,
  trade: RANKS.trade,
  ticker: RANKS.ticker,
  ticker_lite: RANKS.ticker,
} as const;

/** Counts what is told of each product's book: on when nobody is subscribed for a while. */
export class BookSequences {
  readonly #counts = new Map<string, number>();

  next(symbol: string): number {
    // The exchange's have many digits, and so does a client's code see them.
    const count = (this.#counts.get(symbol) ?? 270_000_000) + 1;
    this.#counts.set(symbol, count);
    return count;
  }

  current(symbol: string): number {
    return this.#counts.get(symbol) ?? this.next(symbol);
  }
}

/** A feed of one product as the futures v1 socket tells it. */
export function topicOf(
  desk: FuturesDesk,
  sequences: BookSequences,
  feed: MarketFeed,
  symbol: string,
): Topic {
  return {
    key: `futures ${feed} ${symbol}`,
    symbol,
    rank: RANK[feed],
    snapshot: true,
    open: (source) => {
      switch (feed) {
        case 'book':
          return bookChannel(source, sequences);
        case 'trade':
          return tradeChannel(source);
        case 'ticker':
        case 'ticker_lite':
        default:
          return tickerChannel(desk, source, feed);
      }
    },
  };
}

/** All levels, then one message for each level that changed. */
function bookChannel(feed: SymbolFeed, sequences: BookSequences): Channel {
  const { instrument, book } = feed.market;
  const { symbol, pricePrecision, quantityPrecision } = instrument;
  // Whoever was here before has missed something since.
  sequences.next(symbol);
  const price = (ticks: number): string => numberText(ticks, pricePrecision);
  const size = (lots: bigint): string => numberText(lots, quantityPrecision);
  const rows = (side: { at(rank: number): Level | undefined; readonly size: number }): string => {
    const levels: string[] = [];
    for (let rank = 0; rank < side.size; rank += 1) {
      const level = side.at(rank);
      if (level !== undefined)
        levels.push(`{"price":${price(level.ticks)},"qty":${size(level.lots)}}`);
    }
    return levels.join(',');
  };
  return {
    snapshot: (atNs) =>
      feedFrame(
        `{"feed":"book_snapshot","product_id":"${symbol}","timestamp":${milliseconds(atNs)},"seq":${sequences.current(symbol)},"tickSize":null,"bids":[${rows(book.bids)}],"asks":[${rows(book.asks)}]}`,
        'book',
        'snapshot',
        [symbol],
      ),
    update: ({ changes, atNs }) => {
      const frames: WireFrame[] = [];
      for (const [at, { side, ticks, levelLots }] of changes.entries()) {
        const next = changes[at + 1];
        // A level that changes several times in a row is told once, unless it was gone in between.
        if (next?.side === side && next.ticks === ticks && levelLots !== 0n) continue;
        frames.push(
          feedFrame(
            `{"feed":"book","product_id":"${symbol}","side":"${side === 'bid' ? 'buy' : 'sell'}","seq":${sequences.next(symbol)},"price":${price(ticks)},"qty":${size(levelLots)},"timestamp":${milliseconds(atNs)}}`,
            'book',
            'update',
            [symbol],
          ),
        );
      }
      return frames;
    },
  };
}

function tradeChannel(feed: SymbolFeed): Channel {
  const { symbol, pricePrecision, quantityPrecision } = feed.market.instrument;
  const text = ({ id, side, ticks, lots, atNs }: Trade): string =>
    `{"feed":"trade","product_id":"${symbol}","uid":"${tradeUid(symbol, id)}","side":"${side}","type":"fill","seq":${id},"time":${milliseconds(atNs)},"qty":${numberText(lots, quantityPrecision)},"price":${numberText(ticks, pricePrecision)}}`;
  return {
    snapshot: () => {
      const newest = feed.trades.slice(-SNAPSHOT_TRADES).toReversed();
      const rows = newest.map(text).join(',');
      return feedFrame(
        `{"feed":"trade_snapshot","product_id":"${symbol}","trades":[${rows}]}`,
        'trade',
        'snapshot',
        [symbol],
      );
    },
    update: ({ trades }) =>
      trades.map((trade) => feedFrame(text(trade), 'trade', 'update', [symbol])),
  };
}

/** Whole in every message. */
function tickerChannel(
  desk: FuturesDesk,
  feed: SymbolFeed,
  name: 'ticker' | 'ticker_lite',
): Channel {
  const frame = name === 'ticker' ? tickerFrame : tickerLiteFrame;
  let lastNs = 0n;
  return {
    snapshot: (atNs) => {
      lastNs = atNs;
      return frame(desk, feed, atNs);
    },
    update: ({ atNs }) => {
      if (atNs - lastNs < TICKER_NS) return undefined;
      lastNs = atNs;
      return frame(desk, feed, atNs);
    },
  };
}
