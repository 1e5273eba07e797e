import type { Market } from '../../exchange/index.ts';
import { fixedText } from '../../market-data/fixed-text.ts';
import type { FuturesDesk } from '../desk.ts';
import type { PublicOrderEvent } from '../market-record.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { MARK_DECIMALS, microText } from '../ticker.ts';
import { uuidOf } from '../uuid.ts';
import type { Element } from './page.ts';

const millis = (ns: bigint): number => Number(ns / 1_000_000n);

/** How the orders of a market came, changed and went, oldest first, without who placed them. */
export function publicOrders(desk: FuturesDesk, market: Market): Element[] {
  const { symbol } = market.instrument;
  return desk.record
    .ordersOf(market)
    .map((event) =>
      element(`public order ${symbol} ${event.number}`, event.atNs, orderEvent(market, event)),
    );
}

/** How the mark price went, oldest first. */
export function markPrices(desk: FuturesDesk, market: Market): Element[] {
  const { symbol, pricePrecision } = market.instrument;
  return desk.record.marksOf(market).map(({ number, micro, atNs }) => {
    const price = quote(microText(micro, pricePrecision + MARK_DECIMALS));
    // As clients have seen it; the specification has the price alone.
    return element(
      `mark price ${symbol} ${number}`,
      atNs,
      `{"MarkPriceChanged":{"price":${price}}}`,
    );
  });
}

function orderEvent(market: Market, event: PublicOrderEvent): string {
  const { kind, isFill, before, after } = event;
  const now = orderBody(market, event, after);
  if (kind === 'placed') {
    return `{"OrderPlaced":{"order":${now},"reason":"new_user_order","reducedQuantity":""}}`;
  }
  const old = orderBody(market, event, before);
  if (kind === 'cancelled') {
    return `{"OrderCancelled":{"order":${old},"reason":"cancelled_by_user"}}`;
  }
  const filled = after === 0n ? 'full_fill' : 'partial_fill';
  const reason = isFill ? filled : 'edited_by_user';
  return `{"OrderUpdated":{"oldOrder":${old},"newOrder":${now},"reason":"${reason}","reducedQuantity":""}}`;
}

function orderBody(market: Market, event: PublicOrderEvent, lots: bigint): string {
  const { symbol, pricePrecision, quantityPrecision } = market.instrument;
  const { orderId, side, ticks, queueNs, atNs } = event;
  return row({
    uid: quote(orderId),
    tradeable: quote(symbol),
    direction: side === 'buy' ? '"Buy"' : '"Sell"',
    quantity: quote(fixedText(lots, quantityPrecision)),
    timestamp: String(millis(queueNs)),
    limitPrice: quote(fixedText(ticks, pricePrecision)),
    orderType: '"Limit"',
    reduceOnly: 'false',
    lastUpdateTimestamp: String(millis(atNs)),
  });
}

function element(name: string, atNs: bigint, event: string): Element {
  const uid = uuidOf(name);
  const atMs = millis(atNs);
  return { uid, atMs, text: `{"uid":${quote(uid)},"timestamp":${atMs},"event":${event}}` };
}
