import type { Account, AccountTrade, LedgerEntry } from './account.ts';
import type {
  Batch,
  BookChange,
  ExecType,
  ExecutionReport,
  MarketChanges,
  Trade,
} from './events.ts';
import type { Market } from './market.ts';
import type { Amend, Order } from './types.ts';

/** Collects what one operation does, and publishes it as a {@link Batch} when it is over. */
export class Journal {
  readonly #publish: (batch: Batch) => void;
  #markets = new Map<Market, MarketChanges>();
  #reports: ExecutionReport[] = [];
  #ledger: { account: Account; entry: LedgerEntry }[] = [];
  #states: Market[] = [];

  constructor(publish: (batch: Batch) => void) {
    this.#publish = publish;
  }

  get markets(): Iterable<Market> {
    return this.#markets.keys();
  }

  isTouched(market: Market): boolean {
    return this.#markets.has(market);
  }

  /** Names a market without a change: its waiting orders are looked at, too. */
  touch(market: Market): void {
    this.#of(market);
  }

  change(market: Market, change: BookChange): void {
    this.#of(market).changes.push(change);
  }

  trade(market: Market, trade: Trade): void {
    this.#of(market).trades.push(trade);
  }

  state(market: Market): void {
    this.#states.push(market);
    this.touch(market);
  }

  entry(account: Account, entry: LedgerEntry): void {
    this.#ledger.push({ account, entry });
  }

  report(
    order: Order,
    type: ExecType,
    atNs: bigint,
    more: { readonly trade?: AccountTrade; readonly amend?: Amend } = {},
  ): void {
    const { account } = order;
    if (account.isHouse) return;
    account.sequence += 1;
    this.#reports.push({
      account,
      sequence: account.sequence,
      type,
      order,
      atNs,
      status: order.status,
      lots: order.lots,
      limitTicks: order.limitTicks,
      displayLots: order.displayLots,
      visibleLots: order.visibleLots,
      triggerTicks: order.trigger?.ticks,
      isTriggered: order.trigger?.triggeredNs !== undefined,
      filledLots: order.filledLots,
      filledValue: order.filledValue,
      cost: order.cost,
      fees: order.fees,
      reason: order.reason,
      trade: more.trade,
      amend: more.amend,
    });
  }

  flush(atNs: bigint): void {
    const batch = {
      atNs,
      markets: this.#markets,
      reports: this.#reports,
      ledger: this.#ledger,
      states: this.#states,
    };
    this.#markets = new Map();
    this.#reports = [];
    this.#ledger = [];
    this.#states = [];
    this.#publish(batch);
  }

  #of(market: Market): MarketChanges {
    let entry = this.#markets.get(market);
    if (entry === undefined) {
      entry = { market, changes: [], trades: [] };
      this.#markets.set(market, entry);
    }
    return entry;
  }
}
