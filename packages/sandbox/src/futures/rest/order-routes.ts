import { parseJson } from '@kr/schemas/json';
import {
  type Account,
  type ExecutionReport,
  type Order,
  REFUSALS,
  Refusal,
} from '../../exchange/index.ts';
import { isOpen } from '../../exchange/types.ts';
import { fixedText } from '../../market-data/fixed-text.ts';
import { textOf, textsOf, type WireParams } from '../../rest/request-params.ts';
import type { FuturesDesk } from '../desk.ts';
import { isoMillis } from '../log-fields.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { find } from './market-routes.ts';
import { readEdit, readOrder, StatusRefusal } from './order-request.ts';
import {
  cancelEvent,
  eventOrder,
  eventTrigger,
  executionEvent,
  isWaiting,
  openOrderBody,
  placeEvent,
  rejectEvent,
  statusBody,
} from './order-text.ts';
import { FuturesError, required } from './refusal.ts';
import { outcomeOf, rejectionOf, statusOf } from './send-status.ts';

/** An account that asks. */
export interface Asking {
  readonly desk: FuturesDesk;
  readonly account: Account;
  readonly params: WireParams;
}

/** What an instruction came to, in the fields that the endpoints share. */
interface Outcome {
  readonly order: Order | undefined;
  readonly status: string;
  readonly events: readonly string[];
}

const MOST_IN_BATCH = 100;

export const ORDER_ROUTES: Readonly<Record<string, (asking: Asking) => string>> = {
  'POST sendorder': (asking) => {
    const { order, status, events } = send(asking, asking.params);
    return `"sendStatus":${row({
      order_id: order && quote(order.id),
      cliOrdId: quoteOr(textOf(asking.params['cliOrdId'])),
      status: quote(status),
      receivedTime: received(asking.desk),
      orderEvents: `[${events.join(',')}]`,
    })}`;
  },
  'POST editorder': (asking) => {
    const { order, status, events } = edit(asking, asking.params);
    return `"editStatus":${row({
      orderId: order === undefined ? 'null' : quote(order.id),
      cliOrdId: quoteOr(order?.clientOrderId),
      status: quote(status),
      receivedTime: received(asking.desk),
      orderEvents: `[${events.join(',')}]`,
    })}`;
  },
  'POST cancelorder': (asking) => {
    const { order, status, events } = cancel(asking, asking.params);
    return `"cancelStatus":${row({
      status: quote(status),
      order_id: order && quote(order.id),
      cliOrdId: order?.clientOrderId === undefined ? undefined : quote(order.clientOrderId),
      receivedTime: received(asking.desk),
      orderEvents: `[${events.join(',')}]`,
    })}`;
  },
  'POST cancelallorders': cancelAll,
  'POST cancelallordersafter': cancelAllAfter,
  'POST batchorder': (asking) => `"batchStatus":[${batch(asking).join(',')}]`,
  'GET openorders': ({ account }) =>
    `"openOrders":[${[...account.openOrders].map(openOrderBody).join(',')}]`,
  'POST orders/status': ordersStatus,
  // A client of others asks so.
  'GET orders/status': ordersStatus,
};

/** Does something, and gives what it told of one account meanwhile. */
function during<T>(
  { desk, account }: Asking,
  act: () => T,
): { said: T; reports: ExecutionReport[] } {
  const reports: ExecutionReport[] = [];
  const stop = desk.onBatch((told) => {
    reports.push(...told.reports.filter((report) => report.account === account));
  });
  try {
    return { said: act(), reports };
  } finally {
    stop();
  }
}

function refused(status: string): Outcome {
  return { order: undefined, status, events: [] };
}

function send(asking: Asking, params: WireParams): Outcome {
  const { desk, account } = asking;
  try {
    const request = readOrder(params);
    const market = find(desk, request.symbol);
    if (isLate(asking, params)) return refused('wouldProcessAfterSpecifiedTime');
    const { clientOrderId } = request;
    if (clientOrderId !== undefined && account.find(clientOrderId) !== undefined) {
      return refused('clientOrderIdAlreadyExist');
    }
    const { said, reports } = during(asking, () =>
      desk.exchange.add(account, request, desk.now(market)),
    );
    if (said instanceof Refusal) return refused(statusOf(said));
    const status = outcomeOf(said);
    if (status !== 'placed') {
      return { order: said, status, events: [rejectEvent(said, rejectionOf(status))] };
    }
    const fills = reports.filter(({ order, trade }) => order === said && trade !== undefined);
    const events = fills.map(executionEvent);
    if (isOpen(said) || events.length === 0) events.push(placeEvent(said));
    return { order: said, status, events };
  } catch (error) {
    if (error instanceof StatusRefusal) return refused(error.message);
    throw error;
  }
}

function edit(asking: Asking, params: WireParams): Outcome {
  const { desk, account } = asking;
  const order = named(account, params);
  if (order === undefined || !isOpen(order)) {
    return { order: undefined, status: 'orderForEditNotFound', events: [] };
  }
  if (isLate(asking, params))
    return { order, status: 'wouldProcessAfterSpecifiedTime', events: [] };
  const waits = isWaiting(order);
  const print = waits ? eventTrigger : eventOrder;
  const before = print(order);
  if (params['stopPrice'] !== undefined && !waits) {
    return { order, status: 'orderForEditNotAStop', events: [] };
  }
  const { quantityPrecision } = order.market.instrument;
  const isRelative = textOf(params['qtyMode']) === 'RELATIVE';
  const request = readEdit(params, (text) => {
    if (!isRelative) return text;
    const change = Math.round(Number(text) * 10 ** quantityPrecision);
    return fixedText(order.lots + BigInt(Number.isFinite(change) ? change : 0), quantityPrecision);
  });
  const { said, reports } = during(asking, () =>
    desk.exchange.amend(account, order.id, request, desk.now(order.market)),
  );
  if (said instanceof Refusal) {
    const isEmpty = said.error === REFUSALS.invalid('No amendable parameters');
    return { order, status: isEmpty ? 'edited' : statusOf(said), events: [] };
  }
  const fills = reports.filter((report) => report.order === order && report.trade !== undefined);
  const event = `{"type":"EDIT","old":${before},"new":${print(order)},"reducedQuantity":null}`;
  return { order, status: 'edited', events: [event, ...fills.map(executionEvent)] };
}

