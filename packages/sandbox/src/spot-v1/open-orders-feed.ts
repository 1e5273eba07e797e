import type { Account, Batch } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { changeOf, openOrderBody } from './open-order-row.ts';
import { V1PrivateFrames } from './private-frames.ts';

/** `openOrders`: the open ones whole, then what changes of each, one message an event. */
export class OpenOrdersFeed implements PrivateFeed {
  readonly name = 'openOrders';
  readonly account: Account;
  readonly subscriber: Subscriber;
  /** Each message says how full the trading rate counter is. */
  readonly #rateCount: ((symbol: string) => number) | undefined;
  readonly #frames: V1PrivateFrames;

  constructor(
    account: Account,
    subscriber: Subscriber,
    rateCount: ((symbol: string) => number) | undefined,
  ) {
    this.account = account;
    this.subscriber = subscriber;
    this.#rateCount = rateCount;
    this.#frames = new V1PrivateFrames(this.name, subscriber);
  }

  open(): void {
    const orders = [...this.account.openOrders];
    this.#frames.push(
      'snapshot',
      orders.map((order) => [order.id, openOrderBody(order)]),
    );
  }

  publish({ reports }: Batch): void {
    for (const report of reports) {
      if (report.account !== this.account) continue;
      const { symbol } = report.order.market.instrument;
      const rate = this.#rateCount === undefined ? {} : { ratecount: this.#rateCount(symbol) };
      this.#frames.push('update', [[report.order.id, { ...changeOf(report), ...rate }]]);
    }
  }
}
