import { expect } from 'vitest';

type Fields = Readonly<Record<string, unknown>>;

/** A subscription, its acknowledgements, and how many messages each channel has after one trade. */
export interface SubscriptionRow {
  readonly asks: Fields;
  readonly answers: readonly (Fields & { readonly channelName: string })[];
  readonly frames: Readonly<Record<string, number>>;
}

const TOKEN = '{token}';
const NUMBER: unknown = expect.any(Number);
const DEPTHS = [10, 25, 100, 500, 1000];
const INTERVALS = [1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600];

function market(
  subscription: Fields,
  channelName: string,
  frames: number,
  own = {},
): SubscriptionRow {
  const { name } = subscription;
  return {
    asks: { pair: ['XBT/USD', 'MATIC/USD'], subscription },
    answers: ['XBT/USD', 'MATIC/USD'].map((pair) => ({
      ...{ channelID: NUMBER, channelName, pair },
      subscription: { ...own, name },
    })),
    frames: { [channelName]: frames },
  };
}

function account(name: string, options: Fields, frames: number, own = {}): SubscriptionRow {
  return {
    asks: { subscription: { name, token: TOKEN, ...options } },
    answers: [{ channelName: name, subscription: { ...own, name } }],
    frames: { [name]: frames },
  };
}

/** https://docs.kraken.com/api/docs/websocket-v1/subscribe */
export const SUBSCRIPTIONS: readonly SubscriptionRow[] = [
  // A snapshot of both, and the trade of one.
  market({ name: 'ticker' }, 'ticker', 3),
  market({ name: 'trade' }, 'trade', 1),
  market({ name: 'spread' }, 'spread', 3),
  market({ name: 'ohlc' }, 'ohlc-1', 3, { interval: 1 }),
  ...INTERVALS.map((interval) =>
    market({ name: 'ohlc', interval }, `ohlc-${interval}`, 3, { interval }),
  ),
  market({ name: 'book' }, 'book-10', 3, { depth: 10 }),
  ...DEPTHS.map((depth) => market({ name: 'book', depth }, `book-${depth}`, 3, { depth })),
  account('ownTrades', {}, 2),
  account('ownTrades', { snapshot: false, consolidate_taker: true, rebased: true }, 1),
  // Pending, open, its fill, closed.
  account('openOrders', {}, 5),
  account('openOrders', { ratecounter: true }, 5, { maxratecount: 180 }),
  {
    asks: { pair: ['XBT/USD'], subscription: { name: '*' } },
    answers: [
      ...[{ channelName: 'ticker', subscription: { name: 'ticker' } }],
      ...[{ channelName: 'ohlc-1', subscription: { interval: 1, name: 'ohlc' } }],
      ...[{ channelName: 'trade', subscription: { name: 'trade' } }],
      ...[{ channelName: 'spread', subscription: { name: 'spread' } }],
      ...[{ channelName: 'book-10', subscription: { depth: 10, name: 'book' } }],
    ].map((each) => ({ ...each, channelID: NUMBER, pair: 'XBT/USD' })),
    frames: { ticker: 2, 'ohlc-1': 2, trade: 1, spread: 2, 'book-10': 2 },
  },
];

interface RefusedRow {
  readonly asks: Fields;
  /** To the last field but the request's id. */
  readonly answer: Fields;
}

const subscribe = (
  pair: readonly string[] | undefined,
  subscription: unknown,
  errorMessage: string,
  more: Fields,
): RefusedRow => ({
  asks: { event: 'subscribe', ...(pair === undefined ? {} : { pair }), subscription },
  answer: { errorMessage, event: 'subscriptionStatus', status: 'error', ...more },
});
const XBT = ['XBT/USD'];

export const REFUSED: readonly RefusedRow[] = [
  subscribe(XBT, { name: 'book', depth: 42 }, 'Subscription depth not supported', {
    pair: 'XBT/USD',
    subscription: { depth: 42, name: 'book' },
  }),
  subscribe(XBT, { name: 'ohlc', interval: 2 }, 'Subscription ohlc interval not supported', {
    pair: 'XBT/USD',
    subscription: { interval: 2, name: 'ohlc' },
  }),
  subscribe(['XBT/FOO'], { name: 'ticker' }, 'Currency pair not supported XBT/FOO', {
    pair: 'XBT/FOO',
    subscription: { name: 'ticker' },
  }),
  subscribe(['XBTUSD'], { name: 'ticker' }, 'Currency pair not in ISO 4217-A3 format XBTUSD', {
    pair: 'XBTUSD',
    subscription: { name: 'ticker' },
  }),
  subscribe(XBT, { name: 'weather' }, 'Subscription name invalid', {
    subscription: { name: 'weather' },
  }),
  subscribe(XBT, 'ticker', 'Subscription field must be an object', {}),
  subscribe(XBT, { name: 'ticker', wish: 1 }, 'Subscription object unsupported field', {
    subscription: { name: 'ticker' },
  }),
  subscribe(undefined, { name: 'ticker' }, 'Pair(s) not found', {
    subscription: { name: 'ticker' },
  }),
  subscribe(
    XBT,
    { name: 'openOrders', token: TOKEN },
    'Pair field unsupported for this subscription type',
    { subscription: { name: 'openOrders' } },
  ),
  subscribe(undefined, { name: 'openOrders', token: 'not-one' }, 'ESession:Invalid session', {
    subscription: { name: 'openOrders' },
  }),
  {
    asks: { event: 'weather' },
    answer: { errorMessage: 'Unsupported event', event: 'error' },
  },
];

