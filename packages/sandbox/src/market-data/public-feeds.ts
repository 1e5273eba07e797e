import type { Batch, Exchange, Market, MarketChanges } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { Batched } from './batched.ts';
import type { Channel, MarketUpdate, Topic } from './channel.ts';
import { instrumentFrame } from './instrument-frame.ts';
import { SymbolFeed } from './symbol-feed.ts';

/** Everyone who is sent the same frames. */
interface Group {
  readonly topic: Topic;
  readonly channel: Channel;
  readonly subscribers: Set<Subscriber>;
  /** Absent: each update is told by itself. */
  readonly batched: Batched | undefined;
}

/** The best price and quantity of both sides. */
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
  /** The groups of each market, by their rank: what a batch looks at. */
  readonly #byMarket = new Map<Market, Group[]>();
  readonly #tops = new Map<Market, Top>();
  /** Who is told of all instruments. */
  readonly #instruments = new Set<Subscriber>();

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

  attach(topic: Topic, subscriber: Subscriber, nowNs: bigint): void {
    const group = this.#group(topic, subscriber.batch ?? 1);
    const { subscribers, channel } = group;
    // The snapshot has what waits already.
    tell(group, group.batched?.take());
    subscribers.add(subscriber);
    const frame = topic.snapshot ? channel.snapshot(nowNs) : undefined;
    if (frame !== undefined) subscriber.push(frame);
  }

  detach(key: string, subscriber: Subscriber): void {
    this.#leave(groupKey(key, subscriber.batch ?? 1), subscriber);
  }

  attachInstruments(subscriber: Subscriber, snapshot: boolean): void {
    this.#instruments.add(subscriber);
    if (!snapshot) return;
    const { assets, markets } = this.#exchange;
    subscriber.push(instrumentFrame('snapshot', assets, [...markets.values()]));
  }

  detachInstruments(subscriber: Subscriber): void {
    this.#instruments.delete(subscriber);
  }

  detachAll(subscriber: Subscriber): void {
    this.#instruments.delete(subscriber);
    for (const key of this.#groups.keys()) this.#leave(key, subscriber);
  }

  clear(): void {
    this.#groups.clear();
    this.#byMarket.clear();
    this.#instruments.clear();
  }

  publish(batch: Batch): void {
    for (const changes of batch.markets.values()) this.#publishMarket(changes, batch.atNs);
    for (const group of this.#groups.values()) {
      if (group.batched?.isDue(batch.atNs) === true) tell(group, group.batched.take());
    }
    if (batch.states.length > 0 && this.#instruments.size > 0) {
      broadcast(this.#instruments, instrumentFrame('update', [], batch.states));
    }
  }

  #publishMarket({ market, changes, trades }: MarketChanges, atNs: bigint): void {
    if (changes.length === 0 && trades.length === 0) return;
    const feed = this.feed(market);
    feed.add(trades);
    feed.addSpread(atNs);
    const groups = this.#byMarket.get(market);
    if (groups === undefined || groups.length === 0) return;
    const before = this.#tops.get(market);
    const top = topOf(market);
    this.#tops.set(market, top);
    const topMoved = before === undefined || !isSame(before, top);
    const update = { changes, trades, topMoved, atNs };
    for (const group of groups) {
      tell(group, group.batched === undefined ? update : group.batched.add(update));
    }
  }

  #leave(key: string, subscriber: Subscriber): void {
    const group = this.#groups.get(key);
    group?.subscribers.delete(subscriber);
    if (group?.subscribers.size === 0) this.#forget(key, group);
  }

  #group(topic: Topic, batch: number): Group {
    const key = groupKey(topic.key, batch);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const market = this.#market(topic.symbol);
    const channel = topic.open(this.feed(market));
    const batched = batch > 1 ? new Batched(batch) : undefined;
    const group = { topic, channel, subscribers: new Set<Subscriber>(), batched };
    this.#groups.set(key, group);
    if (!this.#byMarket.has(market)) this.#tops.set(market, topOf(market));
    const groups = [...(this.#byMarket.get(market) ?? []), group];
    this.#byMarket.set(
      market,
      groups.toSorted((a, b) => a.topic.rank - b.topic.rank),
    );
    return group;
  }

  /** A group that nobody is in any more would have to be kept right for nobody. */
  #forget(key: string, group: Group): void {
    this.#groups.delete(key);
    const market = this.#market(group.topic.symbol);
    const left = (this.#byMarket.get(market) ?? []).filter((each) => each !== group);
    if (left.length > 0) this.#byMarket.set(market, left);
    else this.#byMarket.delete(market);
  }

  #market(symbol: string): Market {
    const market = this.#exchange.markets.get(symbol);
    if (market === undefined) throw new RangeError(`no market ${symbol}`);
    return market;
  }
}

function tell({ channel, subscribers }: Group, update: MarketUpdate | undefined): void {
  const told = update === undefined ? undefined : channel.update(update);
  if (told === undefined) return;
  if (told instanceof WireFrame) broadcast(subscribers, told);
  else for (const frame of told) broadcast(subscribers, frame);
}

function groupKey(key: string, batch: number): string {
  return batch === 1 ? key : `${key} by ${batch}`;
}

function topOf({ book }: Market): Top {
  const bid = book.bids.best;
  const ask = book.asks.best;
  return { bid: bid?.ticks, bidLots: bid?.lots, ask: ask?.ticks, askLots: ask?.lots };
}

function isSame(a: Top, b: Top): boolean {
  return a.bid === b.bid && a.ask === b.ask && a.bidLots === b.bidLots && a.askLots === b.askLots;
}

function broadcast(subscribers: Iterable<Subscriber>, frame: WireFrame): void {
  for (const subscriber of subscribers) subscriber.push(frame);
}
