import type { Account } from '../../exchange/index.ts';
import type { Subscriber } from '../../market-source.ts';
import type { PrivateFeed } from '../../paper/private-feeds.ts';
import type { FuturesBatch, FuturesDesk } from '../desk.ts';
import { logFields } from '../log-fields.ts';
import { feedFrame, row } from './feed-frame.ts';

const SNAPSHOT_ENTRIES = 500;

/** `account_log`: the newest first, then each new entry. */
export class LogFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'account_log';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;

  constructor(desk: FuturesDesk, account: Account, subscriber: Subscriber) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
  }

  open(): void {
    const entries = this.#desk.clearing.log.of(this.account).slice(-SNAPSHOT_ENTRIES).toReversed();
    const rows = entries.map((entry) => row(logFields(this.#desk, entry)));
    const text = `{"feed":"account_log_snapshot","logs":[${rows.join(',')}]}`;
    this.subscriber.push(feedFrame(text, this.name, 'snapshot'));
  }

  publish({ log }: FuturesBatch): void {
    for (const entry of log) {
      if (entry.account !== this.account) continue;
      const text = `{"feed":"account_log","new_entry":${row(logFields(this.#desk, entry))}}`;
      this.subscriber.push(feedFrame(text, this.name, 'update'));
    }
  }
}
