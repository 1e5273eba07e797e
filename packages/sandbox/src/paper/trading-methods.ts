import { formatTimestamp } from '@kr/schemas/shared';
import {
  type Account,
  type Order,
  type OrderRequest,
  REFUSALS,
  Refusal,
} from '../exchange/index.ts';
import { type Ack, failed, succeeded } from './acks.ts';
import { errorOf, FieldRefusal, type Fields } from './fields.ts';
import { ORDER_FIELDS, readAmend, readOrder, readTrigger } from './order-fields.ts';
import { OrderText } from './order-text.ts';
import type { PaperDesk } from './paper-desk.ts';

interface Context {
  readonly desk: PaperDesk;
  readonly account: Account;
  readonly fields: Fields;
}

interface Method {
  readonly fields: ReadonlySet<string>;
  /** One of them is enough. */
  readonly permissions: readonly string[];
  /** One acknowledgement, or one for each order that was named. Throws refusals. */
  readonly act: (context: Context) => Ack | readonly Ack[];
}

const fieldsOf = (...names: readonly string[]): ReadonlySet<string> => new Set([...names, 'token']);
const MODIFY = ['modify-trades'];
const CANCEL = ['modify-trades', 'close-trades'];
/** The least and the most of a batch. */
const BATCH = { add: [2, 15], cancel: [2, 50] } as const;
const DAY_SECONDS = 86_400;
const LONGEST_DEADLINE_NS = 60_000_000_000n;

