import type { Order } from '../exchange/index.ts';
import type { AccountActions } from './account-actions.ts';
import type { Ack } from './acks.ts';
import { FieldRefusal, type Fields } from './fields.ts';

/** One request of an account that trades. */
export interface MethodContext {
  readonly actions: AccountActions;
  readonly fields: Fields;
}

/** A trading method of v2. */
export interface Method {
  readonly fields: ReadonlySet<string>;
  /** One of them is enough. */
  readonly permissions: readonly string[];
  /** One acknowledgement, or one for each order that was named. Throws refusals. */
  readonly act: (context: MethodContext) => Ack | readonly Ack[];
}

export const fieldsOf = (...names: readonly string[]): ReadonlySet<string> =>
  new Set([...names, 'token']);

/** Of the key: to place and change orders, and to cancel them. */
export const MODIFY: readonly string[] = ['modify-trades'];
export const CANCEL: readonly string[] = ['modify-trades', 'close-trades'];

export function readSymbol({ actions, fields }: MethodContext): string {
  const symbol = fields.require('symbol', fields.text('symbol'));
  if (!actions.desk.exchange.markets.has(symbol)) {
    throw new FieldRefusal(`Currency pair not supported ${symbol}`);
  }
  return symbol;
}

/** The client's own names of an order, as an acknowledgement repeats them. */
export function referenceOf(
  order: Partial<Pick<Order, 'clientOrderId' | 'userReference'>>,
): Readonly<Record<string, unknown>> {
  return {
    ...(order.clientOrderId === undefined ? {} : { cl_ord_id: order.clientOrderId }),
    ...(order.userReference === undefined ? {} : { order_userref: order.userReference }),
  };
}
