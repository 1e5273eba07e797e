import type { MarginPosition } from './margin/position.ts';
import { RecentVolume } from './recent-volume.ts';
import type { Order } from './types.ts';

/** One change of one balance. `balance` is after it: the one before plus `amount` less `fee`. */
export interface LedgerEntry {
  readonly id: string;
  /** What caused it: the execution's id of a trade, the position's of what it costs to carry. */
  readonly refId: string;
  readonly atNs: bigint;
  readonly type: 'deposit' | 'trade' | 'margin' | 'rollover' | 'settled';
  readonly asset: string;
  /** In the asset's accounting scale, as all amounts here. */
  readonly amount: bigint;
  readonly fee: bigint;
  readonly balance: bigint;
}

/** One fill as one of its two accounts sees it. */
export interface AccountTrade {
  readonly id: string;
  readonly order: Order;
  readonly tradeId: number;
  readonly atNs: bigint;
  readonly ticks: number;
  readonly lots: bigint;
  readonly cost: bigint;
  readonly fee: bigint;
  readonly isMaker: boolean;
  readonly ledgerIds: readonly string[];
  /** Of an order on margin. */
  readonly margin: TradeOnMargin | undefined;
}

/** What a fill on margin did to the account's positions in its market. */
interface TradeOnMargin {
  /** The position that it opened. */
  readonly opened: MarginPosition | undefined;
  readonly isClosing: boolean;
  /** Of the position as a whole: `closing` has closed a part of it. */
  readonly status: 'opened' | 'closing' | 'closed';
}

/** Orders that are over, trades and ledger entries that an account keeps, each: more than a test or a paper run looks back. */
const DEFAULT_HISTORY = 100_000;

/**
 * Balances, what of them is held for orders, and the history. A `house` account is one of the
 * synthetic market's: it may owe, and nothing but its balances is kept.
 */
export class Account {
  readonly id: string;
  readonly isHouse: boolean;
  readonly #history: number;
  readonly #balances = new Map<string, bigint>();
  readonly #held = new Map<string, bigint>();
  /** Orders that were accepted, by id, oldest first: the open ones, and as many that are over as are kept. */
  readonly orders: Map<string, Order> = new Map();
  readonly openOrders: Set<Order> = new Set();
  /** The last order of each of the client's ids. */
  readonly #named = new Map<string, Order>();
  readonly #volume = new RecentVolume();
  /** Oldest first, as the ledger; the oldest are forgotten. */
  readonly trades: AccountTrade[] = [];
  readonly ledger: LedgerEntry[] = [];
  /** How many orders, trades and ledger entries were forgotten. */
  forgotten = 0;
  /** When all its orders will be cancelled. */
  cancelAllNs: bigint | undefined;
  /** Of its own in one market; `undefined`: as the exchange has it. */
  maxOpenOrders: number | undefined;
  /** Counts its execution reports. */
  sequence = 0;

  constructor(id: string, isHouse = false, history: number = DEFAULT_HISTORY) {
    this.id = id;
    this.isHouse = isHouse;
    this.#history = history;
  }

  get assets(): Iterable<string> {
    return this.#balances.keys();
  }

  balance(asset: string): bigint {
    return this.#balances.get(asset) ?? 0n;
  }

  held(asset: string): bigint {
    return this.#held.get(asset) ?? 0n;
  }

  /** What an order may be placed with. */
  available(asset: string): bigint {
    return this.balance(asset) - this.held(asset);
  }

  /** Changes a balance; answers what it is now. */
  add(asset: string, amount: bigint): bigint {
    const balance = this.balance(asset) + amount;
    this.#balances.set(asset, balance);
    return balance;
  }

  hold(asset: string, amount: bigint): void {
    if (amount !== 0n) this.#held.set(asset, this.held(asset) + amount);
  }

  /** Takes an accepted order in. */
  open(order: Order): void {
    this.orders.set(order.id, order);
    this.openOrders.add(order);
    if (order.clientOrderId !== undefined) this.#named.set(order.clientOrderId, order);
  }

  /** An order is over, and history. */
  close(order: Order): void {
    this.openOrders.delete(order);
    if (this.orders.size - this.openOrders.size <= this.#history) return;
    for (const oldest of this.orders.values()) {
      if (this.openOrders.has(oldest)) continue;
      this.orders.delete(oldest.id);
      const name = oldest.clientOrderId;
      if (name !== undefined && this.#named.get(name) === oldest) this.#named.delete(name);
      this.forgotten += 1;
      return;
    }
  }

  addTrade(trade: AccountTrade): void {
    this.trades.push(trade);
    this.#volume.add(trade.atNs, volumeOf(trade));
    this.#forget(this.trades);
  }

  addEntry(entry: LedgerEntry): void {
    this.ledger.push(entry);
    this.#forget(this.ledger);
  }

  /** Traded in the 30 days before, in whole units of the quote currencies. */
  recentVolume(nowNs: bigint): number {
    return this.#volume.read(nowNs);
  }

  /** By the exchange's id or the client's: of the latter the last order. */
  find(id: string): Order | undefined {
    return this.orders.get(id) ?? this.#named.get(id);
  }

  /** Cuts in lumps, so that each addition is cheap: at most half as much again is held. */
  #forget(rows: unknown[]): void {
    if (rows.length < this.#history * 1.5) return;
    const excess = rows.length - this.#history;
    rows.splice(0, excess);
    this.forgotten += excess;
  }
}

function volumeOf({ cost, order }: AccountTrade): number {
  return Number(cost / 10n ** BigInt(order.market.quoteScale));
}
