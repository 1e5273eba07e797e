import { parseTimestamp } from '@kr/schemas/shared';
import { type OrderRequest, REFUSALS } from '../exchange/index.ts';
import { type AccountActions, must } from '../paper/account-actions.ts';
import { errorOf, FieldRefusal } from '../paper/fields.ts';
import { CANCEL, MODIFY } from '../paper/method.ts';
import { readEditParams } from '../rest/edit-params.ts';
import { describeOrder } from '../rest/paper-bodies.ts';
import { isTrue, readAmendParams, readOrderParams } from '../rest/paper-order-params.ts';
import { textOf, textsOf, type WireParams } from '../rest/request-params.ts';
import { SpotRefusal } from '../rest/spot-refusal.ts';
import { symbolOf } from './pair-name.ts';

interface EventContext {
  readonly actions: AccountActions;
  readonly params: WireParams;
}

/** What an answer says beside `event`, `status` and `reqid`. */
type Said = Readonly<Record<string, unknown>>;

interface TradingEvent {
  /** One of them is enough. */
  readonly permissions: readonly string[];
  /** One answer, or one for each order that was named. Throws refusals. */
  readonly act: (context: EventContext) => Said | readonly Said[];
}

/** The trading events of v1: parameters as those of REST, answers with `Status` behind the event's name. */
export const TRADING_EVENTS: ReadonlyMap<string, TradingEvent> = new Map<string, TradingEvent>([
  ['addOrder', { permissions: MODIFY, act: addOrder }],
  ['amendOrder', { permissions: MODIFY, act: amendOrder }],
  ['editOrder', { permissions: MODIFY, act: editOrder }],
  ['cancelOrder', { permissions: CANCEL, act: cancelOrder }],
  ['cancelAll', { permissions: CANCEL, act: ({ actions }) => ({ count: actions.cancelAll() }) }],
  [
    'cancelAllOrdersAfter',
    {
      permissions: CANCEL,
      act: ({ actions, params }) => actions.cancelAllAfter(Number(params['timeout'] ?? Number.NaN)),
    },
  ],
]);
export const TRADING_EVENT_NAMES: ReadonlySet<string> = new Set(TRADING_EVENTS.keys());

function addOrder({ actions, params }: EventContext): Said {
  const { desk, account } = actions;
  const symbol = readPair(actions, params['pair']);
  const nowNs = actions.begin(deadlineOf(params), symbol);
  const read = unless(readOrderParams(orderParams(params), symbol, nowNs));
  // Without a number, as v2 has it: as much as the market allows.
  const isMost = read.leverage === undefined && isTrue(params['margin']);
  const request: OrderRequest = isMost ? { ...read, leverage: 'most' } : read;
  actions.charge(symbol, 'AddOrder', 1);
  if (isTrue(params['validate'])) {
    return { descr: describeOrder(must(desk.exchange.validate(account, request, nowNs))) };
  }
  const order = must(desk.exchange.add(account, request, nowNs));
  return { descr: describeOrder(order), txid: order.id, cl_ord_id: order.clientOrderId };
}

function amendOrder({ actions, params }: EventContext): Said {
  const { desk, account } = actions;
  const txid = textOf(params['txid']);
  const id = txid ?? textOf(params['cl_ord_id']);
  if (id === undefined) throw new FieldRefusal(REFUSALS.invalid('txid or cl_ord_id'));
  const nowNs = actions.begin(deadlineOf(params));
  actions.chargeFor(id, 'AmendOrder');
  const order = account.find(id);
  if (order === undefined) throw new FieldRefusal(REFUSALS.unknownOrder);
  const renamed = {
    ...params,
    order_qty: params['volume'],
    display_qty: params['display_volume'],
  };
  const request = readAmendParams(renamed, order.side, order.type);
  const { amend } = must(desk.exchange.amend(account, id, request, nowNs));
  return { amend_id: amend.id, ...(txid === undefined ? { cl_ord_id: id } : { txid }) };
}

function editOrder({ actions, params }: EventContext): Said {
  const { desk, account } = actions;
  const id = textOf(params['orderid']) ?? '';
  const nowNs = actions.begin(deadlineOf(params), readPair(actions, params['pair']));
  actions.chargeFor(id, 'EditOrder');
  const order = account.find(id);
  if (order === undefined) throw new FieldRefusal(REFUSALS.unknownOrder);
  const request = unless(readEditParams(order, params, nowNs));
  const validates = isTrue(params['validate']);
  const edited = must(desk.exchange.edit(account, id, () => request, nowNs, validates));
  return {
    descr: describeOrder(edited.order),
    originaltxid: id,
    txid: validates ? undefined : edited.order.id,
  };
}

/** Each order has an answer of its own: some may be refused. */
function cancelOrder({ actions, params }: EventContext): readonly Said[] {
  const ids = [...textsOf(params['txid']), ...textsOf(params['cl_ord_id'])];
  if (ids.length === 0) throw new FieldRefusal(REFUSALS.invalid('txid'));
  return ids.flatMap((id) => {
    if (!/^\d+$/.test(id)) return [cancelOne(actions, id)];
    const orders = actions.referenced(Number(id));
    return orders.length === 0
      ? [{ errorMessage: REFUSALS.unknownOrder }]
      : orders.map((order) => cancelOne(actions, order.id));
  });
}

function cancelOne(actions: AccountActions, id: string): Said {
  try {
    actions.cancel(id);
    return {};
  } catch (error) {
    return { errorMessage: errorOf(error) };
  }
}

/** v1 has its own names for what REST has, and keys for what REST nests. */
function orderParams(params: WireParams): WireParams {
  const close = {
    ordertype: params['close[ordertype]'],
    price: params['close[price]'],
    price2: params['close[price2]'],
  };
  return {
    ...params,
    stptype: params['stp_type'],
    close: close.ordertype === undefined ? undefined : close,
  };
}

function readPair({ desk }: AccountActions, pair: unknown): string {
  const name = textOf(pair) ?? '';
  const symbol = symbolOf(name);
  if (symbol === undefined || !desk.exchange.markets.has(symbol)) {
    throw new FieldRefusal(`Currency pair not supported ${name}`);
  }
  return symbol;
}

function deadlineOf(params: WireParams): bigint | undefined {
  const text = textOf(params['deadline']);
  if (text === undefined) return undefined;
  const atNs = parseTimestamp(text);
  if (atNs === undefined) throw new FieldRefusal(REFUSALS.invalid('deadline'));
  return atNs;
}

function unless<T>(said: T | SpotRefusal): T {
  if (said instanceof SpotRefusal) throw new FieldRefusal(said.error);
  return said;
}
