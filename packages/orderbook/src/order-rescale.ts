import { isOrderBookError } from './errors.ts';
import { OrderBatch } from './order-batch.ts';
import { readOrders } from './order-reading.ts';
import { OrderSides } from './order-sides.ts';
import type { Precision } from './precision.ts';
import { fillOrderBatch, readTextOrders } from './text-orders.ts';
import type { Order, OrderEvent } from './types.ts';

/**
 * The same orders at another precision; undefined when some number would lose a digit or have too
 * many. Goes through the texts: a change of precision happens a few times a year.
 */
export function rescaledOrders(sides: OrderSides, precision: Precision): OrderSides | undefined {
  const { bids, asks, depth } = sides;
  const events = readTextOrders({
    bids: readOrders(sides, bids, 0, depth).map(toAdd),
    asks: readOrders(sides, asks, 0, depth).map(toAdd),
  });
  const { price = 0, quantity = 0 } = events.shown;
  if (price > precision.pricePrecision || quantity > precision.quantityPrecision) return undefined;
  const copy = new OrderSides(depth);
  copy.unknownOrders = sides.unknownOrders;
  const batch = new OrderBatch();
  batch.snapshot = true;
  batch.pricePrecision = precision.pricePrecision;
  batch.quantityPrecision = precision.quantityPrecision;
  try {
    fillOrderBatch(events, batch, copy.ids);
  } catch (error) {
    if (isOrderBookError(error, 'INVALID_LEVEL')) return undefined;
    throw error;
  }
  copy.apply(batch);
  return copy;
}

function toAdd(order: Order): OrderEvent {
  return {
    ...order,
    event: 'add',
    price: withoutZeros(order.price),
    quantity: withoutZeros(order.quantity),
  };
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
