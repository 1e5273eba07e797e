import { expect } from 'vitest';

type Fields = Readonly<Record<string, unknown>>;

/** A subscription on one of the two sockets, and what it is told. */
export interface ChannelRow {
  readonly side: 'private' | 'public';
  readonly params: Fields & { readonly channel: string };
  /** Of the acknowledgement, to the last field. */
  readonly result: Fields;
  /** The types of the first and the last frame when somebody trades. */
  readonly tells: readonly string[];
}

const TOKEN = '{token}';
const CLASS = { asset_class: 'derivatives' };
const SYMBOL = { symbol: ['PF_XBTUSD'] };
const DEPTHS = [10, 25, 100, 500, 1000];
const INTERVALS = [1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600];

function market(
  channel: string,
  options: Fields,
  own: Fields,
  tells?: ChannelRow['tells'],
): ChannelRow {
  const snapshot = options['snapshot'] ?? channel !== 'trade';
  return {
    side: 'public',
    params: { channel, ...CLASS, ...SYMBOL, ...options },
    result: { channel, ...own, snapshot, symbol: 'PF_XBTUSD' },
    tells: tells ?? (snapshot === true ? ['snapshot', 'update'] : ['update', 'update']),
  };
}

function account(
  channel: string,
  options: Fields,
  result: Fields,
  tells: ChannelRow['tells'],
): ChannelRow {
  const classed = channel === 'balances' || channel === 'ledgers' ? {} : CLASS;
  return {
    side: 'private',
    params: { channel, ...classed, token: TOKEN, ...options },
    result: { channel, ...result },
    tells,
  };
}

const OHLC = { warnings: ['timestamp is deprecated, use interval_begin'] };
const BOTH = ['snapshot', 'update'];
const executions = (options: Fields, orders = true, trades = false): ChannelRow =>
  account(
    'executions',
    options,
    { maxratecount: 180, snap_orders: orders, snap_trades: trades, snapshot: orders },
    orders || trades ? BOTH : ['update', 'update'],
  );

/** https://docs.kraken.com/exchange/api-reference/unified-ws/ticker and its neighbours. */
export const CHANNELS: readonly ChannelRow[] = [
  market('ticker', {}, {}),
  market('ticker', { snapshot: false }, {}),
  market('book', {}, { depth: 10 }),
  ...DEPTHS.map((depth) => market('book', { depth }, { depth })),
  market('book', { snapshot: false }, { depth: 10 }),
  market('ohlc', {}, { interval: 1, ...OHLC }),
  ...INTERVALS.map((interval) => market('ohlc', { interval }, { interval, ...OHLC })),
  market('ohlc', { tick_type: 'trade', snapshot: false }, { interval: 1, ...OHLC }),
  market('trade', {}, {}),
  market('trade', { snapshot: true }, {}),
  ...[true, false].map(
    (snapshot): ChannelRow => ({
      side: 'public',
      params: { channel: 'instrument', ...CLASS, snapshot },
      result: {
        ...{ channel: 'instrument', snapshot },
        warnings: ['tick_size is deprecated, use price_increment'],
      },
      tells: snapshot ? ['snapshot', 'snapshot'] : [],
    }),
  ),
  executions({}),
  executions({ snap_orders: true, snap_trades: true, order_status: true }, true, true),
  executions({ snap_orders: false, snapshot_trades: true }, false, true),
  executions({ snap_orders: false, order_status: false, ratecounter: true }, false),
  // Spot's, which a trade of derivatives does not touch.
  account('balances', {}, { snapshot: true }, ['snapshot', 'snapshot']),
  account('balances', { snapshot: false }, { snapshot: false }, []),
  account('positions', {}, { snapshot: true, with_margin: false }, BOTH),
  account('positions', { snapshot: true }, { snapshot: true, with_margin: false }, BOTH),
  account('positions', { with_margin: true }, { snapshot: true, with_margin: true }, BOTH),
  account('margin', {}, {}, ['multi_collateral', 'multi_collateral']),
  account('ledgers', {}, {}, ['update', 'update']),
];

export interface RefusedRow {
  readonly side: 'private' | 'public';
  readonly asks: Fields;
  readonly error: string;
  readonly symbol?: string;
  /** Asked before, and accepted. */
  readonly after?: Fields;
}