/** The trading methods of v2, by name. */
export const TRADING_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  [
    'add_order',
    {
      fields: fieldsOf(...ORDER_FIELDS, 'symbol', 'deadline', 'validate'),
      permissions: MODIFY,
      act: (context) => {
        const { desk, account, fields } = context;
        const symbol = readSymbol(context);
        const nowNs = checkDeadline(context, symbol);
        const request = readOrder(fields, symbol);
        charge(context, symbol, 'AddOrder', 1);
        if (fields.flag('validate') === true) {
          const refused = desk.exchange.validate(account, request, nowNs);
          if (refused !== undefined) throw refused;
          return succeeded({ order_id: '', ...referenceOf(request) });
        }
        const order = must(desk.exchange.add(account, request, nowNs));
        return succeeded({ order_id: order.id, ...referenceOf(order) });
      },
    },
  ],
  [
    'amend_order',
    {
      fields: fieldsOf(
        ...['order_id', 'cl_ord_id', 'order_qty', 'limit_price', 'limit_price_type', 'display_qty'],
        ...['trigger_price', 'trigger_price_type', 'post_only', 'deadline', 'symbol'],
      ),
      permissions: MODIFY,
      act: (context) => {
        const { desk, account, fields } = context;
        const orderId = fields.text('order_id');
        const clientOrderId = fields.text('cl_ord_id');
        if ((orderId === undefined) === (clientOrderId === undefined)) {
          throw new FieldRefusal(REFUSALS.invalid('order_id or cl_ord_id'));
        }
        const id = orderId ?? clientOrderId ?? '';
        const nowNs = checkDeadline(context);
        chargeFor(context, id, 'AmendOrder');
        const { amend } = must(desk.exchange.amend(account, id, readAmend(fields), nowNs));
        const name = orderId === undefined ? { cl_ord_id: id } : { order_id: id };
        return succeeded({ amend_id: amend.id, ...name });
      },
    },
  ],
  [
    'edit_order',
    {
      fields: fieldsOf(
        ...['order_id', 'symbol', 'order_qty', 'limit_price', 'display_qty', 'order_userref'],
        ...['post_only', 'reduce_only', 'fee_preference', 'triggers', 'deadline', 'validate'],
        ...['price', 'trigger', 'stop_price', 'no_mpp'],
      ),
      permissions: MODIFY,
      act: (context) => {
        const { desk, account, fields } = context;
        const id = fields.require('order_id', fields.text('order_id'));
        const nowNs = checkDeadline(context, readSymbol(context));
        chargeFor(context, id, 'EditOrder');
        const change = (order: Order): OrderRequest => editOf(order, fields);
        const edited = must(desk.exchange.edit(account, id, change, nowNs));
        return succeeded({ order_id: edited.order.id, original_order_id: edited.original.id });
      },
    },
  ],
  [
    'cancel_order',
    {
      fields: fieldsOf('order_id', 'cl_ord_id', 'order_userref'),
      permissions: CANCEL,
      act: (context) => {
        const { fields } = context;
        const named = [
          ...fields.texts('order_id').map((id) => ['order_id', id] as const),
          ...fields.texts('cl_ord_id').map((id) => ['cl_ord_id', id] as const),
        ];
        const references = fields.texts('order_userref');
        if (named.length + references.length === 0) throw new FieldRefusal('Order_id(s) not found');
        return [
          ...named.map(([name, id]) => cancelOne(context, id, { [name]: id })),
          ...references.flatMap((reference) => cancelReference(context, Number(reference))),
        ];
      },
    },
  ],
  [
    'cancel_all',
    {
      fields: fieldsOf(),
      permissions: CANCEL,
      act: ({ desk, account }) =>
        succeeded({ count: desk.exchange.cancelAll(account, desk.now()) }),
    },
  ],
  [
    'cancel_all_orders_after',
    {
      fields: fieldsOf('timeout'),
      permissions: CANCEL,
      act: ({ desk, account, fields }) => {
        const seconds = fields.require('timeout', fields.integer('timeout'));
        if (seconds < 0 || seconds >= DAY_SECONDS)
          throw new FieldRefusal('Invalid timeout argument');
        const nowNs = desk.now();
        const atNs = desk.exchange.cancelAllAfter(account, seconds, nowNs);
        return succeeded({
          currentTime: wholeSeconds(nowNs),
          triggerTime: atNs === undefined ? '0' : wholeSeconds(atNs),
        });
      },
    },
  ],
  [
    'batch_add',
    {
      fields: fieldsOf('symbol', 'orders', 'deadline', 'validate'),
      permissions: MODIFY,
      act: (context) => {
        const { desk, account, fields } = context;
        const symbol = readSymbol(context);
        const rows = fields.require('orders', fields.objects('orders'));
        if (rows.length < BATCH.add[0] || rows.length > BATCH.add[1]) {
          throw new FieldRefusal(REFUSALS.invalid('orders'));
        }
        const nowNs = checkDeadline(context, symbol);
        const allowed = new Set(ORDER_FIELDS);
        const requests = rows.map((row) => {
          row.allow(allowed, 'batch_add');
          return readOrder(row, symbol);
        });
        charge(context, symbol, 'AddOrderBatch', rows.length);
        const checked = desk.exchange.checkBatch(account, requests, nowNs);
        if (checked !== undefined) throw checked;
        if (fields.flag('validate') === true) {
          return succeeded(requests.map((request) => ({ order_id: '', ...referenceOf(request) })));
        }
        const results = must(desk.exchange.addBatch(account, requests, nowNs));
        return succeeded(
          results.map((result, at) =>
            result instanceof Refusal
              ? { ...referenceOf(requests[at] ?? {}), success: false, error: result.error }
              : { order_id: result.id, ...referenceOf(result) },
          ),
        );
      },
    },
  ],
  [
    'batch_cancel',
    {
      fields: fieldsOf('orders', 'cl_ord_id'),
      permissions: CANCEL,
      act: (context) => {
        const { fields } = context;
        const ids = [...fields.texts('orders'), ...fields.texts('cl_ord_id')];
        if (ids.length < BATCH.cancel[0] || ids.length > BATCH.cancel[1]) {
          throw new FieldRefusal(REFUSALS.invalid('orders'));
        }
        let count = 0;
        for (const id of ids) {
          const acks = /^\d+$/.test(id)
            ? cancelReference(context, Number(id))
            : [cancelOne(context, id, {})];
          count += acks.filter(({ error }) => error === undefined).length;
        }
        // Seen on the wire: beside the result, not in it.
        return { orders_cancelled: count };
      },
    },
  ],
]);

/** `2024-05-19T19:22:20Z` */
const wholeSeconds = (ns: bigint): string => `${formatTimestamp(ns).slice(0, 19)}Z`;

