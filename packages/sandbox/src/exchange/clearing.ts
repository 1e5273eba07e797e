import type { Account, AccountTrade } from './account.ts';
import type { Market } from './market.ts';
import type { Refusal } from './refusal.ts';
import type { Fill } from './settlement.ts';
import type { Order } from './types.ts';

/** What a clearing says of one side of a fill, in the accounting scale of the market's quote asset. */
export interface Cleared {
  readonly cost: bigint;
  readonly fee: bigint;
  readonly ledgerIds?: readonly string[] | undefined;
  readonly margin?: AccountTrade['margin'];
}

/**
 * How an order is paid for that is not paid fill by fill in two assets: a contract, or an order on
 * margin. `order.held` is then in lots, what of the order counts for margin.
 */
export interface Clearing {
  /** What a new order may be of: all of it, less where it may only reduce a position, or nothing. */
  fit(
    order: Pick<Order, 'account' | 'market' | 'side' | 'reduceOnly'>,
    lots: bigint,
  ): bigint | Refusal;
  /** Sets how many lots of an order count for margin; false, and nothing changed, when that is too much. */
  reserve(order: Order, lots: bigint): boolean;
  /** The most lots of `lots` that an order may trade now. */
  affordable(order: Order, lots: bigint): bigint;
  /** Books one side of a fill, which the account knows as the trade of this id. */
  settle(order: Order, fill: Fill, isMaker: boolean, tradeId: string): Cleared;
}

/** How orders of Spot are paid for on margin, and what that leaves open. */
export interface SpotMargin extends Clearing {
  openLots(account: Account, market: Market): bigint;
}

/** How a whole market is paid in: contracts. A market without one is Spot's. */
export interface ContractClearing extends Clearing {
  /** What a client may call an order. */
  readonly clientOrderId: RegExp;
  /** A price that does not come from the market's own trades. */
  price(market: Market, kind: 'index' | 'mark'): number | undefined;
}
