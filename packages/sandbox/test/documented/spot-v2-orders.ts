import { expect } from 'vitest';

type Fields = Readonly<Record<string, unknown>>;

/** One request of a trader, what stands before, and what is answered to the last field. */
export interface OrderRow {
  readonly method: string;
  /** `{0}` and `{1}` stand for the ids of what is given; the token is added. */
  readonly params: Fields;
  /** Orders that are open before. */
  readonly given?: readonly Fields[];
  readonly answers: readonly Answer[];
}

/** What an acknowledgement has beside method, id and times. */
export type Answer =
  | { readonly result: unknown }
  | { readonly orders_cancelled: number }
  | { readonly error: string };

const ID: unknown = expect.stringMatching(/^O[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const AMEND_ID: unknown = expect.stringMatching(/^T[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const SECONDS: unknown = expect.stringMatching(/^2026-07-14T\d\d:\d\d:\d\dZ$/);

/** Of 14 July 2026, 03:33:20, at which the sandbox's clock stands. */
const DEADLINE = '2026-07-14T03:33:50.000Z';
const LATER = '2026-07-14T04:00:00Z';
const TOMORROW = '2026-07-15T00:00:00Z';

const done = (result: unknown): readonly Answer[] => [{ result }];
const refused = (error: string): readonly Answer[] => [{ error }];
const placed = done({ order_id: ID });

const order = { order_type: 'limit', side: 'buy', symbol: 'BTC/USD', order_qty: 1.2 };
const limit = { ...order, limit_price: 26_500.4 };
const market = { ...order, order_type: 'market', order_qty: 0.01 };
const sale = { ...order, side: 'sell', order_qty: 0.5 };
const matic = { order_type: 'stop-loss', side: 'sell', order_qty: 100, symbol: 'MATIC/USD' };
const iceberg = { ...limit, order_type: 'iceberg', order_qty: 3, display_qty: 0.5 };
const stop = {
  ...sale,
  order_type: 'stop-loss-limit',
  triggers: { price: 40_000 },
  limit_price: 39_000,
};
const trailing = {
  ...sale,
  order_type: 'trailing-stop-limit',
  triggers: { price: 5, price_type: 'pct' },
  limit_price: 100,
};
const UUID = '2c6be801-1f53-4f79-a0bb-4ea1c95dfae9';

const add = (params: Fields, answers: readonly Answer[] = placed): OrderRow => ({
  method: 'add_order',
  params,
  answers,
});
const conditional = (own: Fields): OrderRow => add({ ...limit, conditional: own });
const amend = (
  given: Fields,
  params: Fields,
  answers: readonly Answer[] = done({ amend_id: AMEND_ID, order_id: '{0}' }),
): OrderRow => ({
  method: 'amend_order',
  given: [given],
  params: 'cl_ord_id' in params ? params : { order_id: '{0}', ...params },
  answers,
});
const edit = (
  given: Fields,
  params: Fields,
  answers: readonly Answer[] = done({ order_id: ID, original_order_id: '{0}' }),
): OrderRow => ({
  method: 'edit_order',
  given: [given],
  params: { order_id: '{0}', symbol: 'BTC/USD', ...params },
  answers,
});
const row = (
  method: string,
  params: Fields,
  answers: readonly Answer[],
  given: readonly Fields[] = [],
): OrderRow => ({ method, params, answers, given });

/** https://docs.kraken.com/api/docs/websocket-v2/add_order */
const ADD: readonly OrderRow[] = [
  // The four examples of the page.
  add({ ...limit, order_userref: 100_054 }, done({ order_id: ID, order_userref: 100_054 })),
  add({ ...matic, triggers: { reference: 'last', price: -2.0, price_type: 'pct' } }),
  add({
    ...order,
    limit_price: 28_440,
    conditional: { order_type: 'stop-loss-limit', trigger_price: 28_410, limit_price: 28_400 },
  }),
  add(market),
  add({ ...limit, limit_price_type: 'static' }),
  add({ ...limit, limit_price: -5, limit_price_type: 'pct' }),
  add({ ...limit, limit_price: -1000, limit_price_type: 'quote' }),
  add(iceberg),
  add({ ...sale, order_type: 'stop-loss', triggers: { reference: 'index', price: 40_000 } }),
  add({ ...sale, order_type: 'stop-loss', stop_price: 40_000, trigger: 'index' }),
  add({ ...sale, order_type: 'stop-loss', stop_price: 40_000, trigger: 'last' }),
  add({ ...stop, triggers: { price: 40_000, price_type: 'static' } }),
  add({ ...sale, order_type: 'take-profit', triggers: { price: 1000, price_type: 'quote' } }),
  add({
    ...sale,
    order_type: 'take-profit-limit',
    triggers: { price: 90_000 },
    limit_price: 91_000,
  }),
  add({ ...sale, order_type: 'trailing-stop', triggers: { price: 5, price_type: 'pct' } }),
  add({ ...trailing, limit_price_type: 'quote' }),
  add({ ...limit, time_in_force: 'gtc' }),
  add({ ...limit, time_in_force: 'gtd', expire_time: TOMORROW }),
  add({ ...limit, time_in_force: 'ioc' }),
  add({ ...limit, time_in_force: 'fok' }),
  add({ ...limit, effective_time: LATER }),
  add({ ...limit, post_only: true }),
  add({ ...limit, margin: false, reduce_only: false, no_mpp: true }),
  add({ ...limit, deadline: DEADLINE }),
  add({ ...limit, cl_ord_id: UUID }, done({ order_id: ID, cl_ord_id: UUID })),
  add(
    { ...limit, cl_ord_id: UUID.replaceAll('-', '') },
    done({ order_id: ID, cl_ord_id: UUID.replaceAll('-', '') }),
  ),
  add(
    { ...limit, cl_ord_id: 'arb-20240509-00010' },
    done({ order_id: ID, cl_ord_id: 'arb-20240509-00010' }),
  ),
  ...['base', 'quote'].map((preference) => add({ ...limit, fee_preference: preference })),
  ...['cancel_newest', 'cancel_oldest', 'cancel_both'].map((type) =>
    add({ ...limit, stp_type: type, sender_sub_id: 'desk-7' }),
  ),
  add({ order_type: 'market', side: 'buy', symbol: 'BTC/USD', cash_order_qty: 100 }),
  add({ ...limit, validate: true }, done({ order_id: '' })),
  add({ ...limit, validate: true, order_userref: 7 }, done({ order_id: '', order_userref: 7 })),
  conditional({ order_type: 'limit', limit_price: 90_000, limit_price_type: 'static' }),
  conditional({ order_type: 'stop-loss', trigger_price: -5, trigger_price_type: 'pct' }),
  conditional({ order_type: 'stop-loss', stop_price: 20_000 }),
  conditional({ order_type: 'take-profit', trigger_price: 40_000, trigger_price_type: 'static' }),
  conditional({
    ...{ order_type: 'take-profit-limit', trigger_price: 40_000 },
    ...{ limit_price: -5, limit_price_type: 'pct' },
  }),
  conditional({ order_type: 'trailing-stop', trigger_price: 100, trigger_price_type: 'quote' }),
  conditional({
    ...{ order_type: 'trailing-stop-limit', trigger_price: 5, trigger_price_type: 'pct' },
    ...{ limit_price: -10, limit_price_type: 'quote' },
  }),
  add({ ...limit, margin: true }),
  add(
    { ...limit, limit_price: 60_000, order_qty: 299, margin: true },
    refused('EOrder:Margin level too low'),
  ),
  add({ ...limit, reduce_only: true }, refused('EOrder:Reduce only:No position exists')),
  add({ ...market, order_type: 'settle-position' }, refused('EOrder:Unknown position')),
  add({ ...sale, order_type: 'market', order_qty: 900 }, refused('EOrder:Insufficient funds')),
  add({ ...limit, order_qty: 0.000_01 }, refused('EOrder:Order minimum not met')),
  add({ ...limit, limit_price: 1, order_qty: 0.0001 }, refused('EOrder:Cost minimum not met')),
  add({ ...limit, limit_price: 26_500.45 }, refused('EOrder:Tick size check failed')),
  add({ ...limit, limit_price: -5 }, refused('EOrder:Invalid price')),
  add({ ...limit, limit_price: 90_000, post_only: true }, refused('EOrder:Post only order')),
  add({ ...limit, deadline: '2026-07-14T03:33:19Z' }, refused('EService:Deadline elapsed')),
  add({ ...limit, symbol: 'XBT/USD' }, refused('Currency pair not supported XBT/USD')),
  add({ ...limit, foo: 1 }, refused("Unsupported field: 'foo' for the given msg type: add order")),
  add(
    { ...limit, leverage: 2 },
    refused("Unsupported field: 'leverage' for the given msg type: add order"),
  ),
  add({ ...limit, limit_price: '26500.4' }, refused('Limit_price field must be a number_float')),
  add(
    { ...limit, cl_ord_id: UUID, order_userref: 7 },
    refused('EGeneral:Invalid arguments:cl_ord_id and userref are mutually exclusive'),
  ),
  add(
    { ...limit, cl_ord_id: UUID, conditional: { order_type: 'limit', limit_price: 90_000 } },
    refused('EGeneral:Invalid arguments:cl_ord_id'),
  ),
  {
    ...add({ ...limit, cl_ord_id: UUID }, refused('EGeneral:Invalid arguments:cl_ord_id')),
    given: [{ ...limit, cl_ord_id: UUID }],
  },
];

/** https://docs.kraken.com/api/docs/websocket-v2/amend_order */
const AMEND: readonly OrderRow[] = [
  amend(limit, { limit_price: 26_490.4, order_qty: 1.3, deadline: DEADLINE, post_only: true }),
  amend(limit, { limit_price: 26_490.4, limit_price_type: 'static', symbol: 'BTC/USD' }),
  amend(limit, { limit_price: -6, limit_price_type: 'pct' }),
  amend(limit, { limit_price: -900, limit_price_type: 'quote' }),
  amend(iceberg, { display_qty: 0.6 }),
  amend(stop, { trigger_price: 41_000, trigger_price_type: 'static' }),
  amend(trailing, { trigger_price: 6, trigger_price_type: 'pct' }),
  amend(trailing, { trigger_price: 600, trigger_price_type: 'quote' }),
  amend(
    { ...limit, cl_ord_id: UUID },
    { cl_ord_id: UUID, limit_price: 26_480 },
    done({ amend_id: AMEND_ID, cl_ord_id: UUID }),
  ),
  amend(limit, {}, refused('EGeneral:Invalid arguments:No amendable parameters')),
  amend(limit, { limit_price: 90_000, post_only: true }, refused('EOrder:Post only order')),
  amend(limit, { order_qty: 900 }, refused('EOrder:Insufficient funds')),
  amend(
    { ...limit, conditional: { order_type: 'limit', limit_price: 90_000 } },
    { order_qty: 1 },
    refused('EOrder:Invalid order'),
  ),
  row(
    'amend_order',
    { order_id: 'OAAAAA-BBBBB-CCCCCC', order_qty: 1 },
    refused('EOrder:Unknown order'),
  ),
];

/** https://docs.kraken.com/api/docs/websocket-v2/edit_order */
const EDIT: readonly OrderRow[] = [
  edit(limit, { order_qty: 1, limit_price: 26_400 }),
  edit(limit, { price: 26_400, no_mpp: false }),
  edit(limit, { order_userref: 9, post_only: true, reduce_only: false, deadline: DEADLINE }),
  ...['base', 'quote'].map((preference) => edit(limit, { fee_preference: preference })),
  edit(iceberg, { display_qty: 0.7 }),
  edit(stop, { triggers: { reference: 'index', price: 41_000, price_type: 'static' } }),
  edit(stop, { triggers: { reference: 'last', price: -10, price_type: 'pct' } }),
  edit(stop, { triggers: { price: -900, price_type: 'quote' } }),
  edit(stop, { stop_price: 41_000, trigger: 'last' }),
  edit(stop, { stop_price: 41_000, trigger: 'index' }),
  edit(limit, { order_qty: 1, validate: true }, done({ order_id: '', original_order_id: '{0}' })),
  edit({ ...limit, cl_ord_id: UUID }, { order_qty: 1 }, refused('EOrder:Invalid order')),
  edit(limit, { order_qty: 900 }, refused('EOrder:Insufficient funds')),
  row(
    'edit_order',
    { order_id: 'OAAAAA-BBBBB-CCCCCC', symbol: 'BTC/USD', order_qty: 1 },
    refused('EOrder:Unknown order'),
  ),
];

const named = { ...limit, cl_ord_id: UUID };
const tagged = { ...limit, order_userref: 100_054 };

/** https://docs.kraken.com/api/docs/websocket-v2/cancel_order and its neighbours. */
const CANCEL: readonly OrderRow[] = [
  row(
    'cancel_order',
    { order_id: ['{0}', '{1}'] },
    [{ result: { order_id: '{0}' } }, { result: { order_id: '{1}' } }],
    [limit, limit],
  ),
  row('cancel_order', { cl_ord_id: [UUID] }, done({ cl_ord_id: UUID }), [named]),
  row(
    'cancel_order',
    { order_userref: [100_054] },
    [{ result: { order_id: '{0}' } }, { result: { order_id: '{1}' } }],
    [tagged, tagged],
  ),
  row('cancel_order', { order_id: ['OAAAAA-BBBBB-CCCCCC'] }, refused('EOrder:Unknown order')),
  row(
    'cancel_order',
    { order_id: ['OAAAAA-BBBBB-CCCCCC', '{0}'] },
    [{ error: 'EOrder:Unknown order' }, { result: { order_id: '{0}' } }],
    [limit],
  ),
  row('cancel_all', {}, done({ count: 2 }), [limit, stop]),
  row('cancel_all', {}, done({ count: 0 })),
  row(
    'cancel_all_orders_after',
    { timeout: 60 },
    done({ currentTime: SECONDS, triggerTime: SECONDS }),
  ),
  row('cancel_all_orders_after', { timeout: 0 }, done({ currentTime: SECONDS, triggerTime: '0' })),
  row('cancel_all_orders_after', { timeout: 86_401 }, refused('Invalid timeout argument')),
  row('batch_cancel', { orders: ['{0}', '{1}'] }, [{ orders_cancelled: 2 }], [limit, limit]),
  row('batch_cancel', { orders: ['100054', '{0}'] }, [{ orders_cancelled: 2 }], [limit, tagged]),
  row(
    'batch_cancel',
    { orders: ['{1}'], cl_ord_id: [UUID] },
    [{ orders_cancelled: 2 }],
    [named, limit],
  ),
  row('batch_cancel', { orders: ['{0}'] }, refused('EGeneral:Invalid arguments:orders'), [limit]),
];

const { symbol: _symbol, ...entry } = limit;

/** https://docs.kraken.com/api/docs/websocket-v2/batch_add */
const BATCH: readonly OrderRow[] = [
  row(
    'batch_add',
    {
      symbol: 'BTC/USD',
      orders: [
        { ...entry, order_userref: 1 },
        { ...entry, cl_ord_id: UUID },
      ],
      deadline: DEADLINE,
    },
    done([
      { order_id: ID, order_userref: 1 },
      { order_id: ID, cl_ord_id: UUID },
    ]),
  ),
  row(
    'batch_add',
    { symbol: 'BTC/USD', orders: [entry, entry], validate: true },
    done([{ order_id: '' }, { order_id: '' }]),
  ),
  row(
    'batch_add',
    {
      symbol: 'BTC/USD',
      orders: [entry, { ...entry, order_qty: 30 }, { ...entry, order_qty: 30 }],
    },
    done([
      { order_id: ID },
      { order_id: ID },
      { success: false, error: 'EOrder:Insufficient funds' },
    ]),
  ),
  row(
    'batch_add',
    { symbol: 'BTC/USD', orders: [entry] },
    refused('EGeneral:Invalid arguments:orders'),
  ),
  row(
    'batch_add',
    { symbol: 'BTC/USD', orders: Array.from({ length: 16 }, () => entry) },
    refused('EGeneral:Invalid arguments:orders'),
  ),
  row(
    'batch_add',
    { symbol: 'BTC/USD', orders: [entry, { ...entry, limit_price: 0.05 }] },
    refused('EOrder:Tick size check failed'),
  ),
  row(
    'batch_add',
    { symbol: 'BTC/USD', orders: [entry, { ...entry, order_type: 'settle-position' }] },
    refused('EOrder:Unknown position'),
  ),
  row(
    'batch_add',
    { symbol: 'XBT/USD', orders: [entry, entry] },
    refused('Currency pair not supported XBT/USD'),
  ),
];

/** Each order of `add_order` that is taken, in a batch with a plain one. */
const BATCHED: readonly OrderRow[] = ADD.flatMap(({ params, answers: [answer] }) => {
  const { symbol, deadline: _deadline, validate, ...fields } = params;
  if (answer === undefined || !('result' in answer) || validate === true) return [];
  const plain = { ...entry, ...(symbol === 'BTC/USD' ? {} : { limit_price: 0.1, order_qty: 100 }) };
  return row(
    'batch_add',
    { symbol, orders: [fields, plain] },
    done([answer.result, { order_id: ID }]),
  );
});

export const ORDERS: readonly OrderRow[] = [
  ...ADD,
  ...AMEND,
  ...EDIT,
  ...CANCEL,
  ...BATCH,
  ...BATCHED,
];
