import { REFUSALS } from '../exchange/index.ts';
import { cancelAll, cancelAllOrdersAfter, cancelOrder } from '../paper/cancel-methods.ts';
import { amendOrder } from '../paper/change-methods.ts';
import { FieldRefusal } from '../paper/fields.ts';
import type { Method } from '../paper/method.ts';
import { addOrder } from '../paper/place-methods.ts';

/** What an order of derivatives cannot be. */
const SPOT_TYPES: ReadonlySet<string | undefined> = new Set(['iceberg', 'settle-position']);
/** Of Spot's fields those that derivatives have not. */
const SPOT_FIELDS = ['order_userref', 'cash_order_qty', 'display_qty', 'fee_preference', 'margin'];

/** Spot's methods with their asset class. */
export const UNIFIED_TRADING: ReadonlyMap<string, Method> = new Map([
  [
    'add_order',
    {
      ...classed(addOrder),
      act: (context) => {
        if (SPOT_TYPES.has(context.fields.text('order_type'))) {
          throw new FieldRefusal(REFUSALS.invalid('order_type'));
        }
        return addOrder.act(context);
      },
    },
  ],
  [
    'amend_order',
    {
      ...classed(amendOrder),
      act: (context) => {
        const said = [amendOrder.act(context)].flat();
        // Documented: the id of an amend is empty.
        return said.map((ack) => ({ ...ack, result: { ...(ack.result as object), amend_id: '' } }));
      },
    },
  ],
  [
    'cancel_order',
    {
      ...classed(cancelOrder),
      act: (context) => {
        const { fields } = context;
        if (fields.has('order_id') && fields.has('cl_ord_id')) {
          throw new FieldRefusal(REFUSALS.invalid('order_id or cl_ord_id'));
        }
        return cancelOrder.act(context);
      },
    },
  ],
  ['cancel_all', classed(cancelAll)],
  ['cancel_all_orders_after', classed(cancelAllOrdersAfter)],
] satisfies [string, Method][]);

function classed(method: Method): Method {
  const fields = [...method.fields].filter((name) => !SPOT_FIELDS.includes(name));
  return { ...method, fields: new Set([...fields, 'asset_class']) };
}
