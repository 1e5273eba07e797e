import type { Account, AccountTrade, LedgerEntry } from './account.ts';
import type { Market } from './market.ts';
import type { Amend, Order, OrderStatus, Side } from './types.ts';

/** The kinds of execution report, as the executions channel names them. */
export type ExecType =
  | 'pending_new'
  | 'new'
  | 'trade'
  | 'filled'
  | 'iceberg_refill'
  | 'canceled'
  | 'expired'
  | 'amended'
  | 'restated'
  | 'status';

/** One change of one order of a book. An order that goes to the end of a queue is a delete and an add. */
export interface BookChange {
  readonly kind: 'add' | 'modify' | 'delete';
  readonly side: 'bid' | 'ask';
  readonly orderId: string;
  readonly ticks: number;
  /** What can be seen of the order after it; of a delete, what could be seen before. */
  readonly lots: bigint;
  /** When the order joined its queue. */
  readonly queueNs: bigint;
  /** What can be seen of the whole level after it; 0: the level is gone. */
  readonly levelLots: bigint;
}

/** One fill, public. `side` and `orderType` are the taker's. */
export interface Trade {
  readonly id: number;
  readonly side: Side;
  readonly ticks: number;
  readonly lots: bigint;
  readonly orderType: 'limit' | 'market';
  readonly atNs: bigint;
}

/** One step of one order's life: the state of the order as it was then, not as it is now. */
export interface ExecutionReport {
  readonly account: Account;
  /** Counts the account's reports from 1: a hole is a lost report. */
  readonly sequence: number;
  readonly type: ExecType;
  readonly order: Order;
  readonly atNs: bigint;
  readonly status: OrderStatus;
  readonly lots: bigint;
  readonly limitTicks: number | undefined;
  readonly displayLots: bigint | undefined;
  readonly visibleLots: bigint;
  readonly triggerTicks: number | undefined;
  readonly isTriggered: boolean;
  readonly filledLots: bigint;
  readonly filledValue: bigint;
  readonly cost: bigint;
  readonly fees: { readonly base: bigint; readonly quote: bigint };
  readonly reason: string | undefined;
  /** Of a trade. */
  readonly trade: AccountTrade | undefined;
  /** Of an amend. */
  readonly amend: Amend | undefined;
}

/** What one operation did to one market. */
export interface MarketChanges {
  readonly market: Market;
  readonly changes: BookChange[];
  readonly trades: Trade[];
}

/** What one operation did: published once, when it is over and everything adds up again. */
export interface Batch {
  readonly atNs: bigint;
  readonly markets: ReadonlyMap<Market, MarketChanges>;
  readonly reports: readonly ExecutionReport[];
  /** In the order of booking; two for a fill of an account, of one `refId`. */
  readonly ledger: readonly { readonly account: Account; readonly entry: LedgerEntry }[];
  /** Markets whose trading state changed. */
  readonly states: readonly Market[];
}
