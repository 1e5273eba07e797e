import type { FuturesEndpointName } from '@kr/schemas/futures-rest';
import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../../test/futures-client.ts';
import { FuturesRest } from '../../../test/futures-rest.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox-types.ts';
import type { FuturesAccountOptions } from '../desk.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function open(options: Partial<SandboxOptions> = {}) {
  const all = await openFutures(['alice'], options);
  opened.push(all.sandbox);
  const alice = all.accounts[0] as FuturesAccountOptions;
  return { ...all, alice, rest: new FuturesRest(all.http, alice) };
}

const SYMBOL = 'PF_XBTUSD';
const LIMIT = {
  orderType: 'lmt',
  symbol: SYMBOL,
  side: 'buy',
  size: '0.01',
  limitPrice: '50000',
};
const MARKET = { orderType: 'mkt', symbol: SYMBOL, side: 'buy', size: '0.01' };

interface SendResult {
  sendStatus: { order_id: string; status: string; orderEvents: { type: string }[] };
}

describe('market data', () => {
  it.each<[FuturesEndpointName, Record<string, string>]>([
    ['instruments', {}],
    ['instruments', { contractType: 'futures_inverse' }],
    ['instrumentsStatus', {}],
    ['instrumentStatus', { symbol: SYMBOL }],
    ['tickers', {}],
    ['ticker', { symbol: 'pi_xbtusd' }],
    ['orderBook', { symbol: SYMBOL }],
    ['history', { symbol: SYMBOL }],
    ['feeSchedules', {}],
    ['historicalFundingRates', { symbol: SYMBOL }],
    ['tickTypes', {}],
    ['chartSymbols', { tick_type: 'trade' }],
    ['resolutions', { tick_type: 'trade', symbol: SYMBOL }],
    ['candles', { tick_type: 'trade', symbol: SYMBOL, resolution: '1m' }],
    ['marketExecutionHistory', { tradeable: SYMBOL }],
  ])('%s %j is answered in the shape of the schemas', async (name, params) => {
    const { rest } = await open();
    expect(await rest.get(name, params)).toBeTypeOf('object');
  });

  it('is the book of the socket, the best first', async () => {
    const { rest, connect } = await open();
    await using client = await connect();
    await client.subscribe('book', SYMBOL);
    const snapshot = await client.nextOf('book_snapshot');
    const { orderBook } = await rest.get<{ orderBook: { bids: number[][]; asks: number[][] } }>(
      'orderBook',
      { symbol: SYMBOL },
    );
    const levels = (side: string) =>
      (snapshot[side] as { price: number; qty: number }[]).map(({ price, qty }) => [price, qty]);
    expect(orderBook).toEqual({ bids: levels('bids'), asks: levels('asks') });
    expect(orderBook.bids[0]?.[0]).toBeGreaterThan(orderBook.bids[1]?.[0] ?? 0);
  });

  it('refuses what it does not have', async () => {
    const { rest } = await open();
    expect(await rest.errorOf('orderBook')).toBe('requiredArgumentMissing');
    expect(await rest.errorOf('orderBook', { symbol: 'PF_NOPE' })).toBe('marketUnavailable');
    expect(await rest.errorOf('history', { symbol: SYMBOL, lastTime: 'yesterday' })).toBe(
      'invalidArgument',
    );
  });

  it('pages through what was traded, newest first, without a hole', async () => {
    const { rest, time } = await open();
    await rest.get('ticker', { symbol: SYMBOL });
    time.advance(60_000);
    const uids: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < 4; page += 1) {
      const { elements, continuationToken } = await rest.get<{
        elements: { uid: string }[];
        continuationToken?: string;
      }>('marketExecutionHistory', {
        tradeable: SYMBOL,
        count: '25',
        ...(token === undefined ? {} : { continuation_token: token }),
      });
      uids.push(...elements.map(({ uid }) => uid));
      token = continuationToken;
    }
    expect(new Set(uids).size).toBe(100);
    const { history } = await rest.get<{ history: { uid: string }[] }>('history', {
      symbol: SYMBOL,
    });
    expect(uids).toEqual(history.map(({ uid }) => uid));
  });
});