/** A refusal is thrown, the rest goes on. */
function must<T>(said: T | Refusal): T {
  if (said instanceof Refusal) throw said;
  return said;
}

function readSymbol({ desk, fields }: Context): string {
  const symbol = fields.require('symbol', fields.text('symbol'));
  if (!desk.exchange.markets.has(symbol)) {
    throw new FieldRefusal(`Currency pair not supported ${symbol}`);
  }
  return symbol;
}

/** Now, unless the deadline is over. */
function checkDeadline({ desk, fields }: Context, symbol?: string): bigint {
  const nowNs = desk.now(symbol);
  const deadline = fields.time('deadline');
  if (deadline === undefined) return nowNs;
  if (deadline <= nowNs) throw new FieldRefusal('EService:Deadline elapsed');
  if (deadline > nowNs + LONGEST_DEADLINE_NS) throw new FieldRefusal(REFUSALS.invalid('deadline'));
  return nowNs;
}

function charge(
  { desk, account }: Context,
  symbol: string,
  name: string,
  count: number,
  ageNs?: bigint,
): void {
  const limited = desk.counters.chargeOrder(account.id, symbol, name, count, ageNs);
  if (limited !== undefined) throw new FieldRefusal(limited);
}

function chargeFor(context: Context, id: string, name: string): void {
  const order = context.account.find(id);
  if (order === undefined) return;
  const ageNs = context.desk.clock.wallNs() - order.changedNs;
  charge(context, order.market.instrument.symbol, name, 1, ageNs);
}

function cancelOne(context: Context, id: string, name: object): Ack {
  const { desk, account } = context;
  try {
    chargeFor(context, id, 'CancelOrder');
    must(desk.exchange.cancel(account, id, desk.now()));
    return succeeded(name);
  } catch (error) {
    return failed(errorOf(error));
  }
}

/** All orders of a user's reference, one acknowledgement each. */
function cancelReference(context: Context, reference: number): readonly Ack[] {
  const orders = [...context.account.openOrders].filter(
    ({ userReference }) => userReference === reference,
  );
  if (orders.length === 0) return [failed(REFUSALS.unknownOrder)];
  return orders.map(({ id }) => cancelOne(context, id, { order_id: id, order_userref: reference }));
}

function referenceOf(order: Partial<Pick<Order, 'clientOrderId' | 'userReference'>>): object {
  return {
    ...(order.clientOrderId === undefined ? {} : { cl_ord_id: order.clientOrderId }),
    ...(order.userReference === undefined ? {} : { order_userref: order.userReference }),
  };
}

/** The terms of an edited order: the old ones where the request has none. */
function editOf(order: Order, fields: Fields): OrderRequest {
  const text = new OrderText(order.market);
  const limit = fields.decimal('limit_price') ?? fields.decimal('price');
  const triggers = fields.object('triggers');
  const { limitTicks, displayLots, trigger } = order;
  const kept = (ticks: number | undefined) =>
    ticks === undefined ? undefined : ({ kind: 'static', text: text.price(ticks) } as const);
  return {
    symbol: order.market.instrument.symbol,
    side: order.side,
    type: order.type,
    quantity: fields.decimal('order_qty') ?? text.quantity(order.lots),
    limitPrice: limit === undefined ? kept(limitTicks) : { kind: 'static', text: limit },
    displayQuantity:
      fields.decimal('display_qty') ??
      (displayLots === undefined ? undefined : text.quantity(displayLots)),
    triggerPrice: readTrigger(fields, triggers) ?? kept(trigger?.ticks),
    triggerReference: triggers?.oneOf('reference', ['index', 'last']) ?? trigger?.reference,
    timeInForce: order.timeInForce,
    expireNs: order.expireNs,
    postOnly: fields.flag('post_only') ?? order.postOnly,
    reduceOnly: fields.flag('reduce_only') ?? order.reduceOnly,
    selfTrade: order.selfTrade,
    feeAsset: fields.oneOf('fee_preference', ['base', 'quote']) ?? order.feeAsset,
    userReference: fields.integer('order_userref') ?? order.userReference,
  };
}
