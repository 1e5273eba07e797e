import { sumDecimals } from '../decimal/arithmetic.ts';
import { parseDecimal } from '../decimal/parse.ts';
import { divideDecimals } from '../decimal/rounding.ts';
import type { BookSide, Order } from '../types.ts';

/** What these functions need of an L3 book: `L3Book` has it. */
export interface OrderView {
  /** The orders of one level by rank (0 is the best), first in the queue first. */
  ordersAt(side: BookSide, rank: number): readonly Order[];
  order(orderId: string): (Order & { readonly side: BookSide; readonly rank: number }) | undefined;
}

/** Where an order stands in the queue of its price. */
export interface QueuePosition {
  readonly side: BookSide;
  /** Of its level; 0 is the best. */
  readonly rank: number;
  /** 0 is the first to be filled. */
  readonly position: number;
  readonly ordersAhead: number;
  readonly quantityAhead: string;
  readonly ordersBehind: number;
  /** Of the whole level, this order included. */
  readonly levelQuantity: string;
}

/** The orders of the best level, first in the queue first; empty for an empty side. */
export function ordersAtBest(book: OrderView, side: BookSide): readonly Order[] {
  return book.ordersAt(side, 0);
}

/**
 * The mean quantity of some orders to `scale` decimals (as many as they have without it), half to
 * even; undefined without orders.
 */
export function averageOrderSize(orders: readonly Order[], scale?: number): string | undefined {
  if (orders.length === 0) return undefined;
  const total = sumDecimals(orders.map(({ quantity }) => quantity));
  return divideDecimals(total, String(orders.length), scale ?? parseDecimal(total).scale);
}

/** An order's place and what must be filled before it; undefined when it is not in the book. */
export function queuePosition(book: OrderView, orderId: string): QueuePosition | undefined {
  const order = book.order(orderId);
  if (order === undefined) return undefined;
  const { side, rank } = order;
  const queue = book.ordersAt(side, rank);
  const position = queue.findIndex((queued) => queued.orderId === orderId);
  const quantities = queue.map(({ quantity }) => quantity);
  return {
    side,
    rank,
    position,
    ordersAhead: position,
    quantityAhead: sumDecimals(quantities.slice(0, position)),
    ordersBehind: queue.length - position - 1,
    levelQuantity: sumDecimals(quantities),
  };
}
