import type { Timers } from '@kr/schemas/shared';
import { sleep } from '../async/sleep.ts';
import type { OrderLookup } from '../private/order-lookup.ts';
import type { OrderFeed } from '../private/orders.ts';
import type { Reconciled, ReconcileOptions } from './trading.ts';

export interface ReconcileParts {
  readonly timers: Timers;
  readonly orders: OrderFeed;
  readonly lookup: OrderLookup | undefined;
}

/** Looks where an order can be seen: the feed of orders, then REST; several times, for it may come late. */
export async function reconcile(
  { timers, orders, lookup }: ReconcileParts,
  clientOrderId: string,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const { attempts = 5, waitMs = 1000, signal = new AbortController().signal } = options;
  let failure: { readonly error: unknown } | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await sleep(timers, waitMs, signal);
    // Without REST only what the feed says counts, and that not before it is whole again.
    if (lookup === undefined) await orders.live({ signal });
    const order = orders.find(clientOrderId);
    if (order !== undefined) {
      return { status: 'found', clientOrderId, orderId: order.orderId, order };
    }
    if (lookup === undefined) continue;
    try {
      const found = await lookup.find(clientOrderId, signal);
      failure = undefined;
      if (found === undefined) continue;
      return { status: 'found', clientOrderId, orderId: found.orderId, order: found };
    } catch (error) {
      if (signal.aborted) throw error;
      failure = { error };
    }
  }
  // "Not found" is what was looked for and not seen; who could not look does not say it.
  if (failure !== undefined) throw failure.error;
  return { status: 'notFound', clientOrderId };
}
