import { type Order, type OrderRequest, REFUSALS } from '../exchange/index.ts';
import { must } from './account-actions.ts';
import { succeeded } from './acks.ts';
import { FieldRefusal, type Fields } from './fields.ts';
import { fieldsOf, type Method, MODIFY, readSymbol } from './method.ts';
import { readAmend, readTrigger } from './order-fields.ts';
import { OrderText } from './order-text.ts';

export const amendOrder: Method = {
  fields: fieldsOf(
    ...['order_id', 'cl_ord_id', 'order_qty', 'limit_price', 'limit_price_type', 'display_qty'],
    ...['trigger_price', 'trigger_price_type', 'post_only', 'deadline', 'symbol'],
  ),
  permissions: MODIFY,
  act: ({ actions, fields }) => {
    const orderId = fields.text('order_id');
    const clientOrderId = fields.text('cl_ord_id');
    if ((orderId === undefined) === (clientOrderId === undefined)) {
      throw new FieldRefusal(REFUSALS.invalid('order_id or cl_ord_id'));
    }
    const id = orderId ?? clientOrderId ?? '';
    const nowNs = actions.begin(fields.time('deadline'));
    actions.chargeFor(id, 'AmendOrder');
    const { exchange } = actions.desk;
    const { amend } = must(exchange.amend(actions.account, id, readAmend(fields), nowNs));
    const name = orderId === undefined ? { cl_ord_id: id } : { order_id: id };
    return succeeded({ amend_id: amend.id, ...name });
  },
};

export const editOrder: Method = {
  fields: fieldsOf(
    ...['order_id', 'symbol', 'order_qty', 'limit_price', 'display_qty', 'order_userref'],
    ...['post_only', 'reduce_only', 'fee_preference', 'triggers', 'deadline', 'validate'],
    ...['price', 'trigger', 'stop_price', 'no_mpp'],
  ),
  permissions: MODIFY,
  act: (context) => {
    const { actions, fields } = context;
    const { account, desk } = actions;
    const id = fields.require('order_id', fields.text('order_id'));
    const nowNs = actions.begin(fields.time('deadline'), readSymbol(context));
    actions.chargeFor(id, 'EditOrder');
    const change = (order: Order): OrderRequest => editOf(order, fields);
    const validates = fields.flag('validate') === true;
    const { order, original } = must(desk.exchange.edit(account, id, change, nowNs, validates));
    return succeeded({ order_id: validates ? '' : order.id, original_order_id: original.id });
  },
};

/** The terms of an edited order: the old ones where the request has none. */
function editOf(order: Order, fields: Fields): OrderRequest {
  const text = new OrderText(order.market);
  const limit = fields.decimal('limit_price') ?? fields.decimal('price');
  const triggers = fields.object('triggers');
  const { displayLots, trigger } = order;
  return {
    symbol: order.market.instrument.symbol,
    side: order.side,
    type: order.type,
    quantity: fields.decimal('order_qty') ?? text.quantity(order.lots),
    limitPrice: limit === undefined ? text.limitOf(order) : { kind: 'static', text: limit },
    displayQuantity:
      fields.decimal('display_qty') ??
      (displayLots === undefined ? undefined : text.quantity(displayLots)),
    triggerPrice: readTrigger(fields, triggers) ?? text.triggerOf(order),
    triggerReference: triggers?.oneOf('reference', ['index', 'last']) ?? trigger?.reference,
    timeInForce: order.timeInForce,
    expireNs: order.expireNs,
    postOnly: fields.flag('post_only') ?? order.postOnly,
    reduceOnly: fields.flag('reduce_only') ?? order.reduceOnly,
    selfTrade: order.selfTrade,
    senderSubId: order.senderSubId,
    feeAsset: fields.oneOf('fee_preference', ['base', 'quote']) ?? order.feeAsset,
    userReference: fields.integer('order_userref') ?? order.userReference,
    leverage: order.leverage,
  };
}
