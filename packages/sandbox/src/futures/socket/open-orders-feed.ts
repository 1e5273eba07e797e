import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import { feedFrame, quote } from './feed-frame.ts';
import { orderChanges } from './order-changes.ts';
import { orderRow } from './order-row.ts';

/** `open_orders`, and `open_orders_verbose` that tells of orders which failed, too. */
export class OpenOrdersFeed implements PrivateFeed<FuturesBatch> {
  readonly name: 'open_orders' | 'open_orders_verbose';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;

  constructor(
    name: 'open_orders' | 'open_orders_verbose',
    desk: FuturesDesk,
    account: Account,
    subscriber: Subscriber,
  ) {
    this.name = name;
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
  }

  open(): void {
    const rows = [...this.account.openOrders].map(orderRow).join(',');
    const text = `{"feed":"${this.name}_snapshot","account":"${this.#desk.uidOf(this.account)}","orders":[${rows}]}`;
    this.subscriber.push(feedFrame(text, this.name, 'snapshot'));
  }

  publish(batch: FuturesBatch): void {
    for (const change of orderChanges(batch, this.account, batch.cancelReason)) {
      const { order, isGone, reason, isFailure } = change;
      if (isFailure && this.name === 'open_orders') continue;
      const { clientOrderId } = order;
      const client = clientOrderId === undefined ? '' : `,"cli_ord_id":${quote(clientOrderId)}`;
      const what = isGone ? `"order_id":"${order.id}"${client}` : `"order":${orderRow(order)}`;
      const text = `{"feed":"${this.name}",${what},"is_cancel":${isGone},"reason":"${reason}"}`;
      this.subscriber.push(feedFrame(text, this.name, 'update', [order.market.instrument.symbol]));
    }
  }
}
