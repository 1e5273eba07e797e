import type { Account } from '../exchange/index.ts';
import type { FuturesBatch, FuturesDesk } from '../futures/desk.ts';
import { logFields } from '../futures/log-fields.ts';
import { row } from '../futures/socket/feed-frame.ts';
import type { Subscriber } from '../market-source.ts';
import { NumberedFrames } from '../paper/numbered-frames.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';

/**
 * The channel `ledgers`: one message for what happened at once, counted. Its table of fields is not
 * public; entries of derivatives are said to be those of the futures' account log, so they have those
 * names beside their `asset_class`.
 */
export class UnifiedLedgersFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'ledgers';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  readonly #frames: NumberedFrames;

  constructor(desk: FuturesDesk, account: Account, subscriber: Subscriber) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
    this.#frames = new NumberedFrames(this.name, subscriber);
  }

  /** There is no snapshot: what was before is asked of REST. */
  open(): void {}

  publish({ log }: FuturesBatch): void {
    const rows = log
      .filter(({ account }) => account === this.account)
      .map((entry) => row({ asset_class: '"derivatives"', ...logFields(this.#desk, entry) }));
    if (rows.length > 0) this.#frames.push('update', rows);
  }
}
