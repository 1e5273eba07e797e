import { type Market, type Order, REFUSALS, Refusal } from '../exchange/index.ts';
import { wholeSeconds } from '../paper/account-actions.ts';
import { readEditParams } from './edit-params.ts';
import { describeClose, describeOrder, orderBody } from './paper-bodies.ts';
import { isTrue, readAmendParams, readOrderParams } from './paper-order-params.ts';
import { type PaperContext, type PaperRoute, trading, UNKNOWN_PAIR } from './paper-route.ts';
import { isTokenized } from './public-context.ts';
import { textOf, type WireParams } from './request-params.ts';
import { SpotRefusal } from './spot-refusal.ts';

const CANCEL = ['modify-trades', 'close-trades'];
const DAY_SECONDS = 86_400;

/** What trades. */
export const tradingRoutes: readonly (readonly [string, PaperRoute])[] = [
  trading('AddOrder', ['modify-trades'], addOrder),
  trading('AddOrderBatch', ['modify-trades'], addOrderBatch),
  trading('AmendOrder', CANCEL, (context) => {
    const { desk, account, params } = context;
    return withOrder(context, 'AmendOrder', (order, nowNs) => {
      const request = readAmendParams(params, order.side, order.type);
      const said = desk.exchange.amend(account, order.id, request, nowNs);
      return said instanceof Refusal ? said : { amend_id: said.amend.id };
    });
  }),
  trading('EditOrder', ['modify-trades'], editOrder),
  trading('CancelOrder', CANCEL, (context) => {
    const reference = textOf(context.params['txid']);
    if (reference !== undefined && /^\d+$/.test(reference)) {
      const count = cancelReference(context, Number(reference));
      if (count instanceof Refusal) return count;
      return count === 0 ? new SpotRefusal(REFUSALS.unknownOrder) : { count };
    }
    return withOrder(context, 'CancelOrder', (order, nowNs) => {
      const said = context.desk.exchange.cancel(context.account, order.id, nowNs);
      return said instanceof Refusal ? said : { count: 1 };
    });
  }),
  trading('CancelOrderBatch', CANCEL, cancelBatch),
  trading('CancelAll', CANCEL, ({ desk, account }) => {
    const count = desk.exchange.cancelAll(account, desk.now());
    return count instanceof Refusal ? count : { count };
  }),
  trading('CancelAllOrdersAfter', CANCEL, ({ desk, account, params }) => {
    const seconds = Number(params['timeout'] ?? Number.NaN);
    if (!Number.isInteger(seconds) || seconds < 0 || seconds >= DAY_SECONDS) {
      return new SpotRefusal('EGeneral:Invalid arguments');
    }
    const nowNs = desk.now();
    const atNs = desk.exchange.cancelAllAfter(account, seconds, nowNs);
    if (atNs instanceof Refusal) return atNs;
    return {
      currentTime: wholeSeconds(nowNs),
      triggerTime: atNs === undefined ? '0' : wholeSeconds(atNs),
    };
  }),
];

function cancelBatch(context: PaperContext): unknown {
  const { desk, account, params } = context;
  const ids = [...namesOf(params['orders'], 'txid'), ...namesOf(params['cl_ord_ids'], 'cl_ord_id')];
  if (ids.length === 0 || ids.length > 50) return new SpotRefusal(REFUSALS.invalid('orders'));
  const said = ids.map((id) => {
    if (/^\d+$/.test(id)) return cancelReference(context, Number(id));
    const order = desk.exchange.cancel(account, id, desk.now());
    return order instanceof Refusal ? order : 1;
  });
  const count = said.reduce<number>((sum, each) => sum + (each instanceof Refusal ? 0 : each), 0);
  const unavailable = said.find(isUnavailable);
  return count === 0 && unavailable !== undefined ? unavailable : { count };
}

function isUnavailable(said: unknown): said is Refusal {
  return said instanceof Refusal && said.error === REFUSALS.unavailable;
}

function addOrder(context: PaperContext): unknown {
  const { desk, account, params } = context;
  const market = marketOf(context);
  if (market === undefined) return UNKNOWN_PAIR;
  const { symbol } = market.instrument;
  const nowNs = desk.now(symbol);
  const limited = desk.counters.chargeOrder(account.id, symbol, 'AddOrder', 1);
  if (limited !== undefined) return new SpotRefusal(limited);
  const late = checkDeadline(params, nowNs);
  if (late !== undefined) return late;
  const request = readOrderParams(params, symbol, nowNs);
  if (request instanceof SpotRefusal) return request;
  if (isTrue(params['validate'])) {
    const checked = desk.exchange.validate(account, request, nowNs);
    return checked instanceof Refusal ? checked : { descr: descriptionOf(checked) };
  }
  const order = desk.exchange.add(account, request, nowNs);
  if (order instanceof Refusal) return order;
  return { descr: descriptionOf(order), txid: [order.id] };
}

