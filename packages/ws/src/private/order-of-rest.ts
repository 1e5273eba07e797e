import type { Order } from '@kr/schemas/rest';
import { timeOfSeconds } from './fill.ts';
import type { OrderStatus, TrackedOrder } from './order.ts';

const STATUSES: ReadonlyMap<string, OrderStatus> = new Map([
  ['pending', 'pending_new'],
  ['open', 'new'],
  ['closed', 'filled'],
  ['canceled', 'canceled'],
  ['expired', 'expired'],
]);

/** An order as REST describes it, with what was known of it before: REST has other names for the pair. */
export function orderOfRest(
  orderId: string,
  order: Order,
  before: TrackedOrder | undefined,
): TrackedOrder {
  const status = STATUSES.get(order.status) ?? order.status;
  return {
    orderId,
    clientOrderId: before?.clientOrderId ?? order.cl_ord_id ?? undefined,
    symbol: before?.symbol,
    side: before?.side ?? order.descr.type,
    orderType: before?.orderType ?? order.descr.ordertype,
    status,
    isOpen: status === 'new' || status === 'pending_new',
    quantity: order.vol,
    limitPrice: before?.limitPrice,
    filledQuantity: order.vol_exec,
    filledCost: order.cost,
    averagePrice: order.price,
    reason: order.reason ?? before?.reason,
    updatedAt: order.closetm === undefined ? before?.updatedAt : timeOfSeconds(order.closetm),
    report: before?.report ?? {},
  };
}
