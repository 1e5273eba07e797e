/**
 * One subscription and what it begins with; it is ended with what told it apart.
 * https://docs.kraken.com/api/docs/guides/spot-ws-intro and the page of each channel.
 */
export interface ChannelRow {
  readonly params: { readonly channel: string; readonly [name: string]: unknown };
  /** Of the acknowledgement of each symbol, the symbol apart. */
  readonly result: Readonly<Record<string, unknown>>;
  /** The first and the last frame that come when somebody trades. */
  readonly tells: Tells;
  readonly ended: Readonly<Record<string, unknown>>;
}

const SYMBOLS = ['BTC/USD', 'MATIC/USD'];
const DEPTHS = [10, 25, 100, 500, 1000];
const ORDER_DEPTHS = [10, 100, 1000];
const INTERVALS = [1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600];
const OHLC_WARNINGS = ['timestamp is deprecated, use interval_begin'];
const INSTRUMENT_WARNINGS = ['tick_size is deprecated, use price_increment'];
const EXECUTIONS_WARNINGS = [
  'cancel_reason is deprecated, use reason',
  'stop_price is deprecated, use triggers.price',
  'trigger is deprecated use triggers.reference',
  'triggered_price is deprecated use triggers.last_price',
];

type Tells = readonly ('snapshot' | 'update')[];
const SNAPSHOT_FIRST: Tells = ['snapshot', 'update'];
const SNAPSHOT_ALONE: Tells = ['snapshot', 'snapshot'];
const UPDATES: Tells = ['update', 'update'];
const NOTHING: Tells = [];

/** A row whose acknowledgements repeat these parameters. */
function echoed(
  params: ChannelRow['params'],
  own: Readonly<Record<string, unknown>>,
  more: Partial<ChannelRow> & { readonly warnings?: readonly string[] } = {},
): ChannelRow {
  const { warnings, tells, ended } = more;
  const isSilent = params['snapshot'] === false;
  return {
    params,
    result: {
      channel: params.channel,
      ...own,
      snapshot: params['snapshot'] ?? params.channel !== 'trade',
      ...(warnings === undefined ? {} : { warnings }),
    },
    tells: tells ?? (isSilent ? UPDATES : SNAPSHOT_FIRST),
    ended: ended ?? { channel: params.channel, ...own },
  };
}

const TOKEN = '{token}';
const ticker = { channel: 'ticker', symbol: SYMBOLS };
const book = { channel: 'book', symbol: SYMBOLS };
const level3 = { channel: 'level3', symbol: SYMBOLS, token: TOKEN };
const ohlc = { channel: 'ohlc', symbol: SYMBOLS };
const trade = { channel: 'trade', symbol: SYMBOLS };
const instrument = { channel: 'instrument' };
const executions = { channel: 'executions', token: TOKEN };
const balances = { channel: 'balances', token: TOKEN };

function listed(params: object, tells = SNAPSHOT_ALONE): ChannelRow {
  return echoed({ ...instrument, ...params }, {}, { warnings: INSTRUMENT_WARNINGS, tells });
}

function executionsRow(
  params: Readonly<Record<string, unknown>>,
  result: { readonly snap_orders?: boolean; readonly snap_trades?: boolean } = {},
  tells = SNAPSHOT_FIRST,
): ChannelRow {
  const { snap_orders: orders = true, snap_trades: trades = false } = result;
  return {
    params: { ...executions, ...params },
    result: {
      channel: 'executions',
      maxratecount: 180,
      snap_orders: orders,
      snap_trades: trades,
      snapshot: orders,
      warnings: EXECUTIONS_WARNINGS,
    },
    tells,
    ended: { channel: 'executions' },
  };
}

export const CHANNELS: readonly ChannelRow[] = [
  echoed(ticker, { event_trigger: 'trades' }),
  echoed({ ...ticker, event_trigger: 'trades' }, { event_trigger: 'trades' }),
  echoed({ ...ticker, event_trigger: 'bbo' }, { event_trigger: 'bbo' }),
  echoed({ ...ticker, snapshot: false }, { event_trigger: 'trades' }),
  echoed(book, { depth: 10 }),
  ...DEPTHS.map((depth) => echoed({ ...book, depth }, { depth })),
  echoed({ ...book, snapshot: false }, { depth: 10 }),
  echoed(level3, { depth: 10 }),
  ...ORDER_DEPTHS.map((depth) => echoed({ ...level3, depth }, { depth })),
  echoed({ ...level3, snapshot: false }, { depth: 10 }),
  echoed(ohlc, { interval: 1 }, { warnings: OHLC_WARNINGS }),
  ...INTERVALS.map((interval) =>
    echoed({ ...ohlc, interval }, { interval }, { warnings: OHLC_WARNINGS }),
  ),
  echoed({ ...ohlc, snapshot: false }, { interval: 1 }, { warnings: OHLC_WARNINGS }),
  echoed(trade, {}, { tells: UPDATES }),
  echoed({ ...trade, snapshot: true }, {}),
  listed({}),
  listed({ snapshot: false }, NOTHING),
  listed({ include_tokenized_assets: true }),
  listed({ execution_venue: 'international' }),
  listed({ execution_venue: 'bitnomial-exchange' }),
  executionsRow({}),
  executionsRow({ snap_orders: true, snap_trades: true }, { snap_trades: true }),
  executionsRow({ snap_orders: false }, { snap_orders: false }, UPDATES),
  executionsRow({ order_status: false }),
  executionsRow({ ratecounter: true }),
  executionsRow({ rebased: false }),
  executionsRow({ users: 'all' }, {}, UPDATES),
  executionsRow(
    { snapshot: false, snapshot_trades: true },
    { snap_orders: false, snap_trades: true },
  ),
  echoed(balances, {}),
  echoed({ ...balances, snapshot: false }, {}),
  echoed({ ...balances, rebased: true }, {}),
  echoed({ ...balances, users: 'all' }, {}, { tells: UPDATES }),
];

