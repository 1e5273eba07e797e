import { compareDecimals } from '@kr/orderbook/decimal';
import type { HistoricalOrder } from '@kr/schemas/futures-rest';
import type { Timers } from '@kr/schemas/shared';
import type { FuturesClient } from './futures-client.ts';
import { type FuturesElement, type FuturesHistory, pagesOfHistory } from './futures-pages.ts';
import { type ReconcileOptions, readSearch } from './reconcile.ts';
import { sleep } from './sleep.ts';

/**
 * It rests (perhaps in part), has traded and rests no more, was cancelled (perhaps after a part of it
 * traded), or was refused after it had been received.
 */
export type FuturesOrderState = 'open' | 'filled' | 'cancelled' | 'rejected';

/** What was found of a Futures order. */
export type ReconciledFutures =
  | {
      readonly status: 'found';
      readonly clientOrderId: string;
      readonly orderId: string;
      readonly state: FuturesOrderState;
    }
  /** Nowhere. That is no rejection: it may still come. Look again, and do not send it anew. */
  | { readonly status: 'notFound'; readonly clientOrderId: string };

interface Found {
  readonly orderId: string;
  readonly state: FuturesOrderState;
}

interface Search {
  readonly client: FuturesClient;
  readonly clientOrderId: string;
  readonly sinceSeconds: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export async function reconcileFuturesOrder(
  client: FuturesClient,
  timers: Timers,
  clientOrderId: string,
  options: ReconcileOptions = {},
): Promise<ReconciledFutures> {
  const { attempts, waitMs, sinceSeconds, signal } = readSearch(clientOrderId, options);
  const search = { client, clientOrderId, sinceSeconds, signal };
  for (let attempt = 1; ; attempt += 1) {
    const current = await findCurrent(search);
    if (current !== undefined) return { status: 'found', clientOrderId, ...current };
    const past = await findPast(search);
    // Open there, and not among the open orders a moment ago: one of the two lags behind.
    const isSettled = past !== undefined && past.state !== 'open';
    if (isSettled || (past !== undefined && attempt >= attempts)) {
      return { status: 'found', clientOrderId, ...past };
    }
    if (attempt >= attempts) return { status: 'notFound', clientOrderId };
    await sleep(timers, waitMs, signal, 'reconcile');
  }
}

const STATES: Readonly<Record<string, FuturesOrderState>> = {
  ENTERED_BOOK: 'open',
  TRIGGER_PLACED: 'open',
  FULLY_EXECUTED: 'filled',
  CANCELLED: 'cancelled',
  TRIGGER_ACTIVATION_FAILURE: 'rejected',
  REJECTED: 'rejected',
};

/**
 * orders/status knows what rests and what changed in the last seconds. Then open orders before fills:
 * an order that trades in between is among the fills.
 */
async function findCurrent({ client, clientOrderId, signal }: Search): Promise<Found | undefined> {
  const { orders } = await client.ordersStatus({ cliOrdIds: [clientOrderId] }, { signal });
  const known = orders.find(({ order }) => order.cliOrdId === clientOrderId);
  const state = known === undefined ? undefined : STATES[known.status];
  if (known !== undefined && state !== undefined) return { orderId: known.order.orderId, state };
  const { openOrders } = await client.openOrders({}, { signal });
  const open = openOrders.find(({ cliOrdId }) => cliOrdId === clientOrderId);
  if (open !== undefined) return { orderId: open.order_id, state: 'open' };
  const { fills } = await client.fills({}, { signal });
  const fill = fills.find((row) => (row.cliOrdId ?? row.cli_ord_id) === clientOrderId);
  return fill === undefined ? undefined : { orderId: fill.order_id, state: 'filled' };
}

/** What is older is in the histories alone: of orders, of executions, of triggers. */
async function findPast(search: Search): Promise<Found | undefined> {
  return (
    (await newestOf(search, 'orderHistory', ({ event }) => fromOrderEvent(event, search))) ??
    (await newestOf(search, 'executionHistory', ({ event }) => fromExecution(event, search))) ??
    (await newestOf(search, 'triggerHistory', ({ event }) => fromTriggerEvent(event, search)))
  );
}

/** The newest element that tells of the order: of the newest page, or of all since it was sent. */
async function newestOf<Name extends FuturesHistory>(
  { client, sinceSeconds, signal }: Search,
  name: Name,
  read: (element: FuturesElement<Name>) => Found | undefined,
): Promise<Found | undefined> {
  if (sinceSeconds === undefined) {
    const { elements } = await (client[name] as Fetch<Name>)({ sort: 'desc' }, { signal });
    for (const element of elements) {
      const found = read(element);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const since = Math.floor(sinceSeconds * 1000);
  const params = { sort: 'desc', since } as Parameters<typeof pagesOfHistory<Name>>[2];
  for await (const [, element] of pagesOfHistory(client, name, params, { signal })) {
    const found = read(element);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Fetch<Name extends FuturesHistory> = (
  params: object,
  options: { readonly signal: AbortSignal | undefined },
) => Promise<{ readonly elements: readonly FuturesElement<Name>[] }>;

function fromOrderEvent(
  event: FuturesElement<'orderHistory'>['event'],
  { clientOrderId }: Search,
): Found | undefined {
  const { OrderPlaced, OrderUpdated, OrderCancelled, OrderRejected, OrderEditRejected } = event;
  const order =
    OrderPlaced?.order ??
    OrderUpdated?.newOrder ??
    OrderCancelled?.order ??
    OrderRejected?.order ??
    OrderEditRejected?.oldOrder;
  if (order === undefined || order.clientId !== clientOrderId) return undefined;
  if (OrderCancelled !== undefined) return { orderId: order.uid, state: 'cancelled' };
  if (OrderRejected !== undefined) return { orderId: order.uid, state: 'rejected' };
  if (OrderUpdated?.reason === 'full_fill') return { orderId: order.uid, state: 'filled' };
  return { orderId: order.uid, state: stateOf(order) };
}

/** `quantity` is what is left. What never rests and traded nothing is gone. */
function stateOf({ orderType, quantity, filled = '0' }: HistoricalOrder): FuturesOrderState {
  const rests = orderType !== 'IoC' && orderType !== 'Market' && compareDecimals(quantity, '0') > 0;
  if (rests) return 'open';
  return compareDecimals(filled, '0') > 0 ? 'filled' : 'cancelled';
}

function fromExecution(
  { Execution: { execution } }: FuturesElement<'executionHistory'>['event'],
  { clientOrderId }: Search,
): Found | undefined {
  const { order, makerOrder, takerOrder } = execution;
  const mine = [order, makerOrder, takerOrder].find((each) => each?.clientId === clientOrderId);
  return mine === undefined ? undefined : { orderId: mine.uid, state: 'filled' };
}

/** What a trigger sets off is an order of its own, which the other histories have. */
function fromTriggerEvent(
  event: FuturesElement<'triggerHistory'>['event'],
  { clientOrderId }: Search,
): Found | undefined {
  const { OrderTriggerCancelled: cancelled, OrderTriggerPlaced: placed } = event;
  const trigger =
    cancelled?.order ??
    placed?.order ??
    event.OrderTriggerUpdated?.newOrderTrigger ??
    event.OrderTriggerActivated?.order ??
    event.OrderTriggerEditRejected?.oldOrderTrigger;
  if (trigger === undefined || trigger.clientId !== clientOrderId) return undefined;
  return { orderId: trigger.uid, state: cancelled === undefined ? 'open' : 'cancelled' };
}
