import type { Order } from './types.ts';

/** One change of one balance. `balance` is after it: the one before plus `amount` less `fee`. */
export interface LedgerEntry {
  readonly id: string;
  /** What caused it: the execution's id of a trade. */
  readonly refId: string;
  readonly atNs: bigint;
  readonly type: 'deposit' | 'trade';
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
}

/**
 * Balances, what of them is held for orders, and the history. A `house` account is one of the
 * synthetic market's: it may owe, and nothing but its balances is kept.
 */
export class Account {
  readonly id: string;
  readonly isHouse: boolean;
  readonly #balances = new Map<string, bigint>();
  readonly #held = new Map<string, bigint>();
  /** Every order that was accepted, by id, oldest first. */
  readonly orders: Map<string, Order> = new Map();
  readonly openOrders: Set<Order> = new Set();
  /** Trades of the last 30 days begin here; their volume, in whole quote units. */
  #recent = 0;
  #volume = 0;
  /** Oldest first, as the ledger. */
  readonly trades: AccountTrade[] = [];
  readonly ledger: LedgerEntry[] = [];
  /** When all its orders will be cancelled. */
  cancelAllNs: bigint | undefined;
  /** Counts its execution reports. */
  sequence = 0;

  constructor(id: string, isHouse = false) {
    this.id = id;
    this.isHouse = isHouse;
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

  /** Enters a trade. */
  addTrade(trade: AccountTrade): void {
    this.trades.push(trade);
    this.#volume += volumeOf(trade);
  }

  /** Traded since a time, which never runs backwards, in whole units of the quote currencies. */
  volumeSince(sinceNs: bigint): number {
    for (;;) {
      const oldest = this.trades[this.#recent];
      if (oldest === undefined || oldest.atNs >= sinceNs) return this.#volume;
      this.#recent += 1;
      this.#volume -= volumeOf(oldest);
    }
  }

  /** By the exchange's id or, of open orders first, the client's. */
  find(id: string): Order | undefined {
    const order = this.orders.get(id);
    if (order !== undefined) return order;
    for (const open of this.openOrders) if (open.clientOrderId === id) return open;
    return [...this.orders.values()].findLast(({ clientOrderId }) => clientOrderId === id);
  }
}

function volumeOf({ cost, order }: AccountTrade): number {
  return Number(cost / 10n ** BigInt(order.market.quoteScale));
}