/** A request that is refused: its text, and the symbol where the refusal carries one. */
export interface RefusedRow {
  readonly asks: { readonly method: string; readonly params?: unknown; readonly req_id?: unknown };
  readonly error: string;
  readonly symbol?: string;
  /** Instead of once. */
  readonly times?: number;
  /** Of the connection, accepted before. */
  readonly after?: { readonly channel: string; readonly [name: string]: unknown };
}

const subscribe = (params: unknown, error: string, more: Partial<RefusedRow> = {}): RefusedRow => ({
  asks: { method: 'subscribe', params },
  error,
  ...more,
});
const unsubscribe = (
  params: unknown,
  error: string,
  more: Partial<RefusedRow> = {},
): RefusedRow => ({ asks: { method: 'unsubscribe', params }, error, ...more });
const one = (channel: string, symbol = 'BTC/USD') => ({ channel, symbol: [symbol] });

/** What the exchange was seen to refuse, with the fields that its answer has and has not. */
export const REFUSED: readonly RefusedRow[] = [
  subscribe(ticker, 'Already subscribed', { after: ticker, times: 2 }),
  subscribe(one('book'), 'Already subscribed', { after: one('book') }),
  subscribe(executions, 'Already subscribed', { after: executions }),
  subscribe(balances, 'Already subscribed', { after: balances }),
  subscribe(instrument, 'Already subscribed', { after: instrument }),
  subscribe(
    { ...one('ohlc'), interval: 5 },
    'Already subscribed to one ohlc interval on this symbol',
    {
      after: one('ohlc'),
    },
  ),
  subscribe(one('ticker', 'UNKNOWN'), 'Currency pair not in ISO 4217-A3 format UNKNOWN', {
    symbol: 'UNKNOWN',
  }),
  subscribe(one('ticker', 'XBT/USD'), 'Currency pair not supported XBT/USD', { symbol: 'XBT/USD' }),
  subscribe(one('book', 'XBT/EUR'), 'Currency pair not supported XBT/EUR', { symbol: 'XBT/EUR' }),
  subscribe({ ...level3, symbol: ['XBT/EUR'] }, 'Currency pair not supported XBT/EUR', {
    symbol: 'XBT/EUR',
  }),
  subscribe(
    { ...level3, symbol: ['BTC/USD'], depth: 100 },
    'Already subscribed to one level3 depth on this symbol',
    { after: { ...level3, symbol: ['BTC/USD'] } },
  ),
  subscribe(
    { ...one('book'), dept: 25 },
    "Unsupported field: 'dept' for the given msg type: subscribe",
  ),
  subscribe(one('weather'), 'Subscription name invalid'),
  subscribe({ channel: 'status' }, 'Symbol(s) not found'),
  subscribe({ channel: 'ticker' }, 'Symbol(s) not found'),
  subscribe({ ...one('book'), depth: 11 }, 'Subscription depth not supported'),
  subscribe({ ...one('book'), depth: '10' }, 'Subscription book depth must be an integer'),
  subscribe({ ...level3, symbol: ['BTC/USD'], depth: 25 }, 'Subscription depth not supported'),
  subscribe({ ...one('ohlc'), interval: 2 }, 'Subscription ohlc interval not supported'),
  subscribe({ ...one('ohlc'), interval: 1.5 }, 'Subscription ohlc interval must be an integer'),
  subscribe(one('level3'), 'Token(s) not found'),
  subscribe({ channel: 'executions' }, 'Token(s) not found'),
  subscribe({ channel: 'balances' }, 'Token(s) not found'),
  subscribe({ ...executions, token: 'not-one' }, 'ESession:Invalid session'),
  subscribe({ ...level3, symbol: ['BTC/USD'], token: 'not-one' }, 'ESession:Invalid session'),
  unsubscribe(one('ticker'), 'Subscription Not Found', { symbol: 'BTC/USD' }),
  unsubscribe({ ...one('book'), depth: 25 }, 'Subscription Not Found', {
    symbol: 'BTC/USD',
    after: one('book'),
  }),
  unsubscribe({ ...one('ohlc'), interval: 5 }, 'Subscription Not Found', {
    symbol: 'BTC/USD',
    after: one('ohlc'),
  }),
  unsubscribe(executions, 'Subscription Not Found'),
  unsubscribe(one('weather'), 'Subscription name invalid'),
];
