import { compareDecimals } from '@kr/orderbook/decimal';
import type {
  ExecutionHistoryEvent,
  HistoricalOrder,
  HistoricalTrigger,
  OrderHistoryEvent,
  OrdersStatusResult,
  TriggerHistoryEvent,
} from '@kr/schemas/futures-rest';
import { ownSideOf } from './futures-execution.ts';
import { textOf, timeOf } from './futures-fields.ts';
import type { OrderStatus, TrackedOrder } from './order.ts';

/** What Futures REST says of an order. */
export interface Found {
  readonly orderId: string;
  readonly clientOrderId: string | undefined;
  readonly symbol: string;
  readonly side: string;
  readonly orderType: string | undefined;
  readonly status: OrderStatus;
  readonly isOpen: boolean;
  readonly quantity: string | undefined;
  readonly filled: string;
  readonly limitPrice: string | undefined;
  readonly reason: string | undefined;
  readonly at: string;
}

/** The order as REST has it, over what was known of it. */
export function orderOfFound(found: Found, before: TrackedOrder | undefined): TrackedOrder {
  const { filled, status, isOpen } = found;
  const known = before?.filledQuantity ?? '0';
  return {
    orderId: found.orderId,
    clientOrderId: before?.clientOrderId ?? found.clientOrderId,
    symbol: before?.symbol ?? found.symbol,
    side: before?.side ?? found.side,
    orderType: before?.orderType ?? found.orderType,
    status,
    isOpen,
    quantity: before?.quantity ?? found.quantity,
    limitPrice: before?.limitPrice ?? found.limitPrice,
    // Fills only add up.
    filledQuantity: compareDecimals(filled, known) > 0 ? filled : known,
    filledCost: before?.filledCost,
    averagePrice: before?.averagePrice,
    reason: found.reason ?? before?.reason,
    updatedAt: found.at,
    report: before?.report ?? {},
  };
}

const STATUSES: ReadonlyMap<string, OrderStatus> = new Map([
  ['ENTERED_BOOK', 'new'],
  ['TRIGGER_PLACED', 'new'],
  ['FULLY_EXECUTED', 'filled'],
]);

/** Of orders/status. What is neither open nor filled is gone, and its reason says why. */
export function foundInStatus({
  order,
  status: said,
  updateReason,
  error,
}: OrdersStatusResult['orders'][number]): Found {
  const status = STATUSES.get(said) ?? 'canceled';
  return {
    orderId: order.orderId,
    clientOrderId: order.cliOrdId ?? undefined,
    symbol: order.symbol,
    side: order.side,
    // It says no more than whether it waits for a price.
    orderType: undefined,
    status,
    isOpen: status === 'new',
    quantity: quantityOf(order.quantity ?? undefined, order.filled ?? undefined, status),
    filled: order.filled ?? '0',
    limitPrice: order.limitPrice ?? undefined,
    reason: updateReason ?? error ?? undefined,
    at: order.lastUpdateTimestamp,
  };
}

export function foundInEvent(event: OrderHistoryEvent, atMs: number): Found | undefined {
  const { OrderCancelled: cancelled, OrderRejected: rejected, OrderUpdated: updated } = event;
  const ended = cancelled ?? rejected;
  if (ended !== undefined) {
    const reason = rejected?.orderError ?? ended.reason;
    return foundInOrder(ended.order, 'canceled', reason, atMs);
  }
  if (updated !== undefined) {
    const { newOrder, reason } = updated;
    return foundInOrder(newOrder, reason === 'full_fill' ? 'filled' : 'new', reason, atMs);
  }
  const order = event.OrderPlaced?.order ?? event.OrderEditRejected?.oldOrder;
  return order === undefined ? undefined : foundInOrder(order, 'new', undefined, atMs);
}

/** What a trigger sets off is told as an order. */
export function foundInTrigger(event: TriggerHistoryEvent, atMs: number): Found | undefined {
  const { OrderTriggerCancelled: cancelled } = event;
  const order: HistoricalTrigger | undefined =
    cancelled?.order ??
    event.OrderTriggerPlaced?.order ??
    event.OrderTriggerUpdated?.newOrderTrigger ??
    event.OrderTriggerActivated?.order ??
    event.OrderTriggerEditRejected?.oldOrderTrigger;
  if (order === undefined) return undefined;
  const status = cancelled === undefined ? 'new' : 'canceled';
  return foundInOrder({ ...order, filled: '0' }, status, cancelled?.reason, atMs);
}

/** An order that never rests is over with its executions; another only where one says so. */
export function foundInExecution(
  { Execution: { execution } }: ExecutionHistoryEvent,
  atMs: number,
  accountUid: string | undefined,
): Found | undefined {
  const order = ownSideOf(execution, accountUid)?.order;
  if (order === undefined) return undefined;
  const isOver = execution.limitFilled || NEVER_RESTS.has(order.orderType);
  return foundInOrder(order, isOver ? 'filled' : 'partially_filled', undefined, atMs);
}

const NEVER_RESTS: ReadonlySet<string> = new Set(['IoC', 'Market']);

function foundInOrder(
  order: Omit<HistoricalOrder, 'limitPrice'> & { readonly limitPrice?: string | null | undefined },
  status: OrderStatus,
  reason: string | undefined,
  atMs: number,
): Found {
  const { filled = '0' } = order;
  return {
    orderId: order.uid,
    clientOrderId: textOf(order.clientId),
    symbol: order.tradeable,
    side: order.direction.toLowerCase(),
    orderType: TYPES.get(order.orderType) ?? order.orderType.toLowerCase(),
    status,
    isOpen: status !== 'filled' && status !== 'canceled',
    quantity: quantityOf(order.quantity, filled, status),
    filled,
    limitPrice: order.limitPrice ?? undefined,
    reason,
    at: timeOf(atMs),
  };
}

/** Under the names of the socket. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['IoC', 'limit'],
  ['Post', 'limit'],
]);

/**
 * All that was wanted. Whether `quantity` is that or what is left of it is not documented: before the
 * first fill both are the same, and after the last what was filled is all.
 */
function quantityOf(
  quantity: string | undefined,
  filled: string | undefined = '0',
  status: OrderStatus,
): string | undefined {
  if (compareDecimals(filled, '0') === 0) return quantity;
  return status === 'filled' ? filled : undefined;
}
