import type { OrderRequest } from './draft.ts';
import type { Entrance } from './entrance.ts';
import { reserve } from './funds.ts';
import type { Matching } from './matching.ts';
import { REASONS, REFUSALS, Refusal } from './refusal.ts';
import type { Order } from './types.ts';

/** What an edit did: the order that was cancelled and the one that came in its place. */
export interface Edited {
  readonly original: Order;
  readonly order: Order;
}

/**
 * Cancels an open order and lets another in at the end of the queue, or says why not and changes
 * nothing. What was triggered, closes a fill or has a client's id cannot be edited, and the new
 * quantity may not be below what was executed (docs.kraken.com, "Edit Order").
 */
export function editOrder(
  original: Order,
  change: (order: Order) => OrderRequest,
  context: {
    readonly entrance: Entrance;
    readonly matching: Matching;
    readonly nowNs: bigint;
    /** Checks the terms and does nothing. */
    readonly validates: boolean;
  },
): Edited | Refusal {
  const { entrance, matching, nowNs, validates } = context;
  const isOver = original.trigger?.triggeredNs !== undefined;
  if (isOver || original.close !== undefined || original.clientOrderId !== undefined) {
    return new Refusal(REFUSALS.invalidOrder);
  }
  const order = entrance.prepare(original.account, change(original), nowNs, original);
  if (order instanceof Refusal) return order;
  if (order.lots < original.filledLots) return new Refusal(REFUSALS.invalidOrder);
  if (validates) return { original, order };
  const { held } = original;
  reserve(original, 0n);
  const refused = entrance.holdFunds(order);
  if (refused !== undefined) {
    reserve(original, held);
    return refused;
  }
  matching.end(original, 'canceled', REASONS.replaced, nowNs);
  entrance.enter(order, nowNs);
  return { original, order };
}
