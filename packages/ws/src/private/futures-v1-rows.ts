import { addDecimals, compareDecimals } from '@kr/orderbook/decimal';
import type { Execution } from '@kr/schemas';
import type { Fill, OpenOrder, OpenOrdersFrame } from '@kr/schemas/futures-ws';
import { timeOf } from './futures-fields.ts';

/**
 * What futures v1 reports of an order, under the names that Unified has for it; the row of the wire is its
 * `wire`. Kraken's table of the move names `executions` as what comes after `open_orders` and `fills`.
 */
export type V1Row = Execution & { readonly wire: OpenOrder | OpenOrdersFrame | Fill };

const ENDS: ReadonlyMap<string, Execution['exec_type']> = new Map<string, Execution['exec_type']>([
  ['full_fill', 'filled'],
  ['contract_expired', 'expired'],
  // It goes on as the order that it was to become.
  ['stop_order_triggered', 'status'],
]);

/** An order that is open. `reason`: why it is told. */
export function rowOfOrder(order: OpenOrder, reason?: string): V1Row {
  const { filled } = order;
  const isNew = reason === 'new_placed_order_by_user';
  return {
    order_id: order.order_id,
    exec_type: isNew ? 'new' : 'status',
    order_status: compareDecimals(filled, '0') > 0 ? 'partially_filled' : 'new',
    timestamp: timeOf(order.last_update_time),
    symbol: order.instrument,
    side: order.direction === 0 ? 'buy' : 'sell',
    order_type: order.type,
    // The wire has what is left of it.
    order_qty: addDecimals(order.qty, filled),
    // What a new one took at once, its fills tell: before or after this.
    cum_qty: isNew ? undefined : filled,
    limit_price: order.limit_price ?? undefined,
    cl_ord_id: order.cli_ord_id ?? undefined,
    reduce_only: order.reduce_only,
    reason,
    wire: order,
  };
}

/** An order that is not open any more: all that is told is why. */
export function rowOfEnd(frame: OpenOrdersFrame): V1Row | undefined {
  const { order_id: id, cli_ord_id: clientOrderId, reason } = frame;
  if (id === undefined) return undefined;
  const type = ENDS.get(reason) ?? 'canceled';
  return {
    order_id: id,
    exec_type: type,
    cl_ord_id: clientOrderId ?? undefined,
    reason,
    wire: frame,
  };
}

export function rowOfFill(fill: Fill): V1Row {
  const isComplete = compareDecimals(fill.remaining_order_qty, '0') === 0;
  return {
    order_id: fill.order_id,
    exec_type: 'trade',
    order_status: isComplete ? 'filled' : 'partially_filled',
    timestamp: timeOf(fill.time),
    symbol: fill.instrument,
    side: fill.buy ? 'buy' : 'sell',
    order_type: fill.order_type,
    cl_ord_id: fill.cli_ord_id ?? undefined,
    exec_id: fill.fill_id,
    last_qty: fill.qty,
    last_price: fill.price,
    fees: [{ asset: fill.fee_currency, qty: fill.fee_paid }],
    liquidity_ind: LIQUIDITY.get(fill.fill_type),
    wire: fill,
  };
}

/** Of a liquidation or an assignment the feed does not say it. */
const LIQUIDITY: ReadonlyMap<string, 'm' | 't'> = new Map<string, 'm' | 't'>([
  ['maker', 'm'],
  ['taker', 't'],
  ['takerAfterEdit', 't'],
]);
