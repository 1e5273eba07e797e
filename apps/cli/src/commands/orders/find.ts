import type { SpotClient } from '@kr/rest';
import type { Order } from '@kr/schemas/rest';
import { CliError } from '../../errors.ts';
import { type CommandResult, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { rowOfOrder } from '../account/orders.ts';
import { idParams, openDesk } from './desk.ts';

interface FoundOrder {
  readonly orderId: string;
  readonly order: Order;
}

export interface FindOptions {
  readonly attempts: number;
}

/** What became of an order, by its id or its client order id; looks more than once. */
export const findOrder = async (
  session: Session,
  { attempts }: FindOptions,
  id: string,
): Promise<CommandResult> => {
  const { client, listing, orders } = await openDesk(session);
  const { signal } = session;
  if ('txid' in idParams(id)) {
    const found = await client.queryOrders({ txid: id }, { signal });
    const order = found[id];
    if (order === undefined) throw notFound(id);
    return recordResult(rowOfOrder(id, order, listing));
  }
  const found = await orders.reconcile({ clientOrderId: id }, { attempts, signal });
  if (found.status === 'notFound') throw notFound(id);
  return recordResult(rowOfOrder(found.orderId, found.order, listing));
};

/** "Not found" is no verdict: the order may still come. */
const notFound = (id: string): CliError =>
  new CliError('api', `There is no order ${id} so far.`, {
    code: 'ORDER_NOT_FOUND',
    outcomeUnknown: true,
    hint: 'If it was sent a moment ago it may still come: ask again before sending another.',
    context: { order: id },
  });

/** @throws CliError when it is not open */
export const findOpen = async (
  client: SpotClient,
  id: string,
  signal: AbortSignal,
): Promise<FoundOrder> => {
  const params = idParams(id);
  const orders =
    'txid' in params
      ? await client.queryOrders(params, { signal })
      : (await client.openOrders(params, { signal })).open;
  const [entry] = Object.entries(orders);
  const [orderId, order] = entry ?? [];
  if (orderId !== undefined && order !== undefined && /^(?:open|pending)$/.test(order.status)) {
    return { orderId, order };
  }
  const what = order === undefined ? 'There is no open order' : `It is ${order.status}: order`;
  throw new CliError('api', `${what} ${id}.`, {
    code: 'ORDER_NOT_OPEN',
    hint: 'kr orders open lists those that are.',
    context: { order: id },
  });
};
