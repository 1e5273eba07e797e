import type { Account, Order } from '../exchange/index.ts';
import type { FuturesBatch, FuturesDesk } from '../futures/desk.ts';
import type { Subscriber } from '../market-source.ts';
import type { ExecutionsSubscription } from '../paper/executions-feed.ts';
import { NumberedFrames } from '../paper/numbered-frames.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { executionRow, fillRow, openOrderRow } from './execution-row.ts';

const SNAPSHOT_TRADES = 50;
const ENDS_AND_BEGINNINGS: ReadonlySet<string> = new Set(['new', 'filled', 'canceled', 'expired']);

/** The channel `executions` of derivatives. There is no `pending_new`: an order is first reported as `new`. */
export class UnifiedExecutionsFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'executions';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  readonly #subscription: ExecutionsSubscription;
  readonly #frames: NumberedFrames;

  constructor(
    desk: FuturesDesk,
    account: Account,
    subscriber: Subscriber,
    subscription: ExecutionsSubscription,
  ) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
    this.#subscription = subscription;
    this.#frames = new NumberedFrames(this.name, subscriber);
  }

  open(): void {
    const { snapOrders, snapTrades } = this.#subscription;
    if (!snapOrders && !snapTrades) return;
    const settlement = (order: Order): string => this.#desk.contractOf(order.market).settlement;
    const fills = this.#desk.fills.of(this.account).slice(-SNAPSHOT_TRADES);
    this.#frames.push('snapshot', [
      ...(snapOrders ? [...this.account.openOrders].map(openOrderRow) : []),
      ...(snapTrades ? fills.map(({ trade }) => fillRow(trade, settlement(trade.order))) : []),
    ]);
  }

  publish({ reports }: FuturesBatch): void {
    for (const report of reports) {
      if (report.account !== this.account || report.type === 'pending_new') continue;
      const wanted = this.#subscription.orderStatus || ENDS_AND_BEGINNINGS.has(report.type);
      if (!wanted) continue;
      const { settlement } = this.#desk.contractOf(report.order.market);
      this.#frames.push('update', [executionRow(report, settlement)]);
    }
  }
}
