import {
  type Account,
  type Batch,
  type ExecutionReport,
  type Order,
  REASONS,
} from '../../exchange/index.ts';
import { isOpen } from '../../exchange/types.ts';

/** One change of the open orders of an account: the order as it is now, or that it is gone. */
export interface OrderChange {
  readonly order: Order;
  readonly isGone: boolean;
  readonly reason: string;
  /** It never stood among the open orders: only the verbose feed tells of it. */
  readonly isFailure: boolean;
}

/** Why an order was cancelled, in the words of the feed. */
const CANCELLED: Readonly<Record<string, string>> = {
  [REASONS.user]: 'cancelled_by_user',
  [REASONS.replaced]: 'cancelled_by_user',
  [REASONS.amended]: 'cancelled_by_user',
  [REASONS.timeout]: 'dead_man_switch',
  [REASONS.funds]: 'not_enough_margin',
  [REASONS.selfTrade]: 'would_execute_self',
  [REASONS.reduceOnly]: 'would_not_reduce_position',
  [REASONS.ioc]: 'ioc_order_failed_because_it_would_not_be_executed',
  [REASONS.fok]: 'ioc_order_failed_because_it_would_not_be_executed',
  [REASONS.liquidity]: 'ioc_order_failed_because_it_would_not_be_executed',
  [REASONS.postOnly]: 'post_order_failed_because_it_would_filled',
};

/**
 * What a batch did to the open orders of an account, an order at a time. An order that came and was
 * filled at once was never open: nobody is told here, its fills are in the other feed.
 */
export function orderChanges(
  { reports, states }: Batch,
  account: Account,
  reasonOfCancel: string | undefined,
): OrderChange[] {
  const byOrder = new Map<Order, ExecutionReport[]>();
  for (const report of reports) {
    if (report.account !== account) continue;
    const own = byOrder.get(report.order);
    if (own === undefined) byOrder.set(report.order, [report]);
    else own.push(report);
  }
  const changes: OrderChange[] = [];
  for (const [order, own] of byOrder) {
    const isNew = own.some(({ type }) => type === 'pending_new');
    const isWoken = !isNew && own.some(({ type, isTriggered }) => type === 'status' && isTriggered);
    if (isWoken) {
      changes.push({ order, isGone: true, reason: 'stop_order_triggered', isFailure: false });
    }
    const wasOpen = !isNew && !isWoken;
    if (isOpen(order)) {
      const reason = isNew
        ? 'new_placed_order_by_user'
        : isWoken
          ? 'limit_order_from_stop'
          : reasonOfChange(own);
      changes.push({ order, isGone: false, reason, isFailure: false });
      continue;
    }
    const isFilled = order.status === 'filled';
    if (!wasOpen && isFilled) continue;
    const word = CANCELLED[order.reason ?? ''] ?? 'cancelled_by_admin';
    const cancelled = states.includes(order.market) ? 'market_inactive' : (reasonOfCancel ?? word);
    changes.push({
      order,
      isGone: true,
      reason: isFilled ? 'full_fill' : cancelled,
      isFailure: !wasOpen,
    });
  }
  return changes;
}

function reasonOfChange(reports: readonly ExecutionReport[]): string {
  return reports.some(({ type }) => type === 'amended') ? 'edited_by_user' : 'partial_fill';
}