describe('a key', () => {
  it('is asked for: unknown ones and wrong signatures are refused', async () => {
    const { http, alice, rest } = await open();
    const stranger = new FuturesRest(http, { key: 'nobody', secret: alice.secret });
    expect(await stranger.errorOf('accounts')).toBe('authenticationError');
    const unsigned = await fetch(`${http}/derivatives/api/v3/accounts`);
    expect(await unsigned.json()).toMatchObject({ error: 'authenticationError' });
    expect(await rest.get('checkApiKey')).toMatchObject({
      permissions: { general: 'FULL_ACCESS' },
    });
    expect((await fetch(`${http}/derivatives/api/v3/nothing`)).status).toBe(200);
  });

  it('that may only read cannot trade', async () => {
    const alice = { ...(await open()).alice, access: 'readOnly' as const };
    const { http } = await open({
      accounts: [{ key: 'k', secret: alice.secret, balances: {}, futures: alice }],
    });
    const rest = new FuturesRest(http, alice);
    await rest.get('openOrders');
    expect(await rest.errorOf('sendOrder', LIMIT)).toBe('insufficientPrivileges');
  });

  it('spends no more than its budget', async () => {
    const { rest, time } = await open({ futures: { budget: 30 } });
    await rest.get('sendOrder', LIMIT);
    await rest.get('sendOrder', LIMIT);
    await rest.get('sendOrder', LIMIT);
    expect(await rest.errorOf('sendOrder', LIMIT)).toBe('apiLimitExceeded');
    time.advance(10_000);
    await rest.get('sendOrder', LIMIT);
  });
});

