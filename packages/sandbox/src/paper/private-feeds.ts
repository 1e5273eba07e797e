import type { Account, Batch } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';

/** One private subscription of one connection, in the form of its protocol. */
export interface PrivateFeed<B extends Batch = Batch> {
  /** Its channel: a connection has one of each. */
  readonly name: string;
  readonly account: Account;
  readonly subscriber: Subscriber;
  /** Sends what it begins with; its acknowledgement was sent. */
  open(): void;
  publish(batch: B): void;
}

/** All private subscriptions. */
export class PrivateFeeds<B extends Batch = Batch> {
  readonly #feeds = new Set<PrivateFeed<B>>();

  has(name: string, subscriber: Subscriber): boolean {
    return this.#find(name, subscriber) !== undefined;
  }

  /** How many private subscriptions a connection has. */
  countOf(subscriber: Subscriber): number {
    let count = 0;
    for (const feed of this.#feeds) if (feed.subscriber === subscriber) count += 1;
    return count;
  }

  attach(feed: PrivateFeed<B>): void {
    this.#feeds.add(feed);
    feed.open();
  }

  /** Answers whether there was such a subscription. */
  detach(name: string, subscriber: Subscriber): boolean {
    const feed = this.#find(name, subscriber);
    return feed !== undefined && this.#feeds.delete(feed);
  }

  detachAll(subscriber: Subscriber): void {
    for (const feed of this.#feeds) if (feed.subscriber === subscriber) this.#feeds.delete(feed);
  }

  publish(batch: B): void {
    for (const feed of this.#feeds) feed.publish(batch);
  }

  #find(name: string, subscriber: Subscriber): PrivateFeed<B> | undefined {
    for (const feed of this.#feeds) {
      if (feed.subscriber === subscriber && feed.name === name) return feed;
    }
    return undefined;
  }
}