const subscribe = (
  side: RefusedRow['side'],
  params: Fields,
  error: string,
  more: Partial<RefusedRow> = {},
): RefusedRow => ({ side, asks: { method: 'subscribe', params }, error, ...more });
const again = (params: Fields, error: string): RefusedRow =>
  subscribe('private', params, error, { after: { method: 'subscribe', params } });
const own = (channel: string): Fields => ({ channel, ...CLASS, token: TOKEN });
const one = (channel: string, more: Fields = {}): Fields => ({
  channel,
  ...CLASS,
  ...SYMBOL,
  ...more,
});

export const REFUSED: readonly RefusedRow[] = [
  // The pages' own.
  again(own('positions'), 'Already subscribed to positions channel'),
  again(own('margin'), 'Already subscribed to margin channel'),
  subscribe(
    'private',
    { ...own('margin'), snapshot: true },
    "'params.snapshot' is not valid for the margin channel",
  ),
  subscribe('private', own('ledgers'), "'params.asset_class' is not valid for the ledgers channel"),
  subscribe(
    'private',
    { ...own('positions'), snapshot: true, with_margin: true },
    "'params.snapshot' and 'params.with_margin' are mutually exclusive",
  ),
  // As Spot v2's.
  again(own('executions'), 'Already subscribed'),
  subscribe('public', one('book'), 'Already subscribed', {
    after: { method: 'subscribe', params: one('book') },
  }),
  subscribe('public', one('book', { symbol: ['PF_NOPE'] }), 'Currency pair not supported PF_NOPE', {
    symbol: 'PF_NOPE',
  }),
  subscribe('public', one('book', { depth: 11 }), 'Subscription depth not supported'),
  subscribe('public', one('ohlc', { interval: 720 }), 'Subscription ohlc interval not supported'),
  subscribe('public', one('weather'), 'Subscription name invalid'),
  subscribe('public', own('executions'), 'Subscription name invalid'),
  subscribe('private', one('book'), 'Subscription name invalid'),
  subscribe('private', { ...own('executions'), token: 'not-one' }, 'ESession:Invalid session'),
  subscribe('private', { channel: 'executions', ...CLASS }, 'Token(s) not found'),
  {
    ...{ side: 'private', asks: { method: 'unsubscribe', params: own('positions') } },
    error: 'Subscription Not Found',
  },
  {
    ...{ side: 'public', asks: { method: 'unsubscribe', params: one('ticker') } },
    ...{ error: 'Subscription Not Found', symbol: 'PF_XBTUSD' },
  },
  // Not there yet at the exchange: Spot; not there in the sandbox: what the next list names.
  subscribe('public', one('book', { asset_class: 'spot' }), 'Asset class not supported spot'),
  { side: 'public', asks: { method: 'add_order', params: CLASS }, error: 'Unsupported event' },
  { side: 'private', asks: { method: 'batch_add', params: CLASS }, error: 'Unsupported event' },
];

/** What is documented and not spoken: Spot here, orders of the book, candles of other prices. */
export const NOT_SPOKEN: readonly RefusedRow[] = [
  ...['spot', 'derivatives'].flatMap((asset_class) =>
    [10, 100, 1000].map((depth) =>
      subscribe(
        'public',
        { ...one('level3'), asset_class, depth, snapshot: true, token: TOKEN },
        'Subscription name invalid',
      ),
    ),
  ),
  ...['mark', 'spot'].map((tick_type) =>
    subscribe('public', one('ohlc', { tick_type }), 'Subscription ohlc tick_type not supported'),
  ),
  ...['ticker', 'book', 'ohlc', 'trade'].map((channel) =>
    subscribe('public', one(channel, { asset_class: 'spot' }), 'Asset class not supported spot'),
  ),
  subscribe(
    'public',
    { channel: 'instrument', asset_class: 'spot' },
    'Asset class not supported spot',
  ),
  subscribe(
    'private',
    { ...own('executions'), asset_class: 'spot' },
    'Asset class not supported spot',
  ),
];