/** A trading event, and its answers beside event, id and status. */
export interface EventRow {
  readonly asks: Fields;
  /** Orders that are open before: `{0}`, `{1}`. */
  readonly given?: readonly Fields[];
  readonly answers: readonly Fields[];
}

const TXID: unknown = expect.stringMatching(/^O[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const AMEND_ID: unknown = expect.stringMatching(/^T[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const TEXT: unknown = expect.any(String);
const DEADLINE = '2026-07-14T03:33:50Z';
const UUID = '6d1b345e-2821-40e2-ad83-4ecb18a06876';

const limit = {
  ordertype: 'limit',
  type: 'buy',
  pair: 'XBT/USD',
  price: '27500.0',
  volume: '1.25',
};
const sale = { ...limit, type: 'sell', volume: '0.5' };
const stop = { ...sale, ordertype: 'stop-loss-limit', price: '40000', price2: '39000' };
const iceberg = { ...limit, ordertype: 'iceberg', volume: '1' };
const PLACED = [{ descr: TEXT, txid: TXID }];

const event = (
  name: string,
  fields: Fields,
  answers: readonly Fields[],
  given: readonly Fields[] = [],
): EventRow => ({ asks: { event: name, token: TOKEN, ...fields }, answers, given });
const refused = (errorMessage: string): readonly Fields[] => [{ errorMessage }];
const add = (fields: Fields, answers: readonly Fields[] = PLACED): EventRow =>
  event('addOrder', { ...limit, ...fields }, answers);
const closing = (type: string, price: string, price2?: string): EventRow =>
  add({
    'close[ordertype]': type,
    'close[price]': price,
    ...(price2 === undefined ? {} : { 'close[price2]': price2 }),
  });

/** https://docs.kraken.com/api/docs/websocket-v1/addorder and its neighbours. */
export const EVENTS: readonly EventRow[] = [
  add({}, [{ descr: 'buy 1.25000000 XBTUSD @ limit 27500.0', txid: TXID }]),
  event('addOrder', { ...limit, ordertype: 'market', volume: '0.01', price: undefined }, PLACED),
  add({ ...sale, ordertype: 'stop-loss', price: '40000' }),
  add({ ...sale, ordertype: 'take-profit', price: '90000' }),
  add(stop, [{ descr: 'sell 0.50000000 XBTUSD @ stop loss 40000.0 -> limit 39000.0', txid: TXID }]),
  add({ ...sale, ordertype: 'take-profit-limit', price: '90000', price2: '91000' }),
  add({ ...sale, ordertype: 'trailing-stop', price: '+5%' }),
  add({ ...sale, ordertype: 'trailing-stop-limit', price: '+5%', price2: '-10' }),
  add({ ordertype: 'settle-position' }, refused('EOrder:Unknown position')),
  // What it shows has no field here.
  event('addOrder', iceberg, refused('EGeneral:Invalid arguments:displayvol')),
  ...[{ leverage: '5' }, { margin: true }].map((terms) =>
    add(terms, [{ descr: 'buy 1.25000000 XBTUSD @ limit 27500.0 with 5:1 leverage', txid: TXID }]),
  ),
  add({ leverage: '6' }, refused('EGeneral:Invalid arguments:leverage')),
  add({ reduce_only: true }, refused('EOrder:Reduce only:No position exists')),
  ...['fcib', 'fciq', 'nompp', 'post', 'post,fciq'].map((oflags) => add({ oflags })),
  add({ starttm: '+60' }),
  add({ timeinforce: 'GTD', expiretm: '+60' }),
  ...['GTC', 'IOC'].map((timeinforce) => add({ timeinforce })),
  add({ deadline: DEADLINE }),
  add({ deadline: '2026-07-14T03:33:19Z' }, refused('EService:Deadline elapsed')),
  add({ cl_ord_id: UUID }, [{ cl_ord_id: UUID, descr: TEXT, txid: TXID }]),
  add({ userref: '42' }),
  ...['cancel_newest', 'cancel_oldest', 'cancel_both'].map((type) => add({ stp_type: type })),
  add({ validate: 'true' }, [{ descr: 'buy 1.25000000 XBTUSD @ limit 27500.0' }]),
  closing('limit', '90000'),
  closing('stop-loss', '-5%'),
  closing('take-profit', '40000'),
  closing('stop-loss-limit', '22000', '21000'),
  closing('take-profit-limit', '40000', '41000'),
  closing('trailing-stop', '+5%'),
  closing('trailing-stop-limit', '+5%', '-10'),
  ...['market', 'iceberg', 'settle-position'].map((type) =>
    add(
      { 'close[ordertype]': type, 'close[price]': '90000' },
      refused('EGeneral:Invalid arguments:close'),
    ),
  ),
  add({ pair: 'XBT/FOO' }, refused('Currency pair not supported XBT/FOO')),
  add({ volume: '100' }, refused('EOrder:Insufficient funds')),
  add({ price: '27500.05' }, refused('EOrder:Tick size check failed')),
  add({ token: 'not-one' }, refused('ESession:Invalid session')),
  event(
    'amendOrder',
    { txid: '{0}', volume: '1.3', limit_price: '27400.1', post_only: true, deadline: DEADLINE },
    [{ amend_id: AMEND_ID, txid: '{0}' }],
    [limit],
  ),
  event(
    'amendOrder',
    { cl_ord_id: UUID, volume: '1', pair: 'XBT/USD' },
    [{ amend_id: AMEND_ID, cl_ord_id: UUID }],
    [{ ...limit, cl_ord_id: UUID }],
  ),
  event(
    'amendOrder',
    { txid: '{0}', trigger_price: '41000' },
    [{ amend_id: AMEND_ID, txid: '{0}' }],
    [stop],
  ),
  event(
    'amendOrder',
    { txid: '{0}', display_volume: '0.3' },
    [{ amend_id: AMEND_ID, txid: '{0}' }],
    [{ ...iceberg, displayvol: '0.2' }],
  ),
  event(
    'amendOrder',
    { txid: 'OAAAAA-BBBBB-CCCCCC', volume: '1' },
    refused('EOrder:Unknown order'),
  ),
  event(
    'editOrder',
    {
      orderid: '{0}',
      pair: 'XBT/USD',
      price: '27400',
      volume: '1',
      oflags: 'post',
      newuserref: '9',
    },
    [{ descr: 'buy 1.00000000 XBTUSD @ limit 27400.0', originaltxid: '{0}', txid: TXID }],
    [limit],
  ),
  event(
    'editOrder',
    { orderid: '{0}', pair: 'XBT/USD', price2: '38000' },
    [{ descr: TEXT, originaltxid: '{0}', txid: TXID }],
    [stop],
  ),
  event(
    'editOrder',
    { orderid: '{0}', pair: 'XBT/USD', volume: '1', validate: 'true' },
    [{ descr: TEXT, originaltxid: '{0}' }],
    [limit],
  ),
  event(
    'editOrder',
    { orderid: 'OAAAAA-BBBBB-CCCCCC', pair: 'XBT/USD' },
    refused('EOrder:Unknown order'),
  ),
  event('cancelOrder', { txid: ['{0}', '{1}'] }, [{}, {}], [limit, limit]),
  event(
    'cancelOrder',
    { txid: ['42'] },
    [{}, {}],
    [
      { ...limit, userref: '42' },
      { ...limit, userref: '42' },
    ],
  ),
  event('cancelOrder', { cl_ord_id: [UUID] }, [{}], [{ ...limit, cl_ord_id: UUID }]),
  event(
    'cancelOrder',
    { txid: ['OAAAAA-BBBBB-CCCCCC', '{0}'] },
    [{ errorMessage: 'EOrder:Unknown order' }, {}],
    [limit],
  ),
  event('cancelAll', {}, [{ count: 2 }], [limit, stop]),
  event('cancelAllOrdersAfter', { timeout: 60 }, [
    { currentTime: '2026-07-14T03:33:20Z', triggerTime: '2026-07-14T03:34:20Z' },
  ]),
  event('cancelAllOrdersAfter', { timeout: 0 }, [
    { currentTime: '2026-07-14T03:33:20Z', triggerTime: '0' },
  ]),
  event('cancelAllOrdersAfter', { timeout: 86_401 }, refused('Invalid timeout argument')),
];
