import type { ExecutionReport } from '../../exchange/index.ts';
import { fixedText } from '../../market-data/fixed-text.ts';
import { textOf } from '../../rest/request-params.ts';
import type { FuturesFill } from '../fills.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { uuidOf } from '../uuid.ts';
import { MONEY_SCALE } from '../worth.ts';
import type { Asking } from './order-routes.ts';
import { type Element, pageBody } from './page.ts';

const millis = (ns: bigint): number => Number(ns / 1_000_000n);

/** What an account did: pages of `/api/history`, all decimals as text. */
export const HISTORY_ROUTES: Readonly<Record<string, (asking: Asking) => string>> = {
  executions: (asking) => page(asking, executions(asking)),
  orders: (asking) => page(asking, orders(asking)),
  triggers: (asking) => page(asking, triggers(asking)),
  positions: (asking) => page(asking, positions(asking)),
};

function page({ desk, account, params }: Asking, elements: readonly Element[]): string {
  return pageBody(elements, params, desk.uidOf(account));
}

function isMeant({ params }: Asking, symbol: string): boolean {
  return (textOf(params['tradeable'])?.toUpperCase() ?? symbol) === symbol;
}

function executions(asking: Asking): Element[] {
  const { desk, account } = asking;
  return desk.fills
    .of(account)
    .filter(({ market }) => isMeant(asking, market.instrument.symbol))
    .map((fill) => {
      const atMs = millis(fill.trade.atNs);
      const event = `{"Execution":{"execution":${executionBody(asking, fill)},"takerReducedQuantity":""}}`;
      return element(fill.uid, atMs, event);
    });
}

function executionBody(asking: Asking, { uid, trade, market, remaining }: FuturesFill): string {
  const { pricePrecision, quantityPrecision } = market.instrument;
  const { order, isMaker } = trade;
  return row({
    uid: quote(uid),
    order: orderBody(asking, {
      order,
      lots: order.lots,
      filledLots: order.lots - remaining,
      limitTicks: order.limitTicks,
      atNs: trade.atNs,
    }),
    timestamp: String(millis(trade.atNs)),
    quantity: quote(fixedText(trade.lots, quantityPrecision)),
    price: quote(fixedText(trade.ticks, pricePrecision)),
    markPrice: quote(fixedText(trade.ticks, pricePrecision)),
    executionType: isMaker ? '"maker"' : '"taker"',
    limitFilled: String(remaining === 0n),
    usdValue: quote(fixedText(trade.cost, MONEY_SCALE)),
    orderData: row({
      positionSize: quote(
        fixedText(asking.desk.clearing.lotsOf(asking.account, market), quantityPrecision),
      ),
      fee: quote(fixedText(trade.fee, MONEY_SCALE)),
    }),
  });
}

/** How the orders of an account came, changed and went; those that wait for a price from when it is reached. */
function orders(asking: Asking): Element[] {
  return reported(asking, orderEvent);
}

/** The same of those that wait for a price, until it is reached. */
function triggers(asking: Asking): Element[] {
  return reported(asking, triggerEvent);
}

function reported(
  asking: Asking,
  tell: (asking: Asking, report: ExecutionReport) => string | undefined,
): Element[] {
  const elements: Element[] = [];
  for (const report of asking.desk.orderHistory.of(asking.account)) {
    const event = tell(asking, report);
    if (event === undefined || !isMeant(asking, report.order.market.instrument.symbol)) continue;
    const uid = uuidOf(`order event ${report.account.id} ${report.sequence}`);
    elements.push(element(uid, millis(report.atNs), event));
  }
  return elements;
}

function orderEvent(asking: Asking, report: ExecutionReport): string | undefined {
  const body = orderBody(asking, report);
  const { type, filledLots, lots } = report;
  const isWaiting = report.order.trigger !== undefined && !report.isTriggered;
  if (isWaiting) return undefined;
  const isWoken = type === 'status' && report.order.trigger !== undefined;
  if (type === 'new' || isWoken) {
    return `{"OrderPlaced":{"order":${body},"reason":"new_user_order","reducedQuantity":""}}`;
  }
  if (type === 'canceled' || type === 'expired') {
    return `{"OrderCancelled":{"order":${body},"reason":"cancelled_by_user"}}`;
  }
  if (type !== 'amended' && type !== 'trade') return undefined;
  const filled = filledLots === lots ? 'full_fill' : 'partial_fill';
  const reason = type === 'amended' ? 'edited_by_user' : filled;
  // What it was before is not kept: both are the order after the change.
  return `{"OrderUpdated":{"oldOrder":${body},"newOrder":${body},"reason":"${reason}","reducedQuantity":""}}`;
}

function triggerEvent(asking: Asking, report: ExecutionReport): string | undefined {
  const { type, isTriggered, order } = report;
  if (order.trigger === undefined) return undefined;
  const body = triggerBody(asking, report);
  if (type === 'status') {
    return isTriggered ? `{"OrderTriggerActivated":{"order":${body}}}` : undefined;
  }
  if (isTriggered) return undefined;
  if (type === 'new') return `{"OrderTriggerPlaced":{"order":${body},"reason":"new_user_order"}}`;
  if (type === 'canceled' || type === 'expired') {
    return `{"OrderTriggerCancelled":{"order":${body},"reason":"cancelled_by_user"}}`;
  }
  if (type !== 'amended') return undefined;
  return `{"OrderTriggerUpdated":{"oldOrderTrigger":${body},"newOrderTrigger":${body},"reason":"edited_by_user"}}`;
}

