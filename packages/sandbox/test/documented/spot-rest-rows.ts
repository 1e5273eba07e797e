import type { SpotEndpointName } from '@kr/schemas/rest';
import { expect } from 'vitest';

type Fields = Readonly<Record<string, unknown>>;

/** A request of one endpoint, and what of its result is known beforehand; or its error. */
export interface RestRow {
  readonly name: SpotEndpointName;
  /** `{open}` and the like stand for ids of the account. */
  readonly params: Fields;
  readonly result?: unknown;
  readonly error?: string;
}

const row = (name: SpotEndpointName, params: Fields = {}, result: unknown = {}): RestRow => ({
  name,
  params,
  result,
});
const refused = (name: SpotEndpointName, params: Fields, error: string): RestRow => ({
  name,
  params,
  error,
});
const off = (name: SpotEndpointName, params: Fields): RestRow =>
  refused(name, params, 'EAPI:Feature disabled');

const UNKNOWN_PAIR = 'EQuery:Unknown asset pair';
const TOKENIZED = { pair: 'TSLAxUSD', asset_class: 'tokenized_asset' };
const ARRAY: unknown = expect.any(Array);
const TXID: unknown = expect.stringMatching(/^O[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const AMEND_ID: unknown = expect.stringMatching(/^T[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/);
const INTERVALS = [1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600];
const DEPTHS = [10, 25, 100, 250, 1000];
const GROUPINGS = [1, 5, 10, 25, 50, 100, 250, 500, 1000];
/** Of 14 July 2026, 03:33:20, at which the sandbox's clock stands. */
const DEADLINE = '2026-07-14T03:33:50Z';
const START = 1_783_990_000;

const MARKET: readonly RestRow[] = [
  row('Time', {}, { unixtime: 1_784_000_000, rfc1123: 'Tue, 14 Jul 2026 03:33:20 GMT' }),
  row('SystemStatus', {}, { status: 'online' }),
  row('Assets', {}, { XXBT: { altname: 'XBT', decimals: 10 }, ZUSD: { altname: 'USD' } }),
  row('Assets', { asset: 'XBT,ZUSD', aclass: 'currency' }, { XXBT: {}, ZUSD: {} }),
  row('Assets', { aclass: 'tokenized_asset' }),
  refused('Assets', { asset: 'NOSUCH' }, 'EQuery:Unknown asset'),
  row('AssetPairs', {}, { XXBTZUSD: { wsname: 'XBT/USD', tick_size: '0.1' } }),
  row(
    'AssetPairs',
    { pair: 'BTC/USD', info: 'info', aclass_base: 'currency', country_code: 'US:TX' },
    { XXBTZUSD: { altname: 'XBTUSD', costmin: '0.5', ordermin: '0.0001' } },
  ),
  row('AssetPairs', { info: 'leverage' }, { XXBTZUSD: { leverage_buy: [2, 3, 4, 5] } }),
  row('AssetPairs', { info: 'fees' }, { XXBTZUSD: { fee_volume_currency: 'ZUSD' } }),
  row('AssetPairs', { info: 'margin' }, { XXBTZUSD: { margin_call: 80, margin_stop: 40 } }),
  row('AssetPairs', { aclass_base: 'tokenized_asset' }),
  row('AssetPairs', { execution_venue: 'international' }, { XXBTZUSD: {} }),
  refused('AssetPairs', { pair: 'NOSUCH' }, UNKNOWN_PAIR),
  row('Ticker', {}, { XXBTZUSD: {}, MATICUSD: {} }),
  row('Ticker', { pair: 'XBTUSD', asset_class: 'forex' }, { XXBTZUSD: { a: ARRAY } }),
  refused('Ticker', TOKENIZED, UNKNOWN_PAIR),
  refused('Ticker', { pair: 'NOSUCH' }, UNKNOWN_PAIR),
  row('OHLC', { pair: 'XBTUSD' }, { XXBTZUSD: ARRAY, last: expect.any(Number) }),
  ...INTERVALS.map((interval) => row('OHLC', { pair: 'XBTUSD', interval }, { XXBTZUSD: ARRAY })),
  row('OHLC', { pair: 'XBTUSD', since: START }, { XXBTZUSD: ARRAY }),
  refused('OHLC', TOKENIZED, UNKNOWN_PAIR),
  refused('OHLC', { pair: 'XBTUSD', interval: 2 }, 'EGeneral:Invalid arguments:interval'),
  row('Depth', { pair: 'XBTUSD' }, { XXBTZUSD: { asks: { length: 100 }, bids: { length: 100 } } }),
  row('Depth', { pair: 'XBTUSD', count: 2 }, { XXBTZUSD: { asks: { length: 2 } } }),
  row('Depth', { pair: 'XBTUSD', count: 500 }, { XXBTZUSD: { bids: { length: 500 } } }),
  refused('Depth', TOKENIZED, UNKNOWN_PAIR),
  refused('Depth', {}, 'EGeneral:Invalid arguments'),
  row('GroupedBook', { pair: 'BTC/USD' }, { pair: 'BTC/USD', grouping: 1, asks: { length: 10 } }),
  ...DEPTHS.map((depth) => row('GroupedBook', { pair: 'BTC/USD', depth }, { grouping: 1 })),
  ...GROUPINGS.map((grouping) => row('GroupedBook', { pair: 'BTC/USD', grouping }, { grouping })),
  refused('GroupedBook', { pair: 'XXX/USD' }, UNKNOWN_PAIR),
  row('Level3', { pair: 'BTC/USD' }, { pair: 'BTC/USD', bids: ARRAY, asks: ARRAY }),
  ...[0, ...DEPTHS].map((depth) => row('Level3', { pair: 'XBTUSD', depth }, { pair: 'BTC/USD' })),
  refused('Level3', { pair: 'XXX/USD' }, UNKNOWN_PAIR),
  row('Trades', { pair: 'XBTUSD' }, { XXBTZUSD: ARRAY, last: expect.stringMatching(/^\d{19}$/) }),
  row('Trades', { pair: 'XBTUSD', count: 2 }, { XXBTZUSD: { length: 2 } }),
  row('Trades', { pair: 'XBTUSD', since: String(START) }, { XXBTZUSD: ARRAY }),
  row('Trades', { pair: 'XBTUSD', since: `${START}000000000` }, { XXBTZUSD: ARRAY }),
  refused('Trades', TOKENIZED, UNKNOWN_PAIR),
  row('Spread', { pair: 'XBTUSD', since: START }, { XXBTZUSD: ARRAY, last: 1_784_000_000 }),
  refused('Spread', TOKENIZED, UNKNOWN_PAIR),
  row('PreTrade', { symbol: 'BTC/USD' }, { symbol: 'BTC/USD', bids: { length: 10 } }),
  refused('PreTrade', { symbol: 'XXX/USD' }, UNKNOWN_PAIR),
  row('PostTrade', {}, { count: expect.any(Number) }),
  row(
    'PostTrade',
    { symbol: 'BTC/USD', from_ts: '2026-07-14T03:00:00Z', to_ts: '2026-07-14T04:00:00Z', count: 2 },
    { count: 2, trades: [{ symbol: 'BTC/USD' }, { symbol: 'BTC/USD' }] },
  ),
  refused('PostTrade', { symbol: 'XXX/USD' }, UNKNOWN_PAIR),
];

const REBASED = ['rebased', 'base'] as const;
/** Of tokenized assets, which nobody has here: it changes nothing. */
const rebased = (name: SpotEndpointName, params: Fields, result: unknown): RestRow[] =>
  REBASED.map((rebase_multiplier) => row(name, { ...params, rebase_multiplier }, result));

const OPEN = { '{open}': { status: 'open', vol: '1.25000000', descr: { type: 'buy' } } };
const CLOSED = { '{order}': { status: 'closed', vol_exec: '0.01000000' } };
const TRADE = { '{trade}': { ordertxid: '{order}', type: 'buy', vol: '0.01000000' } };
const LEDGER = { '{ledger}': { type: 'trade', aclass: 'currency' } };
const CLOSE_TIMES = ['open', 'close', 'both'];
const LEDGER_TYPES = [
  ...['all', 'trade', 'deposit', 'withdrawal', 'transfer', 'margin', 'adjustment', 'rollover'],
  ...['credit', 'settled', 'staking', 'dividend', 'sale', 'nft_rebate'],
];
const NO_POSITIONS = ['any position', 'closed position', 'closing position'];

const ACCOUNT: readonly RestRow[] = [
  row('Balance', {}, { XXBT: expect.any(String), ZUSD: expect.any(String) }),
  ...rebased('Balance', {}, { ZUSD: expect.any(String) }),
  ...rebased('BalanceEx', {}, { ZUSD: { hold_trade: expect.any(String) } }),
  ...rebased('CreditLines', {}, null),
  ...rebased('TradeBalance', {}, { m: '0.0000', n: '0.0000' }),
  row('TradeBalance', { asset: 'ZUSD' }, { v: '0.0000' }),
  row('TradeBalance', { asset: 'XBT' }, { v: '0.0000' }),
  refused('TradeBalance', { asset: 'NOSUCH' }, 'EQuery:Unknown asset'),
  ...rebased('OpenOrders', {}, { open: OPEN }),
  row('OpenOrders', { trades: true, userref: 36_493_663 }, { open: OPEN }),
  row('OpenOrders', { cl_ord_id: 'nobody' }, { open: {} }),
  ...rebased('ClosedOrders', {}, { closed: CLOSED, count: expect.any(Number) }),
  ...CLOSE_TIMES.map((closetime) => row('ClosedOrders', { closetime }, { closed: CLOSED })),
  row(
    'ClosedOrders',
    { trades: true, start: START, end: 1_784_000_100, ofs: 0, consolidate_taker: true },
    { closed: CLOSED },
  ),
  row('ClosedOrders', { without_count: true }, { closed: CLOSED }),
  row('ClosedOrders', { userref: 1, cl_ord_id: 'nobody' }, { closed: {}, count: 0 }),
  ...rebased('QueryOrders', { txid: '{order}' }, CLOSED),
  row('QueryOrders', { txid: '{order},{open}', trades: true, consolidate_taker: false }, OPEN),
  row('QueryOrders', { txid: '{open}', userref: 36_493_663 }, OPEN),
  refused('QueryOrders', { txid: 'OAAAAA-BBBBB-CCCCCC' }, 'EOrder:Unknown order'),
  ...rebased(
    'OrderAmends',
    { order_id: '{open}' },
    {
      count: 2,
      amends: [{ amend_type: 'original' }, { amend_type: 'user', order_qty: '1.25000000' }],
    },
  ),
  refused('OrderAmends', { order_id: 'OAAAAA-BBBBB-CCCCCC' }, 'EOrder:Unknown order'),
  ...rebased('TradesHistory', {}, { trades: TRADE, count: expect.any(Number) }),
  row('TradesHistory', { type: 'all', ledgers: true }, { trades: TRADE }),
  row('TradesHistory', { type: 'no position', trades: true }, { trades: TRADE }),
  ...NO_POSITIONS.map((type) => row('TradesHistory', { type }, { trades: {}, count: 0 })),
  row(
    'TradesHistory',
    { start: START, end: 1_784_000_100, ofs: 0, without_count: true, consolidate_taker: true },
    { trades: TRADE },
  ),
  ...rebased('QueryTrades', { txid: '{trade}', trades: true }, TRADE),
  ...rebased('OpenPositions', { txid: 'TF5GVO-T7ZZ2-6NBKBI', docalcs: true }, {}),
  row('OpenPositions', { consolidation: 'market' }, {}),
  ...rebased('Ledgers', {}, { ledger: LEDGER, count: expect.any(Number) }),
  ...LEDGER_TYPES.map((type) => row('Ledgers', { type }, { count: expect.any(Number) })),
  row(
    'Ledgers',
    {
      asset: 'all',
      aclass: 'currency',
      start: START,
      end: 1_784_000_100,
      ofs: 0,
      without_count: true,
    },
    { ledger: LEDGER },
  ),
  refused('Ledgers', { asset: 'NOSUCH' }, 'EQuery:Unknown asset'),
  ...rebased('QueryLedgers', { id: '{ledger}', trades: true }, LEDGER),
  ...rebased('TradeVolume', {}, { currency: 'ZUSD', volume: expect.any(String) }),
  row('TradeVolume', { pair: 'XBTUSD', fee_schedule: true }, { fees: { XXBTZUSD: {} } }),
  row(
    'TradeVolume',
    { pair: [{ asset: 'XBTUSD', aclass: 'currency' }] },
    { fees_maker: { XXBTZUSD: { fee: expect.any(String) } } },
  ),
  refused('TradeVolume', { pair: 'NOSUCH' }, UNKNOWN_PAIR),
  row('GetApiKeyInfo', { otp: '123456' }, { apiKeyName: 'sandbox', nonceWindow: 5000 }),
  row('GetWebSocketsToken', {}, { token: expect.any(String), expires: 900 }),
];

const order = { ordertype: 'limit', type: 'buy', volume: '1.25', price: '27500.0' };
const addTo = { ...order, pair: 'XBTUSD' };
const UUID = '6d1b345e-2821-40e2-ad83-4ecb18a06876';
const PLACED = { descr: { order: expect.any(String) as unknown }, txid: [TXID] };

const add = (params: Fields, result: unknown = PLACED): RestRow =>
  row('AddOrder', { ...addTo, ...params }, result);
const closing = (close: Fields): RestRow =>
  add({ close }, { ...PLACED, descr: { close: expect.any(String) } });

const ADDED: readonly RestRow[] = [
  // The page's own example, signed in every client's tests.
  add(
    { price: '37500' },
    { descr: { order: 'buy 1.25000000 XBTUSD @ limit 37500.0' }, txid: [TXID] },
  ),
  add({ ordertype: 'market', volume: '0.01', price: undefined }),
  add({ ordertype: 'iceberg', displayvol: '0.25' }),
  add({ ordertype: 'stop-loss', type: 'sell', price: '40000', trigger: 'index' }),
  add({ ordertype: 'take-profit', type: 'sell', price: '90000', trigger: 'last' }),
  add({ ordertype: 'stop-loss-limit', type: 'sell', price: '40000', price2: '39000' }),
  add({ ordertype: 'take-profit-limit', type: 'sell', price: '90000', price2: '+100' }),
  add({ ordertype: 'trailing-stop', type: 'sell', price: '+5%' }),
  add({ ordertype: 'trailing-stop-limit', type: 'sell', price: '+100', price2: '-10' }),
  add({ price: '-5%' }),
  add({ price: '#10%' }),
  ...['GTC', 'IOC', 'FOK'].map((timeinforce) => add({ timeinforce })),
  add({ timeinforce: 'GTD', expiretm: '+60' }),
  add({ starttm: '+60' }),
  add({ leverage: 'none', reduce_only: false, broker: 'desk' }),
  ...['cancel-newest', 'cancel-oldest', 'cancel-both'].map((stptype) => add({ stptype })),
  ...['post', 'fcib', 'fciq', 'nompp', 'post,fciq'].map((oflags) => add({ oflags })),
  add({ ordertype: 'market', volume: '100', price: undefined, oflags: 'viqc' }),
  add({ userref: 7 }),
  add({ cl_ord_id: UUID }),
  add({ deadline: DEADLINE }),
  closing({ ordertype: 'limit', price: '90000' }),
  closing({ ordertype: 'stop-loss', price: '-5%' }),
  closing({ ordertype: 'take-profit', price: '40000' }),
  closing({ ordertype: 'stop-loss-limit', price: '22000', price2: '21000' }),
  closing({ ordertype: 'take-profit-limit', price: '40000', price2: '+10' }),
  closing({ ordertype: 'trailing-stop', price: '+5%' }),
  closing({ ordertype: 'trailing-stop-limit', price: '+5%', price2: '-10' }),
];

/** Each order of AddOrder in a batch with a plain one. */
const BATCHED: readonly RestRow[] = ADDED.map(({ params }) => {
  const { pair, deadline: _deadline, broker: _broker, ...fields } = params;
  const orders = [fields, order];
  return row('AddOrderBatch', { pair, orders }, { orders: [{ txid: TXID }, { txid: TXID }] });
});

const CHANGED = { status: 'ok', originaltxid: '{open}', txid: TXID, orders_cancelled: 1 };
const edit = (params: Fields, result: unknown = CHANGED): RestRow =>
  row('EditOrder', { txid: '{open}', pair: 'XBTUSD', ...params }, result);
const amend = (params: Fields, result: unknown = { amend_id: AMEND_ID }): RestRow =>
  row('AmendOrder', { txid: '{open}', ...params }, result);
const SWITCHED = { currentTime: '2026-07-14T03:33:20Z', triggerTime: '2026-07-14T03:34:20Z' };

const TRADING: readonly RestRow[] = [
  ...ADDED,
  add({ validate: true }, { descr: { order: 'buy 1.25000000 XBTUSD @ limit 27500.0' } }),
  refused('AddOrder', { ...addTo, ...TOKENIZED }, UNKNOWN_PAIR),
  refused('AddOrder', { ...addTo, pair: 'NOSUCH' }, UNKNOWN_PAIR),
  add(
    { leverage: '5' },
    {
      descr: { order: 'buy 1.25000000 XBTUSD @ limit 27500.0 with 5:1 leverage' },
      txid: { length: 1 },
    },
  ),
  refused('AddOrder', { ...addTo, leverage: '6' }, 'EGeneral:Invalid arguments:leverage'),
  refused('AddOrder', { ...addTo, leverage: '2', volume: '299' }, 'EOrder:Margin level too low'),
  refused(
    'AddOrder',
    { ...addTo, leverage: '5', volume: '301' },
    'EOrder:Margin position size exceeded',
  ),
  refused('AddOrder', { ...addTo, reduce_only: true }, 'EOrder:Reduce only:No position exists'),
  refused('AddOrder', { ...addTo, ordertype: 'settle-position' }, 'EOrder:Unknown position'),
  refused('AddOrder', { ...addTo, volume: '100' }, 'EOrder:Insufficient funds'),
  refused('AddOrder', { ...addTo, volume: '0.00001' }, 'EOrder:Order minimum not met'),
  refused('AddOrder', { ...addTo, price: '1', volume: '0.0001' }, 'EOrder:Cost minimum not met'),
  refused('AddOrder', { ...addTo, price: '27500.05' }, 'EOrder:Tick size check failed'),
  refused('AddOrder', { ...addTo, price: '90000', oflags: 'post' }, 'EOrder:Post only order'),
  refused('AddOrder', { ...addTo, volume: 'much' }, 'EGeneral:Invalid arguments:volume'),
  refused('AddOrder', { ...addTo, ordertype: 'wish' }, 'EGeneral:Invalid arguments:ordertype'),
  refused('AddOrder', { ...addTo, deadline: '2026-07-14T03:33:19Z' }, 'EService:Deadline elapsed'),
  refused(
    'AddOrder',
    { ...addTo, close: { ordertype: 'iceberg', price: '90000' } },
    'EGeneral:Invalid arguments:close',
  ),
  ...BATCHED,
  row('AddOrderBatch', {
    pair: 'XBTUSD',
    orders: [order, order],
    deadline: DEADLINE,
    broker: 'desk',
  }),
  row(
    'AddOrderBatch',
    { pair: 'XBTUSD', orders: [order, order], validate: true },
    { orders: { length: 2 } },
  ),
  row(
    'AddOrderBatch',
    { pair: 'XBTUSD', orders: [order, { ...order, volume: '20' }, { ...order, volume: '20' }] },
    { orders: [{ txid: TXID }, { txid: TXID }, { error: 'EOrder:Insufficient funds' }] },
  ),
  refused('AddOrderBatch', { ...TOKENIZED, orders: [order, order] }, UNKNOWN_PAIR),
  refused(
    'AddOrderBatch',
    { pair: 'XBTUSD', orders: [order] },
    'EGeneral:Invalid arguments:orders',
  ),
  refused(
    'AddOrderBatch',
    { pair: 'XBTUSD', orders: [order, { ...order, leverage: '5', reduce_only: true }] },
    'EOrder:Reduce only:No position exists',
  ),
  refused(
    'AddOrderBatch',
    { pair: 'XBTUSD', orders: [order, { ...order, ordertype: 'settle-position' }] },
    'EOrder:Unknown position',
  ),
  refused(
    'AddOrderBatch',
    {
      pair: 'XBTUSD',
      orders: [order, { ...order, close: { ordertype: 'iceberg', price: '90000' } }],
    },
    'EGeneral:Invalid arguments:close',
  ),
  amend({ order_qty: '1.3', limit_price: '27400.1', post_only: true, deadline: DEADLINE }),
  amend({ limit_price: '-6%', pair: 'XBTUSD' }),
  row('AmendOrder', { cl_ord_id: '{client}', order_qty: '0.4' }, { amend_id: AMEND_ID }),
  row('AmendOrder', { txid: '{iceberg}', display_qty: '0.3' }, { amend_id: AMEND_ID }),
  row('AmendOrder', { txid: '{stop}', trigger_price: '41000' }, { amend_id: AMEND_ID }),
  refused('AmendOrder', { txid: 'OAAAAA-BBBBB-CCCCCC', order_qty: '1' }, 'EOrder:Unknown order'),
  edit({ volume: '1.5', price: '27400.0', userref: 7, oflags: 'post', cancel_response: false }),
  edit({ deadline: DEADLINE, price: '27300' }),
  edit(
    { volume: '1', validate: true },
    { status: 'ok', originaltxid: '{open}', orders_cancelled: 0 },
  ),
  row('EditOrder', { txid: '{iceberg}', pair: 'XBTUSD', displayvol: '0.3' }, { status: 'ok' }),
  row(
    'EditOrder',
    { txid: '{stop}', pair: 'XBTUSD', price: '41000', price2: '40000' },
    { status: 'ok', price: '41000.0', price2: '40000.0' },
  ),
  refused('EditOrder', { txid: '{open}', ...TOKENIZED }, UNKNOWN_PAIR),
  refused('EditOrder', { txid: '{client-order}', pair: 'XBTUSD' }, 'EOrder:Invalid order'),
  row('CancelOrder', { txid: '{open}' }, { count: 1 }),
  row('CancelOrder', { txid: 36_493_663 }, { count: 1 }),
  row('CancelOrder', { cl_ord_id: '{client}' }, { count: 1 }),
  refused('CancelOrder', { txid: 'OAAAAA-BBBBB-CCCCCC' }, 'EOrder:Unknown order'),
  row('CancelOrderBatch', { orders: [{ txid: '{open}' }, { txid: '{stop}' }] }, { count: 2 }),
  row('CancelOrderBatch', { orders: ['{open}', 36_493_663] }, { count: 1 }),
  row('CancelOrderBatch', { cl_ord_ids: [{ cl_ord_id: '{client}' }] }, { count: 1 }),
  row('CancelOrderBatch', { cl_ord_ids: ['{client}'] }, { count: 1 }),
  refused('CancelOrderBatch', { orders: [] }, 'EGeneral:Invalid arguments:orders'),
  row('CancelAll', {}, { count: 4 }),
  row('CancelAllOrdersAfter', { timeout: 60 }, SWITCHED),
  row('CancelAllOrdersAfter', { timeout: 0 }, { ...SWITCHED, triggerTime: '0' }),
  refused('CancelAllOrdersAfter', { timeout: 86_400 }, 'EGeneral:Invalid arguments'),
];

const asset = { asset: 'XBT' };
const strategy = { strategy_id: 'ESRFUO3-Q62XD-WIOIL7' };
const ACLASSES = ['currency', 'tokenized_asset'];

/** What no sandbox has. The parameters are those of the pages: they are read by nobody. */
const OFF: readonly RestRow[] = [
  ...ACLASSES.flatMap((aclass) => [
    off('DepositMethods', { ...asset, aclass, rebase_multiplier: 'base' }),
    off('DepositAddresses', { ...asset, aclass, method: 'Bitcoin', new: true, amount: 1 }),
    off('DepositStatus', {
      ...asset,
      aclass,
      method: 'Bitcoin',
      start: '1',
      end: '2',
      cursor: true,
    }),
    off('WithdrawMethods', { ...asset, aclass, network: 'Bitcoin', rebase_multiplier: 'base' }),
    off('WithdrawAddresses', { ...asset, aclass, method: 'Bitcoin', key: 'cold', verified: true }),
    off('Withdraw', { ...asset, aclass, key: 'cold', amount: '0.7', address: 'bc1', max_fee: '1' }),
    off('WithdrawStatus', {
      ...asset,
      aclass,
      method: 'Bitcoin',
      start: '1',
      end: '2',
      cursor: true,
    }),
    off('AccountTransfer', { ...asset, asset_class: aclass, amount: '1', from: 'A', to: 'B' }),
  ]),
  off('DepositMethods', { ...asset, rebase_multiplier: 'rebased' }),
  ...REBASED.flatMap((rebase_multiplier) => [
    off('DepositStatus', { limit: 25, rebase_multiplier }),
    off('WithdrawMethods', { ...asset, rebase_multiplier }),
    off('Withdraw', { ...asset, key: 'cold', amount: '0.7', rebase_multiplier }),
    off('WithdrawStatus', { limit: 500, rebase_multiplier }),
  ]),
  off('WithdrawInfo', { ...asset, key: 'cold', amount: '0.725' }),
  off('WithdrawCancel', { ...asset, refid: 'FTQcuak-V6Za8qrWnhzTx67yYHz8Tg' }),
  off('WalletTransfer', { ...asset, from: 'Spot Wallet', to: 'Futures Wallet', amount: '1' }),
  off('CreateSubaccount', { username: 'desk', email: 'desk@example.com' }),
  ...['trades', 'ledgers'].flatMap((report) => [
    off('AddExport', {
      report,
      format: 'CSV',
      description: 'all',
      fields: 'all',
      starttm: 1,
      endtm: 2,
    }),
    off('ExportStatus', { report }),
  ]),
  off('AddExport', { report: 'trades', format: 'TSV', description: 'all' }),
  off('RetrieveExport', { id: 'TCJA' }),
  ...['cancel', 'delete'].map((type) => off('RemoveExport', { id: 'TCJA', type })),
  off('Earn/Allocate', { ...strategy, amount: '1' }),
  off('Earn/Deallocate', { ...strategy, amount: '1' }),
  off('Earn/AllocateStatus', strategy),
  off('Earn/DeallocateStatus', strategy),
  ...['flex', 'bonded', 'timed', 'instant'].map((type) =>
    off('Earn/Strategies', { ...asset, ascending: true, cursor: '2', limit: 1, lock_type: [type] }),
  ),
  off('Earn/Allocations', { ascending: true, converted_asset: 'EUR', hide_zero_allocations: true }),
];

export const REST_ROWS: readonly RestRow[] = [...MARKET, ...ACCOUNT, ...TRADING, ...OFF];
