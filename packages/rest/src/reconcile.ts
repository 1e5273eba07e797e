import type { Order } from '@kr/schemas/rest';
import type { Timers } from '@kr/schemas/shared';
import { assertAtLeast, assertDelay } from './check-options.ts';
import { invalidParams } from './errors.ts';
import { sleep } from './sleep.ts';
import type { SpotClient } from './spot-client.ts';
import { pagesOfTradesHistory } from './spot-pages.ts';

export interface ReconcileOptions {
  /** How often to look: an order can be missing from OpenOrders for a moment. @defaultValue 5 */
  readonly attempts?: number | undefined;
  /** Between two looks. @defaultValue 1000 */
  readonly waitMs?: number | undefined;
  /** Unix seconds before it was sent: lets TradesHistory be searched as well. */
  readonly sinceSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const RECONCILE = 'reconcile';

/**
 * What a search goes by. Without an id it would find orders that have none.
 *
 * @throws RestError `INVALID_PARAMS`, `INVALID_OPTION`
 */
export function readSearch(clientOrderId: unknown, options: ReconcileOptions) {
  const { attempts = 5, waitMs = 1000, sinceSeconds, signal } = options;
  if (typeof clientOrderId !== 'string' || clientOrderId === '') {
    throw invalidParams(RECONCILE, 'clientOrderId', 'it is the text that the order was sent with');
  }
  assertAtLeast('attempts', attempts, 1);
  assertDelay('waitMs', waitMs);
  if (sinceSeconds !== undefined) assertAtLeast('sinceSeconds', sinceSeconds, 0);
  return { attempts, waitMs, sinceSeconds, signal };
}

/** What was found of an order. */
export type Reconciled =
  | {
      readonly status: 'found';
      readonly clientOrderId: string;
      readonly orderId: string;
      /** As it stands now: `open`, `closed`, `canceled`, … and how much of it was executed. */
      readonly order: Order;
      /** All orders with this client order id: more than one only if somebody else used it, too. */
      readonly orderIds: readonly string[];
    }
  /** Nowhere. That is no rejection: it may still come. Look again, and do not send it anew. */
  | { readonly status: 'notFound'; readonly clientOrderId: string };

type Found = Readonly<Record<string, Order>>;

/** QueryOrders takes at most 50. */
const QUERY_SIZE = 50;

export async function reconcileSpotOrder(
  client: SpotClient,
  timers: Timers,
  clientOrderId: string,
  options: ReconcileOptions = {},
): Promise<Reconciled> {
  const { attempts, waitMs, sinceSeconds, signal } = readSearch(clientOrderId, options);
  for (let attempt = 1; ; attempt += 1) {
    // Open ones first: an order that closes in between is then among the closed.
    const found = {
      ...ofClient(clientOrderId, await openOrders(client, clientOrderId, signal)),
      ...ofClient(clientOrderId, await closedOrders(client, clientOrderId, signal)),
    };
    if (Object.keys(found).length === 0 && sinceSeconds !== undefined) {
      Object.assign(found, await tradedOrders(client, clientOrderId, sinceSeconds, signal));
    }
    const orderIds = Object.keys(found);
    const [orderId] = orderIds;
    if (orderId !== undefined) {
      // Asked for by its id, the order is as fresh as it can be had.
      const fresh = await client.queryOrders({ txid: orderId }, { signal });
      const order = fresh[orderId] ?? found[orderId];
      if (order !== undefined) return { status: 'found', clientOrderId, orderId, order, orderIds };
    }
    if (attempt >= attempts) return { status: 'notFound', clientOrderId };
    await sleep(timers, waitMs, signal, 'reconcile');
  }
}

async function openOrders(client: SpotClient, id: string, signal?: AbortSignal): Promise<Found> {
  return (await client.openOrders({ cl_ord_id: id }, { signal })).open;
}

async function closedOrders(client: SpotClient, id: string, signal?: AbortSignal): Promise<Found> {
  return (await client.closedOrders({ cl_ord_id: id, without_count: true }, { signal })).closed;
}

/**
 * The order by the fills since then, which OpenOrders and ClosedOrders can lag behind: newest first,
 * as far as it takes.
 */
async function tradedOrders(
  client: SpotClient,
  clientOrderId: string,
  sinceSeconds: number,
  signal?: AbortSignal,
): Promise<Found> {
  const seen = new Set<string>();
  let waiting: string[] = [];
  const lookUp = async (): Promise<Found> => {
    const txid = waiting.join(',');
    waiting = [];
    if (txid === '') return {};
    return ofClient(clientOrderId, await client.queryOrders({ txid }, { signal }));
  };
  const params = { start: Math.floor(sinceSeconds) };
  for await (const [, { ordertxid }] of pagesOfTradesHistory(client, params, { signal })) {
    if (seen.has(ordertxid)) continue;
    seen.add(ordertxid);
    if (waiting.push(ordertxid) < QUERY_SIZE) continue;
    const found = await lookUp();
    if (Object.keys(found).length > 0) return found;
  }
  return lookUp();
}

/** The filter is Kraken's; that it was kept is checked here. */
function ofClient(clientOrderId: string, orders: Found): Record<string, Order> {
  return Object.fromEntries(
    Object.entries(orders).filter(([, order]) => order.cl_ord_id === clientOrderId),
  );
}
