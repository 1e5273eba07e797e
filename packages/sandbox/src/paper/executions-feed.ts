import type { Account, Batch } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { executionRow, openOrderRow, tradeRow } from './execution-row.ts';
import { NumberedFrames } from './numbered-frames.ts';
import type { PrivateFeed } from './private-feeds.ts';

/** A subscription of `executions` as a client asked for it, defaults filled in. */
export interface ExecutionsSubscription {
  readonly snapOrders: boolean;
  readonly snapTrades: boolean;
  /** False: beginnings and ends of orders alone. */
  readonly orderStatus: boolean;
  /** How full the trading rate counter of a symbol is; absent: nobody wants to know. */
  readonly rateCount?: ((symbol: string) => number) | undefined;
}

const SNAPSHOT_TRADES = 50;
const ENDS_AND_BEGINNINGS: ReadonlySet<string> = new Set(['new', 'filled', 'canceled', 'expired']);

/** The channel `executions` of v2: one message an event. */
export class ExecutionsFeed implements PrivateFeed {
  readonly name = 'executions';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #subscription: ExecutionsSubscription;
  readonly #frames: NumberedFrames;

  constructor(account: Account, subscriber: Subscriber, subscription: ExecutionsSubscription) {
    this.account = account;
    this.subscriber = subscriber;
    this.#subscription = subscription;
    this.#frames = new NumberedFrames(this.name, subscriber);
  }

  open(): void {
    const { snapOrders, snapTrades } = this.#subscription;
    if (!snapOrders && !snapTrades) return;
    const { openOrders, trades } = this.account;
    this.#frames.push('snapshot', [
      ...(snapOrders ? [...openOrders].map(openOrderRow) : []),
      ...(snapTrades ? trades.slice(-SNAPSHOT_TRADES).map(tradeRow) : []),
    ]);
  }

  publish({ reports }: Batch): void {
    const { rateCount } = this.#subscription;
    for (const report of reports) {
      if (report.account !== this.account) continue;
      const wanted = this.#subscription.orderStatus || ENDS_AND_BEGINNINGS.has(report.type);
      if (!wanted) continue;
      const { symbol } = report.order.market.instrument;
      this.#frames.push('update', [executionRow(report, rateCount?.(symbol))]);
    }
  }
}
