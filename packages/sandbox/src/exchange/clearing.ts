import type { Market } from './market.ts';
import type { Refusal } from './refusal.ts';
import type { Fill } from './settlement.ts';
import type { Order } from './types.ts';

/**
 * How a market is paid in that is not paid fill by fill in its two assets: contracts on margin. A
 * market without one is Spot's. `order.held` is then in lots, what of the order counts for margin.
 */
export interface Clearing {
  /** What a client may call an order. */
  readonly clientOrderId: RegExp;
  /** What a new order may be of: all of it, less where it may only reduce a position, or nothing. */
  fit(
    order: Pick<Order, 'account' | 'market' | 'side' | 'reduceOnly'>,
    lots: bigint,
  ): bigint | Refusal;
  /** Sets how many lots of an order count for margin; false, and nothing changed, when that is too much. */
  reserve(order: Order, lots: bigint): boolean;
  /** The most lots of `lots` that an order may trade now. */
  affordable(order: Order, lots: bigint): bigint;
  /** Books one side of a fill; answers what it is worth and its fee, in the accounting scale of the market's quote asset. */
  settle(
    order: Order,
    fill: Fill,
    isMaker: boolean,
  ): { readonly cost: bigint; readonly fee: bigint };
  /** A price that does not come from the market's own trades. */
  price(market: Market, kind: 'index' | 'mark'): number | undefined;
}