function addOrderBatch(context: PaperContext): unknown {
  const { desk, account, params } = context;
  const market = marketOf(context);
  if (market === undefined) return UNKNOWN_PAIR;
  const { symbol } = market.instrument;
  const rows = params['orders'];
  if (!Array.isArray(rows) || rows.length < 2 || rows.length > 15) {
    return new SpotRefusal(REFUSALS.invalid('orders'));
  }
  const nowNs = desk.now(symbol);
  const limited = desk.counters.chargeOrder(account.id, symbol, 'AddOrderBatch', rows.length);
  if (limited !== undefined) return new SpotRefusal(limited);
  const late = checkDeadline(params, nowNs);
  if (late !== undefined) return late;
  const requests = [];
  for (const row of rows as readonly WireParams[]) {
    const request = readOrderParams(row, symbol, nowNs);
    if (request instanceof SpotRefusal) return request;
    requests.push(request);
  }
  const { exchange } = desk;
  const validates = isTrue(params['validate']);
  const results = validates
    ? (exchange.checkBatch(account, requests, nowNs) ??
      requests.map((request) => exchange.validate(account, request, nowNs)))
    : exchange.addBatch(account, requests, nowNs);
  if (results instanceof Refusal) return results;
  return {
    orders: results.map((result) =>
      result instanceof Refusal
        ? { descr: { order: '' }, error: result.error }
        : { descr: descriptionOf(result), ...(validates ? {} : { txid: result.id }) },
    ),
  };
}

function editOrder(context: PaperContext): unknown {
  const { desk, account, params } = context;
  const market = marketOf(context);
  if (market === undefined) return UNKNOWN_PAIR;
  return withOrder(context, 'EditOrder', (order, nowNs) => {
    const edited = readEditParams(order, params, nowNs);
    if (edited instanceof SpotRefusal) return edited;
    const validates = isTrue(params['validate']);
    const said = desk.exchange.edit(account, order.id, () => edited, nowNs, validates);
    if (said instanceof Refusal) return said;
    const body = orderBody(said.order, false) as {
      vol: string;
      descr: { price: string; price2: string };
    };
    return {
      status: 'ok',
      ...(validates ? {} : { txid: said.order.id }),
      originaltxid: said.original.id,
      volume: body.vol,
      price: body.descr.price,
      price2: body.descr.price2,
      orders_cancelled: validates ? 0 : 1,
      descr: { order: describeOrder(said.order) },
    };
  });
}

function withOrder(
  { desk, account, params }: PaperContext,
  name: string,
  act: (order: Order, nowNs: bigint) => unknown,
): unknown {
  const order = account.find(textOf(params['txid'] ?? params['cl_ord_id']) ?? '');
  if (order === undefined || !account.openOrders.has(order)) {
    return new SpotRefusal(REFUSALS.unknownOrder);
  }
  const { symbol } = order.market.instrument;
  const nowNs = desk.now(symbol);
  const late = checkDeadline(params, nowNs);
  if (late !== undefined) return late;
  const ageNs = nowNs - order.changedNs;
  const limited = desk.counters.chargeOrder(account.id, symbol, name, 1, ageNs);
  return limited === undefined ? act(order, nowNs) : new SpotRefusal(limited);
}

function cancelReference({ desk, account }: PaperContext, reference: number): number | Refusal {
  return desk.exchange.cancelAll(
    account,
    desk.now(),
    ({ userReference }) => userReference === reference,
  );
}

function checkDeadline(params: WireParams, nowNs: bigint): SpotRefusal | undefined {
  const text = textOf(params['deadline']);
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return new SpotRefusal(REFUSALS.invalid('deadline'));
  return BigInt(ms) * 1_000_000n <= nowNs
    ? new SpotRefusal('EService:Deadline elapsed')
    : undefined;
}

function marketOf({ names, params }: PaperContext): Market | undefined {
  if (isTokenized(params)) return undefined;
  return names.market(textOf(params['pair']) ?? '');
}

function descriptionOf(order: Order): unknown {
  const close = describeClose(order);
  return { order: describeOrder(order), ...(close === undefined ? {} : { close }) };
}

/** Texts, numbers or objects with a name: all three are sent. */
function namesOf(value: unknown, name: string): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const text = textOf(each) ?? textOf((each as Record<string, unknown> | null)?.[name]);
    return text === undefined ? [] : [text];
  });
}
