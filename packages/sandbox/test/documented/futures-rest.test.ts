import { readFileSync } from 'node:fs';
import { type FuturesEndpointName, futuresEndpoints } from '@kr/schemas/futures-rest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFutures } from '../futures-client.ts';
import { FuturesRest } from '../futures-rest.ts';
import { fillIn } from './vocabulary.ts';

type Params = Readonly<Record<string, string>>;
type Row = readonly [name: FuturesEndpointName, params: Params, result: object];

const SYMBOL = 'PF_XBTUSD';
const LIMIT = { orderType: 'lmt', symbol: SYMBOL, side: 'buy', size: '0.01', limitPrice: '10000' };
const send = (terms: Params, status = 'placed'): Row => [
  'sendOrder',
  { ...LIMIT, ...terms },
  { sendStatus: { status } },
];
const batch = (...batchOrder: readonly object[]): Params => ({
  json: JSON.stringify({ batchOrder }),
});

/** https://docs.kraken.com/api/docs/futures-api; `{order}` is an open order. */
const ROWS: readonly Row[] = [
  ['instruments', {}, { instruments: expect.any(Array) }],
  ['instruments', { contractType: 'flexible_futures' }, { instruments: { length: 3 } }],
  ['tradingInstruments', {}, { instruments: expect.any(Array) }],
  ['instrumentsStatus', {}, { instrumentStatus: expect.any(Array) }],
  ['instrumentStatus', { symbol: SYMBOL }, { tradeable: SYMBOL }],
  ['tickers', {}, { tickers: expect.any(Array) }],
  ['ticker', { symbol: SYMBOL }, { ticker: { symbol: SYMBOL } }],
  ['orderBook', { symbol: SYMBOL }, { orderBook: { bids: expect.any(Array) } }],
  ['history', { symbol: SYMBOL }, { history: expect.any(Array) }],
  ['feeSchedules', {}, { feeSchedules: expect.any(Array) }],
  ['historicalFundingRates', { symbol: SYMBOL }, { rates: expect.any(Array) }],
  ['marketExecutionHistory', { tradeable: SYMBOL }, { elements: expect.any(Array) }],
  ['marketOrderHistory', { tradeable: SYMBOL, count: '5' }, { elements: expect.any(Array) }],
  ['marketPriceHistory', { tradeable: SYMBOL, sort: 'asc' }, { elements: expect.any(Array) }],
  ['tickTypes', {}, ['mark', 'spot', 'trade']],
  ['chartSymbols', { tick_type: 'trade' }, expect.arrayContaining([SYMBOL]) as object],
  [
    'resolutions',
    { tick_type: 'trade', symbol: SYMBOL },
    expect.arrayContaining(['1m', '1d']) as object,
  ],
  [
    'candles',
    { tick_type: 'trade', symbol: SYMBOL, resolution: '1m' },
    { candles: expect.any(Array) },
  ],
  send({}),
  send({ orderType: 'post' }),
  send({ orderType: 'ioc' }, 'iocWouldNotExecute'),
  send({ orderType: 'fok' }, 'iocWouldNotExecute'),
  send({ orderType: 'mkt', limitPrice: '' }),
  send({
    side: 'sell',
    orderType: 'stp',
    limitPrice: '',
    stopPrice: '20000',
    triggerSignal: 'mark',
  }),
  send({
    ...{ side: 'sell', orderType: 'take_profit', limitPrice: '', stopPrice: '200000' },
    triggerSignal: 'last',
  }),
  send({
    ...{ side: 'sell', orderType: 'trailing_stop', limitPrice: '', triggerSignal: 'index' },
    ...{ trailingStopMaxDeviation: '10', trailingStopDeviationUnit: 'PERCENT' },
  }),
  send({ cliOrdId: 'mine' }),
  ['editOrder', { orderId: '{order}', limitPrice: '10001' }, { editStatus: { status: 'edited' } }],
  [
    'editOrder',
    { orderId: '{order}', size: '0.005', qtyMode: 'RELATIVE' },
    { editStatus: { status: 'edited' } },
  ],
  ['cancelOrder', { order_id: '{order}' }, { cancelStatus: { status: 'cancelled' } }],
  ['cancelAllOrders', {}, { cancelStatus: { status: 'cancelled' } }],
  ['cancelAllOrders', { symbol: 'PI_XBTUSD' }, { cancelStatus: { status: 'noOrdersToCancel' } }],
  ['cancelAllOrdersAfter', { timeout: '60' }, { status: { triggerTime: expect.any(String) } }],
  ['cancelAllOrdersAfter', { timeout: '0' }, { status: { triggerTime: '0' } }],
  [
    'batchOrder',
    batch(
      { order: 'send', order_tag: '1', ...LIMIT },
      { order: 'edit', order_id: '{order}', limitPrice: '10002' },
      { order: 'cancel', order_id: '{order}' },
    ),
    { batchStatus: [{ status: 'placed' }, { status: 'edited' }, { status: 'cancelled' }] },
  ],
  ['ordersStatus', { orderIds: '{order}' }, { orders: [{ status: 'ENTERED_BOOK' }] }],
  ['openOrders', {}, { openOrders: [{ order_id: '{order}' }] }],
  ['accounts', {}, { accounts: { flex: expect.any(Object) } }],
  ['openPositions', {}, { openPositions: expect.any(Array) }],
  ['fills', {}, { fills: expect.any(Array) }],
  ['notifications', {}, { notifications: expect.any(Array) }],
  ['unwindQueue', {}, { queue: expect.any(Array) }],
  ['feeScheduleVolumes', {}, { volumesByFeeSchedule: expect.any(Object) }],
  ['leveragePreferences', {}, { leveragePreferences: expect.any(Array) }],
  ['pnlPreferences', {}, { preferences: expect.any(Array) }],
  ['selfTradeStrategy', {}, { strategy: 'REJECT_TAKER' }],
  ['executionHistory', { count: '1' }, { elements: expect.any(Array) }],
  ['orderHistory', {}, { elements: expect.any(Array) }],
  ['triggerHistory', {}, { elements: expect.any(Array) }],
  ['positionHistory', {}, { elements: expect.any(Array) }],
  ['accountLog', { count: '2' }, { logs: expect.any(Array) }],
  ['checkApiKey', {}, { permissions: { general: 'FULL_ACCESS' } }],
];

