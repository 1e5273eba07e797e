import type { AccountTrade, ExecutionReport, Order } from '../exchange/index.ts';
import { quote, row } from '../futures/socket/feed-frame.ts';
import { tradeUid } from '../futures/uuid.ts';
import { OrderText } from '../paper/order-text.ts';
import { formatMicros } from '../protocol/timestamp.ts';

type Fields = Record<string, string | undefined>;

/** An open order of derivatives, whole: of the snapshot. */
export function openOrderRow(order: Order): string {
  const text = new OrderText(order.market);
  return row({
    ...termsOf(order, text),
    exec_type: quote('new'),
    order_status: quote(order.status),
    cum_qty: text.quantity(order.filledLots),
    cum_cost: text.cost(order.cost),
    avg_price: text.averagePrice(order),
    timestamp: time(order.changedNs),
  });
}

/** A fill: of the snapshot of trades. */
export function fillRow(trade: AccountTrade, settlement: string): string {
  return row({ ...fillOf(trade, settlement), order_status: quote(trade.order.status) });
}

/** One step of an order's life: Spot's fields as far as they are meant for derivatives. */
export function executionRow(report: ExecutionReport, settlement: string): string {
  const { order, type, trade, reason } = report;
  const text = new OrderText(order.market);
  const name: Fields = { order_id: quote(order.id), ...referenceOf(order) };
  const state: Fields = {
    exec_type: quote(type),
    order_status: quote(report.status),
    timestamp: time(report.atNs),
  };
  const sums: Fields = {
    cum_qty: text.quantity(report.filledLots),
    cum_cost: text.cost(report.cost),
    avg_price: text.averagePrice(report),
  };
  const why = reason === undefined ? undefined : quote(reason);
  if (type === 'new') return row({ ...termsOf(order, text), ...state });
  if (type === 'trade' && trade !== undefined) {
    return row({ ...fillOf(trade, settlement), ...state, ...sums });
  }
  if (type === 'amended' || type === 'restated') {
    return row({
      ...name,
      ...state,
      cum_qty: sums['cum_qty'],
      amended: 'true',
      order_qty: text.quantity(report.lots),
      limit_price: report.limitTicks === undefined ? undefined : text.price(report.limitTicks),
      triggers: triggersOf(order, text),
    });
  }
  if (type === 'status') return row({ ...name, ...state, triggers: triggersOf(order, text) });
  return row({ ...name, ...state, ...sums, reason: why });
}

function termsOf(order: Order, text: OrderText): Fields {
  const { market, limitTicks, expireNs } = order;
  return {
    order_id: quote(order.id),
    symbol: quote(market.instrument.symbol),
    order_qty: text.quantity(order.lots),
    time_in_force: quote(order.timeInForce.toUpperCase()),
    side: quote(order.side),
    order_type: quote(order.type),
    ...referenceOf(order),
    limit_price_type: limitTicks === undefined ? undefined : quote('static'),
    limit_price: limitTicks === undefined ? undefined : text.price(limitTicks),
    post_only: order.postOnly ? 'true' : undefined,
    reduce_only: order.reduceOnly ? 'true' : undefined,
    expire_time: expireNs === undefined ? undefined : time(expireNs),
    triggers: triggersOf(order, text),
  };
}

function fillOf(trade: AccountTrade, settlement: string): Fields {
  const { order, lots, ticks, isMaker } = trade;
  const { symbol } = order.market.instrument;
  const text = new OrderText(order.market);
  return {
    order_id: quote(order.id),
    ...referenceOf(order),
    exec_id: quote(tradeUid(symbol, trade.tradeId)),
    exec_type: quote('trade'),
    trade_id: String(trade.tradeId),
    symbol: quote(symbol),
    side: quote(order.side),
    last_qty: text.quantity(lots),
    last_price: text.price(ticks),
    liquidity_ind: quote(isMaker ? 'm' : 't'),
    cost: text.cost(trade.cost),
    order_type: quote(order.type),
    timestamp: time(trade.atNs),
    fees: `[{"asset":"${settlement}","qty":${text.cost(trade.fee)}}]`,
  };
}

function referenceOf({ clientOrderId }: Order): Fields {
  return clientOrderId === undefined ? {} : { cl_ord_id: quote(clientOrderId) };
}

function triggersOf({ trigger }: Order, text: OrderText): string | undefined {
  if (trigger === undefined) return undefined;
  const { reference, ticks, isTrailing, peakTicks, actualTicks, triggeredNs } = trigger;
  return row({
    price: text.price(ticks),
    price_type: quote('static'),
    // The mark price has no name here; an order that waits for it came over REST.
    reference: reference === 'mark' ? undefined : quote(reference),
    status: quote(triggeredNs === undefined ? 'untriggered' : 'triggered'),
    peak_price: isTrailing ? text.price(peakTicks) : undefined,
    actual_price: actualTicks === undefined ? undefined : text.price(actualTicks),
    timestamp: triggeredNs === undefined ? undefined : time(triggeredNs),
  });
}

const time = (atNs: bigint): string => `"${formatMicros(atNs)}"`;
