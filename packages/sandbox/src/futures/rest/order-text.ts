import type { ExecutionReport, Order } from '../../exchange/index.ts';
import { isOpen, remainingLots } from '../../exchange/types.ts';
import { isoMillis } from '../log-fields.ts';
import { numberText } from '../number-text.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { orderKind, signalOf } from '../socket/order-row.ts';
import { tradeUid } from '../uuid.ts';

type Shown = Pick<Order, 'lots' | 'filledLots' | 'limitTicks'>;

/** The type of an order in `orderEvents`. */
function eventType({ type, timeInForce, postOnly }: Order): string {
  if (type === 'market') return 'mkt';
  if (timeInForce === 'ioc' || timeInForce === 'fok') return timeInForce;
  return postOnly ? 'post' : 'lmt';
}

/** An order that waits for a price, and has not seen it. */
export function isWaiting(order: Order): boolean {
  return orderKind(order) !== 'limit';
}

/** An order of an event, as it is or as it was. */
export function eventOrder(order: Order, shown: Shown = order): string {
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const ticks = shown.limitTicks ?? order.market.lastTicks ?? 0;
  return row({
    orderId: quote(order.id),
    cliOrdId: order.clientOrderId === undefined ? 'null' : quote(order.clientOrderId),
    type: quote(eventType(order)),
    symbol: quote(symbol),
    side: quote(order.side),
    quantity: numberText(shown.lots, quantityPrecision),
    filled: numberText(shown.filledLots, quantityPrecision),
    limitPrice: numberText(ticks, pricePrecision),
    reduceOnly: String(order.reduceOnly),
    timestamp: quote(isoMillis(order.openNs)),
    lastUpdateTimestamp: quote(isoMillis(order.changedNs)),
  });
}

/** The same of an order that waits. */
export function eventTrigger(
  order: Order,
  shown: Shown & { triggerTicks?: number | undefined } = order,
): string {
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const ticks = shown.triggerTicks ?? order.trigger?.ticks;
  const rises = order.trigger?.direction === 'rising';
  return row({
    uid: quote(order.id),
    clientId: order.clientOrderId === undefined ? 'null' : quote(order.clientOrderId),
    type: '"lmt"',
    symbol: quote(symbol),
    side: quote(order.side),
    quantity: numberText(shown.lots, quantityPrecision),
    limitPrice:
      shown.limitTicks === undefined ? 'null' : numberText(shown.limitTicks, pricePrecision),
    triggerPrice: ticks === undefined ? 'null' : numberText(ticks, pricePrecision),
    triggerSide: rises ? '"trigger_above"' : '"trigger_below"',
    triggerSignal: quote(`${signalOf(order) ?? 'last'}_price`),
    reduceOnly: String(order.reduceOnly),
    timestamp: quote(isoMillis(order.openNs)),
    lastUpdateTimestamp: quote(isoMillis(order.changedNs)),
  });
}

/** Either, under its name. */
function namedOrder(order: Order): string {
  return isWaiting(order)
    ? `"orderTrigger":${eventTrigger(order)}`
    : `"order":${eventOrder(order)}`;
}

export function placeEvent(order: Order): string {
  return `{"type":"PLACE",${namedOrder(order)},"reducedQuantity":null}`;
}

export function cancelEvent(order: Order): string {
  return `{"type":"CANCEL","uid":${quote(order.id)},${namedOrder(order)}}`;
}

export function rejectEvent(order: Order, reason: string): string {
  return `{"type":"REJECT","uid":${quote(order.id)},"order":${eventOrder(order)},"reason":"${reason}"}`;
}

/** A fill; the order as it was before it. */
export function executionEvent({
  order,
  trade,
  lots,
  filledLots,
  limitTicks,
}: ExecutionReport): string {
  if (trade === undefined) return '';
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const before = { lots, filledLots: filledLots - trade.lots, limitTicks };
  return row({
    type: '"EXECUTION"',
    executionId: quote(tradeUid(symbol, trade.tradeId)),
    price: numberText(trade.ticks, pricePrecision),
    amount: numberText(trade.lots, quantityPrecision),
    orderPriorEdit: 'null',
    orderPriorExecution: eventOrder(order, before),
    takerReducedQuantity: 'null',
  });
}

/** A row of `openorders`. */
export function openOrderBody(order: Order): string {
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const kind = orderKind(order);
  const price = (ticks: number | undefined): string | undefined =>
    ticks === undefined ? undefined : numberText(ticks, pricePrecision);
  return row({
    order_id: quote(order.id),
    cliOrdId: order.clientOrderId === undefined ? undefined : quote(order.clientOrderId),
    symbol: quote(symbol),
    side: quote(order.side),
    orderType: quote(kind === 'limit' ? 'lmt' : kind),
    limitPrice: price(order.limitTicks),
    stopPrice: kind === 'limit' ? undefined : price(order.trigger?.ticks),
    unfilledSize: numberText(remainingLots(order), quantityPrecision),
    filledSize: numberText(order.filledLots, quantityPrecision),
    reduceOnly: String(order.reduceOnly),
    triggerSignal: kind === 'limit' ? undefined : quote(signalOf(order) ?? 'last'),
    status: order.filledLots > 0n ? '"partiallyFilled"' : '"untouched"',
    receivedTime: quote(isoMillis(order.openNs)),
    lastUpdateTime: quote(isoMillis(order.changedNs)),
  });
}

/** A row of `orders/status`. */
export function statusBody(order: Order): string {
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const { trigger } = order;
  const waits = isWaiting(order);
  const options =
    trigger === undefined
      ? 'null'
      : row({
          triggerPrice: numberText(trigger.ticks, pricePrecision),
          triggerSide: trigger.direction === 'rising' ? '"TRIGGER_ABOVE"' : '"TRIGGER_BELOW"',
          triggerSignal: quote(`${(signalOf(order) ?? 'last').toUpperCase()}_PRICE`),
        });
  const triggered = trigger?.triggeredNs;
  const body = row({
    type: waits ? '"TRIGGER_ORDER"' : '"ORDER"',
    orderId: quote(order.id),
    cliOrdId: order.clientOrderId === undefined ? 'null' : quote(order.clientOrderId),
    symbol: quote(symbol),
    side: quote(order.side),
    quantity: numberText(order.lots, quantityPrecision),
    filled: numberText(order.filledLots, quantityPrecision),
    limitPrice:
      order.limitTicks === undefined ? 'null' : numberText(order.limitTicks, pricePrecision),
    reduceOnly: String(order.reduceOnly),
    timestamp: quote(isoMillis(order.openNs)),
    lastUpdateTimestamp: quote(isoMillis(order.changedNs)),
    priceTriggerOptions: options,
    triggerTime: triggered === undefined ? 'null' : quote(isoMillis(triggered)),
  });
  return `{"order":${body},"status":"${stateOf(order)}","updateReason":null,"error":null}`;
}

function stateOf(order: Order): string {
  if (order.status === 'filled') return 'FULLY_EXECUTED';
  if (!isOpen(order)) return 'CANCELLED';
  return isWaiting(order) ? 'TRIGGER_PLACED' : 'ENTERED_BOOK';
}
