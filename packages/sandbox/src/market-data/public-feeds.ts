import type { Batch, Exchange, Market, MarketChanges, Trade } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { type Subscription, subscriptionKey } from '../protocol/subscription.ts';
import type { WireFrame } from '../protocol/wire-frame.ts';
import { BookView } from './book-view.ts';
import { instrumentFrame } from './instrument-frame.ts';
import { OrderView } from './order-view.ts';
import { SymbolFeed } from './symbol-feed.ts';
import type { View } from './view.ts';

/** Everyone who is sent the same frames. */
interface Group {
  readonly subscription: Subscription;
  readonly subscribers: Set<Subscriber>;
  /** Of a channel that tells books. */
  readonly view: View | undefined;
}

/** Groups of one symbol, in the order in which a batch is told: books, orders, trades, candles, tickers. */
const ORDER = ['book', 'level3', 'trade', 'ohlc', 'ticker', 'instrument'] as const;

/** The best price and quantity of both sides, for the tickers of `bbo`. */
interface Top {
  readonly bid: number | undefined;
  readonly bidLots: bigint | undefined;
  readonly ask: number | undefined;
  readonly askLots: bigint | undefined;
}

/** The public channels, cut from the batches of an exchange. Each frame is made once, for all who asked for it. */
export class PublicFeeds {
  readonly #exchange: Exchange;
  readonly #feeds = new Map<Market, SymbolFeed>();
  readonly #groups = new Map<string, Group>();
  /** The groups of each symbol, in {@link ORDER}: what a batch looks at. */
  readonly #bySymbol = new Map<string, Group[]>();
  readonly #tops = new Map<Market, Top>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** What the trades of a market add up to. */
  feed(market: Market): SymbolFeed {
    const known = this.#feeds.get(market);
    if (known !== undefined) return known;
    const feed = new SymbolFeed(market);
    this.#feeds.set(market, feed);
    return feed;
  }

  attach(subscription: Subscription, subscriber: Subscriber, nowNs: bigint): void {
    const group = this.#group(subscription);
    group.subscribers.add(subscriber);
    if (subscription.snapshot) subscriber.push(this.#snapshot(group, nowNs));
  }

  detach(subscription: Subscription, subscriber: Subscriber): void {
    this.#leave(subscriptionKey(subscription), subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    for (const key of this.#groups.keys()) this.#leave(key, subscriber);
  }

  clear(): void {
    this.#groups.clear();
    this.#bySymbol.clear();
  }

  publish(batch: Batch): void {
    for (const changes of batch.markets.values()) this.#publishMarket(changes, batch.atNs);
    const instruments = this.#groups.get('instrument');
    if (batch.states.length > 0 && instruments !== undefined) {
      broadcast(instruments, instrumentFrame('update', [], batch.states));
    }
  }

  #publishMarket({ market, changes, trades }: MarketChanges, atNs: bigint): void {
    if (changes.length === 0 && trades.length === 0) return;
    const feed = this.feed(market);
    feed.add(trades);
    feed.addSpread(atNs);
    const groups = this.#bySymbol.get(market.instrument.symbol);
    if (groups === undefined || groups.length === 0) return;
    const before = this.#tops.get(market);
    const top = topOf(market);
    this.#tops.set(market, top);
    const topMoved = before === undefined || !isSame(before, top);
    for (const group of groups) {
      const frame =
        group.view === undefined
          ? tradingFrame(feed, group.subscription, trades, topMoved, atNs)
          : group.view.update(changes, atNs);
      if (frame !== undefined) broadcast(group, frame);
    }
  }

  #group(subscription: Subscription): Group {
    const key = subscriptionKey(subscription);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = {
      subscription,
      subscribers: new Set<Subscriber>(),
      view: this.#view(subscription),
    };
    this.#groups.set(key, group);
    if (subscription.channel !== 'instrument') {
      const { symbol } = subscription;
      const market = this.#market(symbol);
      if (!this.#bySymbol.has(symbol)) this.#tops.set(market, topOf(market));
      const groups = [...(this.#bySymbol.get(symbol) ?? []), group];
      const rank = (each: Group): number => ORDER.indexOf(each.subscription.channel);
      this.#bySymbol.set(
        symbol,
        groups.toSorted((a, b) => rank(a) - rank(b)),
      );
    }
    return group;
  }

  #view(subscription: Subscription): View | undefined {
    const { channel } = subscription;
    if (channel === 'book')
      return new BookView(this.#market(subscription.symbol), subscription.depth);
    return channel === 'level3'
      ? new OrderView(this.#market(subscription.symbol), subscription.depth)
      : undefined;
  }

  /** A group that nobody is in any more is forgotten: its view would have to be kept right for nobody. */
  #leave(key: string, subscriber: Subscriber): void {
    const group = this.#groups.get(key);
    group?.subscribers.delete(subscriber);
    if (group?.subscribers.size !== 0) return;
    this.#groups.delete(key);
    if (group.subscription.channel === 'instrument') return;
    const { symbol } = group.subscription;
    const left = (this.#bySymbol.get(symbol) ?? []).filter((each) => each !== group);
    if (left.length > 0) this.#bySymbol.set(symbol, left);
    else this.#bySymbol.delete(symbol);
  }

  #market(symbol: string): Market {
    const market = this.#exchange.markets.get(symbol);
    if (market === undefined) throw new RangeError(`no market ${symbol}`);
    return market;
  }

  #snapshot({ subscription, view }: Group, nowNs: bigint): WireFrame {
    if (subscription.channel === 'instrument') {
      const { assets, markets } = this.#exchange;
      return instrumentFrame('snapshot', assets, [...markets.values()]);
    }
    if (view !== undefined) return view.snapshot(nowNs);
    const feed = this.feed(this.#market(subscription.symbol));
    if (subscription.channel === 'trade') return feed.tradeFrame();
    return subscription.channel === 'ohlc'
      ? feed.ohlcFrame('snapshot', subscription.interval, nowNs)
      : feed.tickerFrame('snapshot', nowNs);
  }
}

/** What a batch means for a channel that tells trades or prices; `undefined`: nothing. */
function tradingFrame(
  feed: SymbolFeed,
  subscription: Subscription,
  trades: readonly Trade[],
  topMoved: boolean,
  atNs: bigint,
): WireFrame | undefined {
  if (subscription.channel === 'ticker') {
    const fires = subscription.eventTrigger === 'bbo' ? topMoved : trades.length > 0;
    return fires ? feed.tickerFrame('update', atNs) : undefined;
  }
  if (trades.length === 0) return undefined;
  if (subscription.channel === 'trade') return feed.tradeFrame(trades);
  return subscription.channel === 'ohlc'
    ? feed.ohlcFrame('update', subscription.interval, atNs)
    : undefined;
}

function topOf({ book }: Market): Top {
  const bid = book.bids.best;
  const ask = book.asks.best;
  return { bid: bid?.ticks, bidLots: bid?.lots, ask: ask?.ticks, askLots: ask?.lots };
}

function isSame(a: Top, b: Top): boolean {
  return a.bid === b.bid && a.ask === b.ask && a.bidLots === b.bidLots && a.askLots === b.askLots;
}

function broadcast(group: Group, frame: WireFrame): void {
  for (const subscriber of group.subscribers) subscriber.push(frame);
}
