import type { Account, AccountTrade, Batch } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { formatEpoch } from '../protocol/timestamp.ts';
import { OlderOrderText } from './order-text.ts';
import { pairOf } from './pair-name.ts';
import { V1PrivateFrames } from './private-frames.ts';

const SNAPSHOT_TRADES = 50;

/** `ownTrades`: the last fifty, then each as it happens. */
export class OwnTradesFeed implements PrivateFeed {
  readonly name = 'ownTrades';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #snapshot: boolean;
  readonly #frames: V1PrivateFrames;

  constructor(account: Account, subscriber: Subscriber, snapshot: boolean) {
    this.account = account;
    this.subscriber = subscriber;
    this.#snapshot = snapshot;
    this.#frames = new V1PrivateFrames(this.name, subscriber);
  }

  open(): void {
    if (!this.#snapshot) return;
    const trades = this.account.trades.slice(-SNAPSHOT_TRADES).toReversed();
    this.#frames.push(
      'snapshot',
      trades.map((trade) => [trade.id, tradeBody(trade)]),
    );
  }

  publish({ reports }: Batch): void {
    for (const { account, trade } of reports) {
      if (account === this.account && trade !== undefined) {
        this.#frames.push('update', [[trade.id, tradeBody(trade)]]);
      }
    }
  }
}

function tradeBody(trade: AccountTrade): object {
  const { order, ticks, lots, cost, fee, atNs, margin } = trade;
  const opened = margin?.opened;
  const text = new OlderOrderText(order.market);
  return {
    ...(order.clientOrderId === undefined ? {} : { cl_ord_id: order.clientOrderId }),
    cost: text.cost(cost),
    fee: order.feeAsset === 'base' ? text.base(fee) : text.cost(fee),
    margin: text.cost(opened === undefined ? 0n : opened.cost / BigInt(order.leverage ?? 1)),
    ordertxid: order.id,
    ordertype: order.type,
    pair: pairOf(order.market.instrument.symbol),
    postxid: opened?.id ?? 'TKH2SE-M7IF5-CFI7LT',
    price: text.price(ticks),
    time: formatEpoch(atNs),
    type: order.side,
    ...(order.userReference === undefined ? {} : { userref: order.userReference }),
    vol: text.quantity(lots),
  };
}
