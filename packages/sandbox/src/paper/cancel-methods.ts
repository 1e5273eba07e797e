import { REFUSALS } from '../exchange/index.ts';
import type { AccountActions } from './account-actions.ts';
import { type Ack, failed, succeeded } from './acks.ts';
import { errorOf, FieldRefusal } from './fields.ts';
import { CANCEL, fieldsOf, type Method } from './method.ts';

/** The fewest and the most orders of a batch. */
const FEWEST = 2;
const MOST = 50;

export const cancelOrder: Method = {
  fields: fieldsOf('order_id', 'cl_ord_id', 'order_userref'),
  permissions: CANCEL,
  act: ({ actions, fields }) => {
    const named = [
      ...fields.texts('order_id').map((id) => ['order_id', id] as const),
      ...fields.texts('cl_ord_id').map((id) => ['cl_ord_id', id] as const),
    ];
    const references = fields.texts('order_userref');
    if (named.length + references.length === 0) throw new FieldRefusal('Order_id(s) not found');
    return [
      ...named.map(([name, id]) => cancelOne(actions, id, { [name]: id })),
      ...references.flatMap((reference) => cancelReference(actions, Number(reference))),
    ];
  },
};

export const cancelAll: Method = {
  fields: fieldsOf(),
  permissions: CANCEL,
  act: ({ actions }) => succeeded({ count: actions.cancelAll() }),
};

export const cancelAllOrdersAfter: Method = {
  fields: fieldsOf('timeout'),
  permissions: CANCEL,
  act: ({ actions, fields }) =>
    succeeded(actions.cancelAllAfter(fields.require('timeout', fields.integer('timeout')))),
};

export const batchCancel: Method = {
  fields: fieldsOf('orders', 'cl_ord_id'),
  permissions: CANCEL,
  act: ({ actions, fields }) => {
    const ids = [...fields.texts('orders'), ...fields.texts('cl_ord_id')];
    if (ids.length < FEWEST || ids.length > MOST) {
      throw new FieldRefusal(REFUSALS.invalid('orders'));
    }
    const acks = ids.flatMap((id) =>
      /^\d+$/.test(id) ? cancelReference(actions, Number(id)) : [cancelOne(actions, id, {})],
    );
    const count = acks.filter(({ error }) => error === undefined).length;
    if (count === 0 && acks.some(({ error }) => error === REFUSALS.unavailable)) {
      throw new FieldRefusal(REFUSALS.unavailable);
    }
    // Seen on the wire: beside the result, not in it.
    return { orders_cancelled: count };
  },
};

function cancelOne(actions: AccountActions, id: string, name: object): Ack {
  try {
    actions.cancel(id);
    return succeeded(name);
  } catch (error) {
    return failed(errorOf(error));
  }
}

/** All orders of a user's reference, one acknowledgement each. */
function cancelReference(actions: AccountActions, reference: number): readonly Ack[] {
  const orders = actions.referenced(reference);
  if (orders.length === 0) return [failed(REFUSALS.unknownOrder)];
  return orders.map(({ id }) => cancelOne(actions, id, { order_id: id }));
}