describe('an order', () => {
  it('rests, is edited, found by its ids, and cancelled, each with its event', async () => {
    const { rest } = await open();
    const { sendStatus } = await rest.get<SendResult>('sendOrder', { ...LIMIT, cliOrdId: 'mine' });
    expect(sendStatus).toMatchObject({ status: 'placed', orderEvents: [{ type: 'PLACE' }] });
    const id = sendStatus.order_id;
    expect(await rest.get('openOrders')).toMatchObject({
      openOrders: [{ order_id: id, cliOrdId: 'mine', unfilledSize: 0.01, status: 'untouched' }],
    });
    expect(await rest.get('sendOrder', { ...LIMIT, cliOrdId: 'mine' })).toMatchObject({
      sendStatus: { status: 'clientOrderIdAlreadyExist' },
    });
    expect(
      await rest.get('editOrder', { orderId: id, size: '0.02', limitPrice: '50100' }),
    ).toMatchObject({
      editStatus: {
        status: 'edited',
        orderEvents: [{ old: { quantity: 0.01 }, new: { quantity: 0.02, limitPrice: 50_100 } }],
      },
    });
    expect(
      await rest.get('editOrder', { cliOrdId: 'mine', size: '-0.005', qtyMode: 'RELATIVE' }),
    ).toMatchObject({ editStatus: { orderEvents: [{ new: { quantity: 0.015 } }] } });
    expect(await rest.get('ordersStatus', { orderIds: [id], cliOrdIds: ['none'] })).toMatchObject({
      orders: [{ order: { orderId: id, quantity: 0.015 }, status: 'ENTERED_BOOK' }],
    });
    expect(await rest.get('cancelOrder', { order_id: id })).toMatchObject({
      cancelStatus: { status: 'cancelled', orderEvents: [{ type: 'CANCEL', uid: id }] },
    });
    expect(await rest.get('cancelOrder', { order_id: id })).toMatchObject({
      cancelStatus: { status: 'notFound' },
    });
    expect(await rest.get('ordersStatus', { orderIds: [id] })).toMatchObject({
      orders: [{ status: 'CANCELLED' }],
    });
  });

  it('is filled: events, fills, position, money and log tell the same', async () => {
    const { rest } = await open();
    const { sendStatus } = await rest.get<{
      sendStatus: {
        order_id: string;
        orderEvents: { type: string; amount: number; price: number }[];
      };
    }>('sendOrder', MARKET);
    const events = sendStatus.orderEvents;
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['EXECUTION']));
    const { fills } = await rest.get<{
      fills: { size: number; price: number; fillType: string }[];
    }>('fills');
    expect(fills.map(({ size, price }) => [size, price])).toEqual(
      events.map(({ amount, price }) => [amount, price]).toReversed(),
    );
    expect(await rest.get('openPositions')).toMatchObject({
      openPositions: [{ symbol: SYMBOL, side: 'long', size: 0.01 }],
    });
    const { accounts } = await rest.get<{ accounts: { flex: Record<string, number> } }>('accounts');
    const cost = events.reduce((sum, { amount, price }) => sum + amount * price, 0);
    const { balanceValue = 0, initialMargin = 0 } = accounts.flex;
    expect(initialMargin).toBeGreaterThan(0);
    const { logs } = await rest.get<{ logs: { fee: number; info: string; asset: string }[] }>(
      'accountLog',
    );
    const fees = logs.reduce((sum, { fee }) => sum + (fee ?? 0), 0);
    expect(fees).toBeCloseTo(cost * 0.0005, 8);
    expect(balanceValue).toBeGreaterThan(100_000);
    const history = await rest.get<{ elements: unknown[] }>('executionHistory');
    expect(history.elements).toHaveLength(fills.length);
    await rest.get('orderHistory');
    await rest.get('positionHistory');
    expect(await rest.call('accountLogCsv')).toMatch(/^id,date,asset,info,/);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a stop', { orderType: 'stp', stopPrice: '40000', side: 'sell' }, 'placed'],
    [
      'a stop with a limit',
      { orderType: 'stp', stopPrice: '90000', limitPrice: '90100' },
      'placed',
    ],
    [
      'a take profit of the mark price',
      { orderType: 'take_profit', stopPrice: '40000', triggerSignal: 'mark' },
      'placed',
    ],
    [
      'a trailing stop',
      {
        orderType: 'trailing_stop',
        trailingStopMaxDeviation: '5',
        trailingStopDeviationUnit: 'PERCENT',
        side: 'sell',
      },
      'placed',
    ],
    ['post-only that would trade', { orderType: 'post', limitPrice: '90000' }, 'postWouldExecute'],
    ['ioc that would not', { orderType: 'ioc', limitPrice: '10000' }, 'iocWouldNotExecute'],
    ['fok that would not', { orderType: 'fok', limitPrice: '10000' }, 'iocWouldNotExecute'],
    ['a price off the grid', { orderType: 'lmt', limitPrice: '50000.5' }, 'invalidPrice'],
    ['no price', { orderType: 'lmt' }, 'invalidPrice'],
    ['a size of nothing', { orderType: 'lmt', limitPrice: '50000', size: '0' }, 'invalidSize'],
    [
      'a size off the grid',
      { orderType: 'lmt', limitPrice: '50000', size: '0.00001' },
      'invalidSize',
    ],
    [
      'more than it can carry',
      { orderType: 'lmt', limitPrice: '50000', size: '1000' },
      'insufficientAvailableFunds',
    ],
    [
      'more than anybody may',
      { orderType: 'lmt', limitPrice: '50000', size: '5000' },
      'maxPositionViolation',
    ],
    ['a reduction of nothing', { orderType: 'mkt', reduceOnly: 'true' }, 'wouldNotReducePosition'],
    ['no side', { orderType: 'lmt', limitPrice: '50000', side: 'up' }, 'invalidSide'],
    ['no type', { orderType: 'magic', limitPrice: '50000' }, 'invalidOrderType'],
    [
      'too late',
      { orderType: 'lmt', limitPrice: '50000', processBefore: '2020-01-01T00:00:00Z' },
      'wouldProcessAfterSpecifiedTime',
    ],
    [
      'a long name',
      { orderType: 'lmt', limitPrice: '50000', cliOrdId: 'x'.repeat(101) },
      'clientOrderIdTooLong',
    ],
  ])('%s is answered %j: %s', async (_name, terms, status) => {
    const { rest } = await open();
    const order = { symbol: SYMBOL, side: 'buy', size: '0.01', ...terms } as Record<string, string>;
    const { sendStatus } = await rest.get<SendResult>('sendOrder', order);
    expect(sendStatus.status).toBe(status);
    await rest.get('openOrders');
    await rest.get('orderHistory');
  });

  it('is refused as a whole where something is missing or the market is none', async () => {
    const { rest } = await open();
    const { symbol: _, ...unnamed } = LIMIT;
    expect(await rest.errorOf('sendOrder', unnamed)).toBe('requiredArgumentMissing');
    expect(await rest.errorOf('sendOrder', { ...LIMIT, symbol: 'PF_NOPE' })).toBe(
      'marketUnavailable',
    );
    expect(await rest.errorOf('cancelOrder')).toBe('requiredArgumentMissing');
    expect(await rest.errorOf('batchOrder', { json: '{"batchOrder":' })).toBe('Json Parse Error');
  });

  it('comes in batches, and all of them go at once or after a while', async () => {
    const { rest, time } = await open();
    const json = JSON.stringify({
      batchOrder: [
        {
          order: 'send',
          order_tag: '1',
          orderType: 'lmt',
          symbol: SYMBOL,
          side: 'buy',
          size: 0.01,
          limitPrice: 50_000,
          cliOrdId: 'a',
        },
        {
          order: 'send',
          order_tag: '2',
          orderType: 'lmt',
          symbol: 'PI_XBTUSD',
          side: 'sell',
          size: 10,
          limitPrice: 90_000.5,
        },
        { order: 'edit', cliOrdId: 'a', limitPrice: 50_001 },
        { order: 'cancel', cliOrdId: 'none' },
      ],
    });
    expect(await rest.get('batchOrder', { json })).toMatchObject({
      batchStatus: [
        { order_tag: '1', status: 'placed', cliOrdId: 'a' },
        { order_tag: '2', status: 'placed' },
        { status: 'edited' },
        { status: 'notFound' },
      ],
    });
    expect(await rest.get('cancelAllOrders', { symbol: 'pi_xbtusd' })).toMatchObject({
      cancelStatus: { status: 'cancelled', cancelOnly: 'PI_XBTUSD', cancelledOrders: [{}] },
    });
    expect(await rest.get('cancelAllOrdersAfter', { timeout: '60' })).toMatchObject({
      status: { triggerTime: '2026-07-14T03:34:20.000Z' },
    });
    time.advance(61_000);
    expect(await rest.get('openOrders')).toMatchObject({ openOrders: [] });
    expect(await rest.get('cancelAllOrders')).toMatchObject({
      cancelStatus: { status: 'noOrdersToCancel' },
    });
    expect(await rest.get('cancelAllOrdersAfter', { timeout: '0' })).toMatchObject({
      status: { triggerTime: '0' },
    });
  });
});