/** A request of a trader, and its acknowledgements beside method, id and times. */
export interface OrderRow {
  readonly method: string;
  readonly params: Fields;
  readonly given?: readonly Fields[];
  readonly answers: readonly ({ readonly result: unknown } | { readonly error: string })[];
}

const ID: unknown = expect.stringMatching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
const SECONDS: unknown = expect.stringMatching(/^2026-07-14T\d\d:\d\d:\d\dZ$/);
const DEADLINE = '2026-07-14T03:33:50.000Z';
const UUID = '2c6be801-1f53-4f79-a0bb-4ea1c95dfae9';
const limit = {
  ...{ order_type: 'limit', side: 'buy', symbol: 'PF_XBTUSD' },
  ...{ order_qty: 0.01, limit_price: 50_000 },
};
const { limit_price: _price, ...bare } = limit;
const stop = {
  ...bare,
  side: 'sell',
  order_type: 'stop-loss-limit',
  triggers: { price: 40_000 },
  limit_price: 39_000,
};
const trailing = {
  ...bare,
  side: 'sell',
  order_type: 'trailing-stop',
  triggers: { price: 5, price_type: 'pct' },
};

const placed = [{ result: { order_id: ID } }];
const refused = (error: string): OrderRow['answers'] => [{ error }];
const add = (params: Fields, answers: OrderRow['answers'] = placed): OrderRow => ({
  method: 'add_order',
  params: { ...limit, ...params },
  answers,
});
const row = (
  method: string,
  params: Fields,
  answers: OrderRow['answers'],
  given: readonly Fields[] = [],
): OrderRow => ({ method, params, answers, given });
const amend = (params: Fields, given: Fields = limit): OrderRow =>
  row(
    'amend_order',
    { order_id: '{0}', ...params },
    [{ result: { amend_id: '', order_id: '{0}' } }],
    [given],
  );
const unsupported = (field: string): OrderRow['answers'] =>
  refused(`Unsupported field: '${field}' for the given msg type: add order`);

const CONDITIONALS: readonly Fields[] = [
  { order_type: 'limit', limit_price: 90_000, limit_price_type: 'static' },
  { order_type: 'stop-loss', trigger_price: -5, trigger_price_type: 'pct' },
  { order_type: 'stop-loss', stop_price: 20_000 },
  { order_type: 'stop-loss-limit', trigger_price: 20_000, limit_price: 19_000 },
  { order_type: 'take-profit', trigger_price: 40_000, trigger_price_type: 'static' },
  {
    ...{ order_type: 'take-profit-limit', trigger_price: 40_000 },
    ...{ limit_price: -5, limit_price_type: 'pct' },
  },
  { order_type: 'trailing-stop', trigger_price: 100, trigger_price_type: 'quote' },
  {
    ...{ order_type: 'trailing-stop-limit', trigger_price: 100, trigger_price_type: 'quote' },
    ...{ limit_price: -10, limit_price_type: 'quote' },
  },
];

