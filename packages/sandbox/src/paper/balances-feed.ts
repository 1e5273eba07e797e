import type { Account, Batch, Exchange } from '../exchange/index.ts';
import type { Subscriber } from '../market-source.ts';
import { balanceRows, ledgerRow } from './balance-row.ts';
import { NumberedFrames } from './numbered-frames.ts';
import type { PrivateFeed } from './private-feeds.ts';

/** The channel `balances` of v2: one message a change of a balance. */
export class BalancesFeed implements PrivateFeed {
  readonly name = 'balances';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #exchange: Exchange;
  readonly #snapshot: boolean;
  readonly #frames: NumberedFrames;

  constructor(exchange: Exchange, account: Account, subscriber: Subscriber, snapshot: boolean) {
    this.account = account;
    this.subscriber = subscriber;
    this.#exchange = exchange;
    this.#snapshot = snapshot;
    this.#frames = new NumberedFrames(this.name, subscriber);
  }

  open(): void {
    if (this.#snapshot) this.#frames.push('snapshot', balanceRows(this.#exchange, this.account));
  }

  publish({ ledger }: Batch): void {
    for (const { account, entry } of ledger) {
      if (account === this.account) this.#frames.push('update', [ledgerRow(this.#exchange, entry)]);
    }
  }
}
