import { batchCancel, cancelAll, cancelAllOrdersAfter, cancelOrder } from './cancel-methods.ts';
import { amendOrder, editOrder } from './change-methods.ts';
import type { Method } from './method.ts';
import { addOrder, batchAdd } from './place-methods.ts';

/** The trading methods of v2, by name. */
export const TRADING_METHODS: ReadonlyMap<string, Method> = new Map([
  ['add_order', addOrder],
  ['amend_order', amendOrder],
  ['edit_order', editOrder],
  ['cancel_order', cancelOrder],
  ['cancel_all', cancelAll],
  ['cancel_all_orders_after', cancelAllOrdersAfter],
  ['batch_add', batchAdd],
  ['batch_cancel', batchCancel],
]);