export const ORDERS: readonly OrderRow[] = [
  add({}),
  add({ order_type: 'market', limit_price: undefined, reduce_only: false }),
  add({ ...stop, order_type: 'stop-loss', limit_price: undefined }),
  add({ ...stop, limit_price_type: 'static' }),
  add({
    ...stop,
    order_type: 'take-profit',
    triggers: { reference: 'last', price: 90_000, price_type: 'static' },
    limit_price: undefined,
  }),
  add({
    ...stop,
    order_type: 'take-profit-limit',
    triggers: { reference: 'index', price: 90_000 },
    limit_price: 91_000,
  }),
  add({ ...trailing, limit_price: undefined }),
  add({
    ...trailing,
    order_type: 'trailing-stop-limit',
    triggers: { price: 100, price_type: 'quote' },
    limit_price: 0,
    limit_price_type: 'quote',
  }),
  add({ post_only: true, deadline: DEADLINE }),
  add({ cl_ord_id: UUID }, [{ result: { order_id: ID, cl_ord_id: UUID } }]),
  ...['gtc', 'ioc', 'fok'].map((time_in_force) => add({ time_in_force })),
  add({ time_in_force: 'gtd', expire_time: '2026-07-15T00:00:00Z' }),
  add({ effective_time: '2026-07-14T04:00:00Z' }),
  ...['cancel_newest', 'cancel_oldest', 'cancel_both'].map((stp_type) =>
    add({ stp_type, sender_sub_id: 'desk-7' }),
  ),
  add({ validate: true }, [{ result: { order_id: '' } }]),
  ...CONDITIONALS.map((conditional) => add({ conditional })),
  add({ ...trailing, order_type: 'trailing-stop-limit', limit_price: 1, limit_price_type: 'pct' }),
  add({ no_mpp: true, stop_price: 40_000, trigger: 'last' }),
  add({ trigger: 'index' }),
  add({ order_userref: 7 }, unsupported('order_userref')),
  add({ margin: true }, unsupported('margin')),
  add({ display_qty: 1 }, unsupported('display_qty')),
  ...['base', 'quote'].map((fee_preference) =>
    add({ fee_preference }, unsupported('fee_preference')),
  ),
  add({ cash_order_qty: 1 }, unsupported('cash_order_qty')),
  add({ order_type: 'iceberg' }, refused('EGeneral:Invalid arguments:order_type')),
  add({ order_type: 'settle-position' }, refused('EGeneral:Invalid arguments:order_type')),
  add({ asset_class: 'spot' }, refused('Asset class not supported spot')),
  add({ order_qty: 1_000 }, refused('EOrder:Insufficient funds')),
  add({ limit_price: 50_000.5 }, refused('EOrder:Tick size check failed')),
  amend({
    order_qty: 0.02,
    limit_price: 49_000,
    limit_price_type: 'static',
    deadline: DEADLINE,
    post_only: true,
    symbol: 'PF_XBTUSD',
  }),
  ...['pct', 'quote'].map((limit_price_type) => amend({ limit_price: -5, limit_price_type })),
  amend({ trigger_price: 41_000, trigger_price_type: 'static' }, stop),
  amend({ trigger_price: 6, trigger_price_type: 'pct' }, trailing),
  amend({ trigger_price: 600, trigger_price_type: 'quote' }, trailing),
  row(
    'amend_order',
    { cl_ord_id: UUID, limit_price: 49_000 },
    [{ result: { amend_id: '', cl_ord_id: UUID } }],
    [{ ...limit, cl_ord_id: UUID }],
  ),
  row('amend_order', { order_id: UUID, order_qty: 1 }, refused('EOrder:Unknown order')),
  row(
    'amend_order',
    { order_id: UUID, asset_class: 'spot' },
    refused('Asset class not supported spot'),
  ),
  row(
    'amend_order',
    { order_id: '{0}', display_qty: 1 },
    refused("Unsupported field: 'display_qty' for the given msg type: amend order"),
    [limit],
  ),
  row(
    'cancel_order',
    { order_id: ['{0}', '{1}'] },
    [{ result: { order_id: '{0}' } }, { result: { order_id: '{1}' } }],
    [limit, limit],
  ),
  row(
    'cancel_order',
    { cl_ord_id: [UUID] },
    [{ result: { cl_ord_id: UUID } }],
    [{ ...limit, cl_ord_id: UUID }],
  ),
  row(
    'cancel_order',
    { order_id: ['{0}'], cl_ord_id: [UUID] },
    refused('EGeneral:Invalid arguments:order_id or cl_ord_id'),
    [limit],
  ),
  row(
    'cancel_order',
    { order_userref: [7], asset_class: 'spot' },
    refused('Asset class not supported spot'),
  ),
  row('cancel_all', {}, [{ result: { count: 2 } }], [limit, stop]),
  row('cancel_all', { asset_class: 'spot' }, refused('Asset class not supported spot')),
  row('cancel_all_orders_after', { timeout: 60 }, [
    { result: { currentTime: SECONDS, triggerTime: SECONDS } },
  ]),
  row('cancel_all_orders_after', { timeout: 0 }, [
    { result: { currentTime: SECONDS, triggerTime: '0' } },
  ]),
  row('cancel_all_orders_after', { timeout: 86_401 }, refused('Invalid timeout argument')),
  row(
    'cancel_all_orders_after',
    { timeout: 60, asset_class: 'spot' },
    refused('Asset class not supported spot'),
  ),
];
