import type { Account, Batch, Exchange } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import { balanceRows, ledgerRow } from './balance-row.ts';
import { executionRow, openOrderRow, tradeRow } from './execution-row.ts';

/** A private subscription as a client asked for it, defaults filled in. */
export type PrivateSubscription =
  | {
      readonly channel: 'executions';
      readonly snapOrders: boolean;
      readonly snapTrades: boolean;
      /** False: beginnings and ends of orders alone. */
      readonly orderStatus: boolean;
    }
  | { readonly channel: 'balances'; readonly snapshot: boolean };

interface Feed {
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly subscription: PrivateSubscription;
  /** Counts the messages of this subscription from 1. */
  sequence: number;
}

const SNAPSHOT_TRADES = 50;
const ENDS_AND_BEGINNINGS: ReadonlySet<string> = new Set(['new', 'filled', 'canceled', 'expired']);

/** The channels `executions` and `balances`: one message an event, numbered for each subscription. */
export class PrivateFeeds {
  readonly #exchange: Exchange;
  readonly #feeds = new Set<Feed>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  has(channel: PrivateSubscription['channel'], subscriber: Subscriber): boolean {
    return this.#find(channel, subscriber) !== undefined;
  }

  /** How many private subscriptions a connection has. */
  countOf(subscriber: Subscriber): number {
    let count = 0;
    for (const feed of this.#feeds) if (feed.subscriber === subscriber) count += 1;
    return count;
  }

  attach(account: Account, subscription: PrivateSubscription, subscriber: Subscriber): void {
    const feed = { account, subscription, subscriber, sequence: 0 };
    this.#feeds.add(feed);
    const rows = this.#snapshot(feed);
    if (rows !== undefined) push(feed, 'snapshot', rows);
  }

  /** Answers whether there was such a subscription. */
  detach(channel: PrivateSubscription['channel'], subscriber: Subscriber): boolean {
    const feed = this.#find(channel, subscriber);
    return feed !== undefined && this.#feeds.delete(feed);
  }

  detachAll(subscriber: Subscriber): void {
    for (const feed of this.#feeds) if (feed.subscriber === subscriber) this.#feeds.delete(feed);
  }

  publish({ reports, ledger }: Batch): void {
    if (this.#feeds.size === 0 || (reports.length === 0 && ledger.length === 0)) return;
    for (const feed of this.#feeds) {
      const { subscription, account } = feed;
      if (subscription.channel === 'balances') {
        for (const each of ledger) {
          if (each.account === account)
            push(feed, 'update', [ledgerRow(this.#exchange, each.entry)]);
        }
        continue;
      }
      for (const report of reports) {
        const wanted = subscription.orderStatus || ENDS_AND_BEGINNINGS.has(report.type);
        if (report.account === account && wanted) push(feed, 'update', [executionRow(report)]);
      }
    }
  }

  #find(channel: string, subscriber: Subscriber): Feed | undefined {
    for (const feed of this.#feeds) {
      if (feed.subscriber === subscriber && feed.subscription.channel === channel) return feed;
    }
    return undefined;
  }

  #snapshot({ subscription, account }: Feed): readonly string[] | undefined {
    if (subscription.channel === 'balances') {
      return subscription.snapshot ? balanceRows(this.#exchange, account) : undefined;
    }
    const { snapOrders, snapTrades } = subscription;
    if (!snapOrders && !snapTrades) return undefined;
    return [
      ...(snapOrders ? [...account.openOrders].map(openOrderRow) : []),
      ...(snapTrades ? account.trades.slice(-SNAPSHOT_TRADES).map(tradeRow) : []),
    ];
  }
}

function push(feed: Feed, type: 'snapshot' | 'update', rows: readonly string[]): void {
  feed.sequence += 1;
  feed.subscriber.push(
    new WireFrame(
      `{"channel":"${feed.subscription.channel}","type":"${type}","data":[${rows.join(',')}],"sequence":${feed.sequence}}`,
    ),
  );
}