function cancel(asking: Asking, params: WireParams): Outcome {
  const { desk, account } = asking;
  const order = named(account, params);
  if (order === undefined) return { order, status: 'notFound', events: [] };
  if (order.status === 'filled') return { order, status: 'filled', events: [] };
  if (!isOpen(order)) return { order: undefined, status: 'notFound', events: [] };
  const said = desk.exchange.cancel(account, order.id, desk.now());
  if (said instanceof Refusal) throw new FuturesError('marketUnavailable');
  return { order, status: 'cancelled', events: [cancelEvent(order)] };
}

function cancelAll(asking: Asking): string {
  const { desk, account, params } = asking;
  const symbol = textOf(params['symbol'])?.toUpperCase();
  if (symbol !== undefined) find(desk, symbol);
  const { said, reports } = during(asking, () =>
    desk.exchange.cancelAll(
      account,
      desk.now(),
      ({ market }) => symbol === undefined || market.instrument.symbol === symbol,
    ),
  );
  if (said instanceof Refusal) throw new FuturesError('marketUnavailable');
  const orders = reports.filter(({ type }) => type === 'canceled').map(({ order }) => order);
  return `"cancelStatus":${row({
    receivedTime: received(desk),
    cancelOnly: quote(symbol ?? 'all'),
    status: orders.length === 0 ? '"noOrdersToCancel"' : '"cancelled"',
    cancelledOrders: `[${orders
      .map(({ id, clientOrderId }) =>
        row({
          order_id: quote(id),
          cliOrdId: clientOrderId === undefined ? undefined : quote(clientOrderId),
        }),
      )
      .join(',')}]`,
    orderEvents: `[${orders.map(cancelEvent).join(',')}]`,
  })}`;
}

function cancelAllAfter({ desk, account, params }: Asking): string {
  const seconds = Number(textOf(params['timeout']) ?? 0);
  if (!Number.isInteger(seconds) || seconds < 0) throw new FuturesError('invalidArgument');
  const nowNs = desk.now();
  const atNs = desk.exchange.cancelAllAfter(account, seconds, nowNs);
  if (atNs instanceof Refusal) throw new FuturesError('marketUnavailable');
  return `"status":${row({
    currentTime: quote(isoMillis(nowNs)),
    triggerTime: atNs === undefined ? '"0"' : quote(isoMillis(atNs)),
  })}`;
}

function batch(asking: Asking): string[] {
  const instructions = readBatch(asking.params);
  return instructions.map((params) => {
    const { order, status, events } = instruct(asking, params);
    return row({
      order_tag: quoteOr(textOf(params['order_tag'])),
      order_id: order && quote(order.id),
      cliOrdId: quoteOr(order?.clientOrderId ?? textOf(params['cliOrdId'])),
      status: quote(status),
      dateTimeReceived: received(asking.desk),
      orderEvents: `[${events.join(',')}]`,
    });
  });
}

function instruct(asking: Asking, params: WireParams): Outcome {
  switch (params['order']) {
    case 'send':
      required(params, 'order_tag');
      return send(asking, params);
    case 'edit':
      return edit(asking, params);
    case 'cancel':
      return cancel(asking, params);
    default:
      throw new FuturesError('invalidArgument');
  }
}

/** The instructions of a batch; their numbers as they were printed. */
export function readBatch(params: WireParams): readonly WireParams[] {
  let body: unknown;
  try {
    body = parseJson(required(params, 'json'));
  } catch (error) {
    if (error instanceof FuturesError) throw error;
    throw new FuturesError('Json Parse Error');
  }
  const list = (body as { readonly batchOrder?: unknown } | null)?.batchOrder;
  if (!Array.isArray(list) || list.length > MOST_IN_BATCH)
    throw new FuturesError('invalidArgument');
  return list.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) throw new FuturesError('invalidArgument');
    const texts: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(each)) {
      texts[name] = value === null ? undefined : typeof value === 'object' ? String(value) : value;
    }
    return texts;
  });
}

function ordersStatus({ account, params }: Asking): string {
  const ids = new Set([...textsOf(params['orderIds']), ...textsOf(params['cliOrdIds'])]);
  const orders = [...ids].flatMap((id) => account.find(id) ?? []);
  return `"orders":[${orders.map(statusBody).join(',')}]`;
}

/** By either id, under any of their names. */
function named(account: Account, params: WireParams): Order | undefined {
  const id = textOf(params['order_id']) ?? textOf(params['orderId']) ?? textOf(params['cliOrdId']);
  if (id === undefined) throw new FuturesError('requiredArgumentMissing');
  return account.find(id);
}

function isLate({ desk }: Asking, params: WireParams): boolean {
  const text = textOf(params['processBefore']) ?? textOf(params['ProcessBefore']);
  if (text === undefined) return false;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new FuturesError('invalidArgument');
  return BigInt(ms) * 1_000_000n < desk.clock.wallNs();
}

function received(desk: FuturesDesk): string {
  return quote(isoMillis(desk.clock.wallNs()));
}

function quoteOr(text: string | undefined): string {
  return text === undefined ? 'null' : quote(text);
}