const SIGNALS: Readonly<Record<string, string>> = {
  last: 'LastPrice',
  mark: 'MarkPrice',
  index: 'SpotPrice',
};

function triggerBody({ desk, account }: Asking, report: ExecutionReport): string {
  const { order, lots, limitTicks, triggerTicks, atNs } = report;
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const { reference = 'last', direction } = order.trigger ?? {};
  return row({
    uid: quote(order.id),
    accountUid: quote(desk.uidOf(account)),
    tradeable: quote(symbol),
    direction: order.side === 'buy' ? '"Buy"' : '"Sell"',
    quantity: quote(fixedText(lots, quantityPrecision)),
    timestamp: String(millis(order.openNs)),
    limitPrice: limitTicks === undefined ? 'null' : quote(fixedText(limitTicks, pricePrecision)),
    orderType: limitTicks === undefined ? '"Market"' : '"Limit"',
    clientId: quote(order.clientOrderId ?? ''),
    reduceOnly: String(order.reduceOnly),
    lastUpdateTimestamp: String(millis(atNs)),
    triggerOptions: row({
      triggerPrice: quote(fixedText(triggerTicks ?? 0, pricePrecision)),
      triggerSignal: quote(SIGNALS[reference] ?? 'Unknown'),
      triggerSide: direction === 'rising' ? '"Above"' : '"Below"',
    }),
  });
}

const TYPES: Readonly<Record<string, string>> = {
  market: 'Market',
  ioc: 'IoC',
  fok: 'IoC',
  post: 'Post',
};

function orderBody(
  { desk, account }: Asking,
  shown: Pick<ExecutionReport, 'order' | 'lots' | 'filledLots' | 'limitTicks' | 'atNs'>,
): string {
  const { order, lots, filledLots, limitTicks, atNs } = shown;
  const { symbol, pricePrecision, quantityPrecision } = order.market.instrument;
  const kind = order.type === 'market' ? 'market' : order.postOnly ? 'post' : order.timeInForce;
  return row({
    uid: quote(order.id),
    accountUid: quote(desk.uidOf(account)),
    tradeable: quote(symbol),
    direction: order.side === 'buy' ? '"Buy"' : '"Sell"',
    quantity: quote(fixedText(lots, quantityPrecision)),
    filled: quote(fixedText(filledLots, quantityPrecision)),
    timestamp: String(millis(order.openNs)),
    limitPrice: quote(fixedText(limitTicks ?? order.market.lastTicks ?? 0, pricePrecision)),
    orderType: quote(TYPES[kind] ?? 'Limit'),
    clientId: quote(order.clientOrderId ?? ''),
    reduceOnly: String(order.reduceOnly),
    lastUpdateTimestamp: String(millis(atNs)),
  });
}

function positions(asking: Asking): Element[] {
  const { desk, account } = asking;
  const elements: Element[] = [];
  for (const entry of desk.clearing.log.of(account)) {
    const { isPosition, asset, before, after, atNs, tradeTicks } = entry;
    const contract = desk.clearing.contracts.find(({ symbol }) => symbol === asset);
    if (!isPosition || contract === undefined || !isMeant(asking, asset)) continue;
    const size = (lots: bigint): string => quote(fixedText(lots, contract.quantityPrecision));
    const price = (micro = 0n): string => quote(fixedText(micro, 6 + contract.pricePrecision));
    const body = row({
      accountUid: quote(desk.uidOf(account)),
      tradeable: quote(asset),
      oldPosition: size(before),
      oldAverageEntryPrice: price(entry.entryBefore),
      newPosition: size(after),
      newAverageEntryPrice: price(entry.entryAfter),
      fillTime: String(millis(atNs)),
      feeCurrency: quote(contract.settlement),
      positionChange: quote(changeOf(before, after)),
      executionPrice:
        tradeTicks === undefined
          ? undefined
          : quote(fixedText(tradeTicks, contract.pricePrecision)),
      executionSize: size(after > before ? after - before : before - after),
      tradeType: entry.info === 'futures liquidation' ? '"liquidation"' : '"userExecution"',
      timestamp: String(millis(atNs)),
      updateReason: entry.info === 'settlement' ? '"settlement"' : '"trade"',
    });
    const uid = uuidOf(`position ${account.id} ${entry.id}`);
    elements.push(element(uid, millis(atNs), `{"PositionUpdate":${body}}`));
  }
  return elements;
}

function changeOf(before: bigint, after: bigint): string {
  if (before === 0n) return 'open';
  if (after === 0n) return 'close';
  if (before > 0n !== after > 0n) return 'reverse';
  const grows = before > 0n ? after > before : after < before;
  return grows ? 'increase' : 'decrease';
}

function element(uid: string, atMs: number, event: string): Element {
  return { uid, atMs, text: `{"uid":${quote(uid)},"timestamp":${atMs},"event":${event}}` };
}
