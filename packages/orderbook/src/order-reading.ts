import type { Ladder } from './ladder.ts';
import type { OrderSides } from './order-sides.ts';
import { formatOrderTime } from './order-time.ts';
import { formatScaled, joinScaled } from './scaled.ts';
import type { Level, Order } from './types.ts';

/** The orders of `count` levels from a rank on, in book order. */
export function readOrders(
  sides: OrderSides,
  ladder: Ladder,
  rank: number,
  count: number,
): Order[] {
  const orders: Order[] = [];
  const start = ladder.high - 1 - rank;
  const end = Math.max(ladder.low, start - count + 1);
  for (let at = start; at >= end; at--) {
    const level = ladder.quantities[at]!;
    for (let slot = sides.first[level]!; slot !== 0; slot = sides.orders.next[slot]!) {
      orders.push(readOrder(sides, ladder, at, slot));
    }
  }
  return orders;
}

/** The order of a slot, whose level stands at an index of the ladder. */
export function readOrder(sides: OrderSides, ladder: Ladder, at: number, slot: number): Order {
  const { orders, ids } = sides;
  return {
    orderId: ids.unpack(orders.idHeads[slot]!, orders.idTails[slot]!),
    price: formatScaled(ladder.priceAt(at), sides.pricePrecision),
    quantity: formatScaled(quantityOf(sides, slot), sides.quantityPrecision),
    timestamp: formatOrderTime(orders.seconds[slot]!, orders.nanos[slot]!),
  };
}

/** The best `count` levels, best first, their orders summed up. */
export function readTotals(sides: OrderSides, ladder: Ladder, count: number): Level[] {
  const levels: Level[] = [];
  const end = Math.max(ladder.low, ladder.high - count);
  for (let at = ladder.high - 1; at >= end; at--) {
    let total = 0n;
    const level = ladder.quantities[at]!;
    for (let slot = sides.first[level]!; slot !== 0; slot = sides.orders.next[slot]!) {
      total += quantityOf(sides, slot);
    }
    levels.push({
      price: formatScaled(ladder.priceAt(at), sides.pricePrecision),
      quantity: formatScaled(total, sides.quantityPrecision),
    });
  }
  return levels;
}

function quantityOf({ orders }: OrderSides, slot: number): bigint {
  return joinScaled(orders.quantities[slot]!, orders.wide ? orders.quantityTails[slot]! : 0);
}
