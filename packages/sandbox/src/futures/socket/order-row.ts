import type { Order } from '../../exchange/index.ts';
import { remainingLots } from '../../exchange/types.ts';
import { numberText } from '../number-text.ts';
import { milliseconds, quote, row } from './feed-frame.ts';

/** The kinds of order that a client of futures sees. */
export function orderKind({
  type,
  trigger,
}: Order): 'limit' | 'stop' | 'take_profit' | 'trailing_stop' {
  // What was triggered stands in the book as any limit order.
  if (trigger === undefined || trigger.triggeredNs !== undefined) return 'limit';
  if (trigger.isTrailing) return 'trailing_stop';
  return type.startsWith('take') ? 'take_profit' : 'stop';
}

/** Which price wakes an order, in the words of the futures API. */
export function signalOf({ trigger }: Order): 'last' | 'mark' | 'spot' | undefined {
  if (trigger === undefined) return undefined;
  return trigger.reference === 'index' ? 'spot' : trigger.reference;
}

/** An open order as the feed tells it. */
export function orderRow(order: Order): string {
  const { pricePrecision, quantityPrecision, symbol } = order.market.instrument;
  const { trigger, limitTicks } = order;
  const kind = orderKind(order);
  const isWaiting = kind !== 'limit';
  const price = (ticks: number | undefined): string | undefined =>
    ticks === undefined ? undefined : numberText(ticks, pricePrecision);
  return row({
    instrument: quote(symbol),
    time: String(milliseconds(order.openNs)),
    last_update_time: String(milliseconds(order.changedNs)),
    qty: numberText(remainingLots(order), quantityPrecision),
    filled: numberText(order.filledLots, quantityPrecision),
    limit_price: price(limitTicks) ?? '0.0',
    stop_price: (isWaiting ? price(trigger?.ticks) : undefined) ?? '0.0',
    type: quote(kind),
    order_id: quote(order.id),
    cli_ord_id: order.clientOrderId === undefined ? undefined : quote(order.clientOrderId),
    direction: order.side === 'buy' ? '0' : '1',
    reduce_only: String(order.reduceOnly),
    triggerSignal: isWaiting ? quote(signalOf(order) ?? 'last') : undefined,
    trailing_stop_options: kind === 'trailing_stop' ? trailing(order) : undefined,
  });
}

function trailing({ trigger, market }: Order): string | undefined {
  if (trigger === undefined || trigger.rule.kind === 'static') return undefined;
  const { rule } = trigger;
  return rule.kind === 'pct'
    ? `{"max_deviation":${numberText(Math.abs(rule.millionths), 4)},"unit":"percent"}`
    : `{"max_deviation":${numberText(Math.abs(rule.ticks), market.instrument.pricePrecision)},"unit":"quote_currency"}`;
}
