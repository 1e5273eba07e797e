import type { Timers } from '@kr/schemas/shared';
import { sleep } from '../async/sleep.ts';
import { orderOfRest } from '../private/order-of-rest.ts';
import { type OrderReader, readByClientOrderId } from '../private/order-reader.ts';
import type { OrderFeed } from '../private/orders.ts';
import type { Reconciled, ReconcileOptions } from './trading.ts';

export interface ReconcileParts {
  readonly timers: Timers;
  readonly orders: OrderFeed;
  readonly reader: OrderReader | undefined;
}

/** Looks where an order can be seen: the feed of orders, then REST; several times, for it may come late. */
export async function reconcile(
  { timers, orders, reader }: ReconcileParts,
  clientOrderId: string,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const { attempts = 5, waitMs = 1000, signal = new AbortController().signal } = options;
  let failure: { readonly error: unknown } | undefined;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await sleep(timers, waitMs, signal);
    // Without REST only what the feed says counts, and that not before it is whole again.
    if (reader === undefined) await orders.live({ signal });
    const order = orders.find(clientOrderId);
    if (order !== undefined) {
      return { status: 'found', clientOrderId, orderId: order.orderId, order };
    }
    if (reader === undefined) continue;
    try {
      const [found] = await readByClientOrderId(reader, clientOrderId, signal);
      failure = undefined;
      if (found === undefined) continue;
      const [orderId, read] = found;
      return {
        status: 'found',
        clientOrderId,
        orderId,
        order: orderOfRest(orderId, read, undefined),
      };
    } catch (error) {
      if (signal.aborted) throw error;
      failure = { error };
    }
  }
  // "Not found" is what was looked for and not seen; who could not look does not say it.
  if (failure !== undefined) throw failure.error;
  return { status: 'notFound', clientOrderId };
}