describe('the private feeds', () => {
  it('tell what REST did, in the shape of the schemas', async () => {
    const { rest, connect, alice, sandbox, time } = await open();
    await using client = await connect();
    const auth = await client.authenticate(alice);
    const feeds = [
      'open_orders',
      'open_orders_verbose',
      'fills',
      'open_positions',
      'balances',
      'account_log',
      'notifications_auth',
    ];
    for (const feed of feeds) {
      client.send({ event: 'subscribe', feed, ...auth });
      await client.next((frame) => frame['event'] === 'subscribed' && frame['feed'] === feed);
    }
    const { sendStatus } = await rest.get<SendResult>('sendOrder', { ...LIMIT, cliOrdId: 'mine' });
    expect(await client.nextOf('open_orders')).toMatchObject({
      order: { order_id: sendStatus.order_id, cli_ord_id: 'mine', direction: 0, qty: 0.01 },
      is_cancel: false,
      reason: 'new_placed_order_by_user',
    });
    await rest.get('editOrder', { orderId: sendStatus.order_id, size: '0.02' });
    expect(await client.nextOf('open_orders')).toMatchObject({ reason: 'edited_by_user' });
    await rest.get('cancelOrder', { order_id: sendStatus.order_id });
    expect(await client.nextOf('open_orders')).toMatchObject({
      order_id: sendStatus.order_id,
      is_cancel: true,
      reason: 'cancelled_by_user',
    });
    await rest.get('sendOrder', { ...LIMIT, orderType: 'ioc', limitPrice: '10000' });
    const failed = 'ioc_order_failed_because_it_would_not_be_executed';
    expect(await client.next(({ reason }) => reason === failed)).toMatchObject({
      feed: 'open_orders_verbose',
      is_cancel: true,
    });
    await rest.get('sendOrder', MARKET);
    expect(await client.nextOf('fills')).toMatchObject({
      fills: [{ instrument: SYMBOL, buy: true, fill_type: 'taker', order_type: 'market', seq: 1 }],
    });
    expect(await client.nextOf('open_positions')).toMatchObject({
      positions: [{ instrument: SYMBOL }],
    });
    const booked = await client.next(
      ({ new_entry: entry }) => (entry as { asset?: string } | undefined)?.asset === 'usd',
    );
    expect(booked).toMatchObject({
      new_entry: { info: 'futures trade', contract: 'pf_xbtusd', collateral: 'usd' },
    });
    time.advance(3_000);
    sandbox.setStatus('post_only');
    const note = await client.next(
      (frame) =>
        frame['feed'] === 'notifications_auth' && (frame['notifications'] as unknown[]).length > 0,
    );
    expect(note).toMatchObject({ notifications: [{ type: 'maintenance' }] });
    expect(await rest.get('sendOrder', LIMIT)).toMatchObject({
      sendStatus: { status: 'marketIsPostOnly' },
    });
  });
});
