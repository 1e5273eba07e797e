import type { Account } from '../exchange/index.ts';
import type { FuturesBatch, FuturesDesk } from '../futures/desk.ts';
import { flexFields, singleFields } from '../futures/socket/balances-feed.ts';
import { row } from '../futures/socket/feed-frame.ts';
import { isFlex } from '../futures/wallets.ts';
import type { Subscriber } from '../market-source.ts';
import type { PrivateFeed } from '../paper/private-feeds.ts';
import { WireFrame } from '../protocol/wire-frame.ts';

const REPEAT_NS = 1_000_000_000n;

/**
 * The channel `margin`: the whole state of one kind of wallet, every time. Its table of fields is not
 * public; it is said to carry the margin part of the futures' `balances` feed, so it has those names.
 */
export class UnifiedMarginFeed implements PrivateFeed<FuturesBatch> {
  readonly name = 'margin';
  readonly account: Account;
  readonly subscriber: Subscriber;
  readonly #desk: FuturesDesk;
  #toldNs = 0n;

  constructor(desk: FuturesDesk, account: Account, subscriber: Subscriber) {
    this.#desk = desk;
    this.account = account;
    this.subscriber = subscriber;
  }

  open(): void {
    const atNs = this.#desk.clock.wallNs();
    this.#push(true, atNs);
    this.#push(false, atNs);
  }

  publish({ log, reports, markets, atNs }: FuturesBatch): void {
    const kinds = new Set<boolean>();
    for (const { account, asset, isPosition } of log) {
      if (account === this.account && !isPosition) kinds.add(isFlex(asset));
    }
    for (const { account, order } of reports) {
      if (account === this.account) kinds.add(isFlex(this.#desk.contractOf(order.market).wallet));
    }
    if (atNs - this.#toldNs >= REPEAT_NS) {
      for (const market of markets.keys()) {
        if (this.#desk.clearing.lotsOf(this.account, market) === 0n) continue;
        kinds.add(isFlex(this.#desk.contractOf(market).wallet));
      }
    }
    for (const kind of kinds) this.#push(kind, atNs);
  }

  #push(isMulti: boolean, atNs: bigint): void {
    this.#toldNs = atNs;
    const type = isMulti ? 'multi_collateral' : 'single_collateral';
    const data = isMulti
      ? row(flexFields(this.#desk, this.account, atNs))
      : `[${Object.values(singleFields(this.#desk, this.account, atNs)).join(',')}]`;
    this.subscriber.push(
      new WireFrame(`{"channel":"margin","type":"${type}","data":${data}}`, {
        channel: 'margin',
        type,
        symbols: [],
      }),
    );
  }
}
