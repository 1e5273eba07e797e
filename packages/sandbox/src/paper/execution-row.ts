import type { AccountTrade, ExecutionReport, Order } from '../exchange/index.ts';
import { formatMicros } from '../protocol/timestamp.ts';
import { OrderText } from './order-text.ts';

/** Fields and their JSON, in the order of the wire. */
type Fields = Record<string, string | undefined>;

/** One row of the executions channel: sparse, with the fields that its kind was captured with. */
export function executionRow(report: ExecutionReport, rateCount?: number): string {
  // (unsure) v1's name for it: the page says that it is there, and not where.
  return row({ ...fieldsOf(report), ratecount: optional(rateCount, String) });
}

/** An open order, whole: of the snapshot. */
export function openOrderRow(order: Order): string {
  const text = new OrderText(order.market);
  return row({
    ...termsOf(order, text),
    exec_type: quote('new'),
    order_status: quote(order.status),
    cum_qty: text.quantity(order.filledLots),
    cum_cost: text.cost(order.cost),
    avg_price: text.averagePrice(order),
    triggers: triggersOf(order, text),
    timestamp: time(order.changedNs),
  });
}

/** A fill: of the snapshot of trades. */
export function tradeRow(trade: AccountTrade): string {
  return row({ ...fillOf(trade), order_status: quote(trade.order.status) });
}

function fieldsOf(report: ExecutionReport): Fields {
  const { order, type, trade } = report;
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
    fee_usd_equiv: usdOf(report, text),
  };
  switch (type) {
    case 'pending_new':
      return {
        ...termsOf(order, text),
        cum_cost: text.cost(report.cost),
        ...state,
        triggers: triggersOf(order, text),
      };
    case 'new':
      return { ...name, ...state };
    case 'trade':
      return trade === undefined ? { ...name, ...state } : { ...fillOf(trade), ...state, ...sums };
    case 'filled':
    case 'canceled':
    case 'expired':
      return {
        ...name,
        ...state,
        ...sums,
        cancel_reason: report.reason === undefined ? undefined : quote(report.reason),
        reason: report.reason === undefined ? undefined : quote(report.reason),
      };
    case 'iceberg_refill':
      return {
        ...name,
        ...state,
        ...sums,
        display_qty: optional(report.displayLots, (lots) => text.quantity(lots)),
        display_qty_remain: text.quantity(report.visibleLots),
      };
    case 'amended':
    case 'restated':
      return {
        ...name,
        ...state,
        cum_qty: sums['cum_qty'],
        reason: optional(report.reason, quote),
        amended: 'true',
        order_qty: text.quantity(report.lots),
        limit_price: optional(report.limitTicks, (ticks) => text.price(ticks)),
        limit_price_type: report.limitTicks === undefined ? undefined : quote('static'),
        display_qty: optional(report.displayLots, (lots) => text.quantity(lots)),
        triggers: triggersOf(order, text),
      };
    case 'status':
    default:
      return { ...name, ...state, cum_qty: sums['cum_qty'], triggers: triggersOf(order, text) };
  }
}

/** What was ordered. */
function termsOf(order: Order, text: OrderText): Fields {
  const { market, cash, limitTicks, displayLots, trigger, expireNs, startNs, close } = order;
  return {
    order_id: quote(order.id),
    symbol: quote(market.instrument.symbol),
    order_qty: cash === undefined ? text.quantity(order.lots) : undefined,
    cash_order_qty: optional(cash, (amount) => text.cost(amount)),
    time_in_force: quote(order.timeInForce.toUpperCase()),
    side: quote(order.side),
    order_type: quote(order.type),
    ...referenceOf(order),
    ord_ref_id: optional(order.parentId, quote),
    sender_sub_id: optional(order.senderSubId, quote),
    limit_price_type: limitTicks === undefined ? undefined : quote('static'),
    limit_price: optional(limitTicks, (ticks) => text.price(ticks)),
    stop_price: text.price(trigger?.ticks ?? 0),
    trigger: optional(trigger?.reference, quote),
    display_qty: optional(displayLots, (lots) => text.quantity(lots)),
    display_qty_remain: displayLots === undefined ? undefined : text.quantity(order.visibleLots),
    post_only: order.postOnly ? 'true' : undefined,
    reduce_only: order.reduceOnly ? 'true' : undefined,
    margin: order.leverage === undefined ? undefined : 'true',
    liquidated: order.isLiquidation ? 'true' : undefined,
    expire_time: optional(expireNs, time),
    effective_time: optional(startNs, time),
    contingent: close === undefined ? undefined : `{"order_type":"${close.type}"}`,
    fee_usd_equiv: usdOf(order, text),
    fee_ccy_pref: quote(order.feeAsset === 'base' ? 'fcib' : 'fciq'),
  };
}

function fillOf(trade: AccountTrade): Fields {
  const { order, lots, ticks, isMaker } = trade;
  const { instrument } = order.market;
  const text = new OrderText(order.market);
  const isBase = order.feeAsset === 'base';
  const fee = isBase ? text.base(trade.fee) : text.cost(trade.fee);
  return {
    order_id: quote(order.id),
    ...referenceOf(order),
    exec_id: quote(trade.id),
    exec_type: quote('trade'),
    trade_id: String(trade.tradeId),
    symbol: quote(instrument.symbol),
    side: quote(order.side),
    last_qty: text.quantity(lots),
    last_price: text.price(ticks),
    liquidity_ind: quote(isMaker ? 'm' : 't'),
    cost: text.cost(trade.cost),
    order_type: quote(order.type),
    margin: trade.margin === undefined ? undefined : 'true',
    position_status: optional(trade.margin?.status, quote),
    timestamp: time(trade.atNs),
    fees: `[{"asset":"${isBase ? instrument.base : instrument.quote}","qty":${fee}}]`,
  };
}

/** Seen on the wire: a reference of 0 where the client gave neither. */
function referenceOf({ clientOrderId, userReference }: Order): Fields {
  return clientOrderId === undefined
    ? { order_userref: String(userReference ?? 0) }
    : { cl_ord_id: quote(clientOrderId) };
}

function triggersOf({ trigger }: Order, text: OrderText): string | undefined {
  if (trigger === undefined) return undefined;
  const { reference, ticks, isTrailing, peakTicks, actualTicks, triggeredNs } = trigger;
  return row({
    price: text.price(ticks),
    price_type: quote('static'),
    reference: quote(reference),
    status: quote(triggeredNs === undefined ? 'untriggered' : 'triggered'),
    peak_price: isTrailing ? text.price(peakTicks) : undefined,
    actual_price: optional(actualTicks, (price) => text.price(price)),
    timestamp: optional(triggeredNs, time),
  });
}

/** Of markets in USD alone: elsewhere a rate would have to be invented. */
function usdOf(
  { fees, ...order }: Pick<Order, 'fees'> & Partial<Pick<Order, 'feeAsset'>>,
  text: OrderText,
): string | undefined {
  const { instrument } = text.market;
  if (instrument.quote !== 'USD' || order.feeAsset === 'base') return undefined;
  return text.cost(fees.quote);
}

function row(fields: Fields): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) parts.push(`"${name}":${value}`);
  }
  return `{${parts.join(',')}}`;
}

const quote = (text: string): string => JSON.stringify(text);
const time = (atNs: bigint): string => `"${formatMicros(atNs)}"`;

function optional<T>(value: T | undefined, print: (value: T) => string): string | undefined {
  return value === undefined ? undefined : print(value);
}