let opened: Awaited<ReturnType<typeof openFutures>>;
let rest: FuturesRest;
beforeAll(async () => {
  opened = await openFutures();
  rest = new FuturesRest(opened.http, opened.accounts[0] ?? { key: '', secret: '' });
});
afterAll(() => opened.sandbox.close());

const names = Object.keys(futuresEndpoints) as FuturesEndpointName[];
/** Answered in a form that is no JSON. */
const CSV = 'accountLogCsv';
const answered = new Set<string>([CSV, ...ROWS.map(([name]) => name)]);
const off = names.filter((name) => !answered.has(name));

describe('the documented requests of Futures REST', () => {
  it.each(
    ROWS.map(([name, params, result]) => [name, JSON.stringify(params), params, result] as const),
  )('%s %s', async (name, _shown, params, result) => {
    let ids: Record<string, string> = {};
    if (JSON.stringify([params, result]).includes('{order}') || name === 'cancelAllOrders') {
      await rest.get('cancelAllOrders');
      const said = await rest.get<{ sendStatus: { order_id: string } }>('sendOrder', LIMIT);
      ids = { '{order}': said.sendStatus.order_id };
    }
    const asked = Object.entries(fillIn(params, ids)).filter(([, value]) => value !== '');
    expect(await rest.get(name, Object.fromEntries(asked))).toMatchObject(fillIn(result, ids));
  });

  it('the account log is a table, too', async () => {
    expect(await rest.call(CSV)).toMatch(/^id,date,asset,info,/);
  });
});

describe('what is off', () => {
  const STANDS_FOR = {
    symbol: SYMBOL,
    analytics_type: 'spreads',
    rfqUid: 'none',
    subaccountUid: 'none',
  };
  it.each(off)('%s is not found', async (name) => {
    const { path } = futuresEndpoints[name];
    const params = Object.entries(STANDS_FOR).filter(([key]) => path.includes(`{${key}}`));
    expect(await rest.errorOf(name, Object.fromEntries(params))).toBe('notFound');
  });

  it('is listed in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, table = ''] =
      /^\| not in Futures[^\n]*\n\|[-| ]+\n((?:\|[^\n]*\n)+)/m.exec(readme) ?? [];
    const listed = [...table.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(new Set(listed)).toStrictEqual(new Set<string>(off));
  });
});
