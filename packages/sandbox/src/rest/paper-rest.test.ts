import { createCredentials, signSpot } from '@kr/auth';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { checkResult, openPaper, PaperClient, paperAccount, publicCall } from '../../test/paper.ts';
import type { PaperAccount } from '../paper/paper-desk.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function open(options: Partial<SandboxOptions> = {}, permissions?: readonly string[]) {
  const time = new ManualTime();
  const balances = { USD: '100000', BTC: '10' };
  const accounts = [paperAccount('alice', balances, permissions), paperAccount('bob', balances)];
  const paper = await openPaper(accounts, options, time);
  opened.push(paper.sandbox);
  return { ...paper, time, alice: paper.rest[0] as PaperClient, bob: paper.rest[1] as PaperClient };
}

const LIMIT = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: '0.5', price: '30000.1' };

describe('public REST on the market of the sockets', () => {
  it('answers each endpoint as the schemas have it', async () => {
    const { url } = await open();
    const queries = [
      ['Time', ''],
      ['SystemStatus', ''],
      ['Assets', '?asset=XBT,ZUSD'],
      ['AssetPairs', '?pair=XXBTZUSD,SOL/USD'],
      ['Ticker', '?pair=XBTUSD,MLNEUR'],
      ['Depth', '?pair=ETHUSD&count=3'],
      ['Trades', '?pair=XXBTZUSD&count=5'],
      ['OHLC', '?pair=XBTUSD&interval=5'],
      ['Spread', '?pair=XBTUSD'],
    ] as const;
    const results = new Map<string, Record<string, unknown>>();
    for (const [name, query] of queries) {
      const { error, result } = await publicCall(url, name, query);
      expect(error).toEqual([]);
      checkResult(name, result);
      results.set(name, result ?? {});
    }
    expect(Object.keys(results.get('Ticker') ?? {})).toEqual(['XXBTZUSD', 'XMLNZEUR']);
    expect(Object.keys(results.get('AssetPairs') ?? {})).toEqual(['XXBTZUSD', 'SOLUSD']);
    expect(results.get('Trades')?.['XXBTZUSD']).toHaveLength(5);
    expect(results.get('Depth')?.['XETHZUSD']).toMatchObject({ bids: { length: 3 } });
    expect(results.get('OHLC')?.['XXBTZUSD']).not.toHaveLength(0);
  });

  it('refuses what it does not know', async () => {
    const { url } = await open();
    const errorOf = async (name: string, query = '') => (await publicCall(url, name, query)).error;
    expect(await errorOf('Ticker', '?pair=NOSUCH')).toEqual(['EQuery:Unknown asset pair']);
    expect(await errorOf('Assets', '?asset=NOSUCH')).toEqual(['EQuery:Unknown asset']);
    expect(await errorOf('OHLC', '?pair=XBTUSD&interval=2')).toEqual([
      'EGeneral:Invalid arguments:interval',
    ]);
    expect(await errorOf('Weather')).toEqual(['EGeneral:Unknown method']);
  });
});

describe('private REST on the exchange', () => {
  it('places an order that the book, OpenOrders and BalanceEx show', async () => {
    const { alice, url } = await open();
    const placed = await alice.get('AddOrder', LIMIT);
    expect(placed).toMatchObject({ descr: { order: 'buy 0.50000000 XBTUSD @ limit 30000.1' } });
    const [id = ''] = placed['txid'] as string[];
    const { open: orders } = await alice.get<{ open: Record<string, object> }>('OpenOrders');
    expect(orders[id]).toMatchObject({ status: 'open', vol: '0.50000000', vol_exec: '0.00000000' });
    expect(await alice.get('BalanceEx')).toMatchObject({
      ZUSD: { balance: '100000.0000', hold_trade: '15060.0502' },
    });
    await alice.get('AmendOrder', { txid: id, limit_price: '30000.2' });
    const edited = await alice.get('EditOrder', { txid: id, pair: 'XBTUSD', volume: '0.4' });
    expect(edited).toMatchObject({ status: 'ok', originaltxid: id, volume: '0.40000000' });
    expect(await alice.get('OrderAmends', { order_id: id })).toMatchObject({ count: 2 });
    expect(await alice.get('CancelOrder', { txid: edited['txid'] })).toEqual({ count: 1 });
    const closed = await alice.get<{ closed: object; count: number }>('ClosedOrders');
    expect(closed.count).toBe(2);
    expect((await publicCall(url, 'Depth', '?pair=XBTUSD&count=500')).error).toEqual([]);
  });

  it('fills a market order; trades, ledgers and balances tell the same', async () => {
    const { alice } = await open();
    const market = { ...LIMIT, ordertype: 'market', volume: '0.001', price: undefined };
    const placed = await alice.get('AddOrder', market);
    const [id = ''] = placed['txid'] as string[];
    const orders = await alice.get<Record<string, Record<string, unknown>>>('QueryOrders', {
      txid: id,
      trades: true,
    });
    expect(orders[id]).toMatchObject({ status: 'closed', vol_exec: '0.00100000' });
    const history = await alice.get<{ trades: Record<string, { cost: string; fee: string }> }>(
      'TradesHistory',
    );
    const trades = Object.values(history.trades);
    const spent = trades.reduce((sum, { cost, fee }) => sum + Number(cost) + Number(fee), 0);
    const balance = await alice.get<Record<string, string>>('Balance');
    expect(balance).toMatchObject({ XXBT: '10.0010000000' });
    expect(Number(balance['ZUSD'])).toBeCloseTo(100_000 - spent, 4);
    const { ledger, count } = await alice.get<{ ledger: object; count: number }>('Ledgers');
    expect(count).toBe(2 + 2 * trades.length);
    await alice.get('QueryTrades', { txid: Object.keys(history.trades)[0] });
    await alice.get('QueryLedgers', { id: Object.keys(ledger)[0] });
    expect(await alice.get('Ledgers', { asset: 'XBT', type: 'trade' })).toMatchObject({
      count: trades.length,
    });
    expect(Number((await alice.get('TradeBalance'))['eb'])).toBeGreaterThan(600_000);
    expect(await alice.get('TradeVolume', { pair: 'XBTUSD' })).toMatchObject({
      fees: { XXBTZUSD: { fee: '0.4000' } },
      fees_maker: { XXBTZUSD: { fee: '0.2500' } },
    });
  });

  it('takes the forms of prices that REST has', async () => {
    const { alice } = await open();
    const place = async (params: object) => {
      const { descr } = await alice.get<{ descr: { order: string; close?: string } }>('AddOrder', {
        ...LIMIT,
        ...params,
      });
      return descr.order;
    };
    expect(await place({ price: '-5%' })).toMatch(/@ limit 6\d{4}\.\d$/);
    expect(await place({ price: '#1000' })).toMatch(/@ limit 6\d{4}\.\d$/);
    const stop = { type: 'sell', ordertype: 'stop-loss-limit', price: '40000', price2: '39000' };
    expect(await place(stop)).toBe('sell 0.50000000 XBTUSD @ stop loss 40000.0 -> limit 39000.0');
    const trailing = { type: 'sell', ordertype: 'trailing-stop', price: '+10%' };
    expect(await place(trailing)).toBe('sell 0.50000000 XBTUSD @ trailing stop +10.0000%');
    const iceberg = {
      ordertype: 'iceberg',
      displayvol: '0.1',
      close: { ordertype: 'limit', price: '#5%' },
    };
    expect(await place(iceberg)).toContain('@ iceberg 30000.1');
    const viqc = { ordertype: 'market', volume: '100', price: undefined, oflags: 'viqc,fciq' };
    expect(await place(viqc)).toBe('buy 100.0000 XBTUSD @ market');
  });

  it('adds and cancels in batches, by user reference and all', async () => {
    const { alice } = await open();
    const { pair, ...row } = LIMIT;
    const batch = { pair, orders: [{ ...row, userref: 7 }, { ...row, userref: 7 }, row] };
    const { orders } = await alice.get<{ orders: { txid: string }[] }>('AddOrderBatch', batch);
    expect(await alice.get('CancelOrder', { txid: '7' })).toEqual({ count: 2 });
    const ids = orders.map(({ txid }) => txid);
    expect(await alice.get('CancelOrderBatch', { orders: ids })).toEqual({ count: 1 });
    await alice.get('AddOrder', LIMIT);
    expect(await alice.get('CancelAllOrdersAfter', { timeout: 60 })).toHaveProperty('triggerTime');
    expect(await alice.get('CancelAll')).toEqual({ count: 1 });
  });

  it('keeps accounts apart, and asks for permissions', async () => {
    const { alice, bob } = await open({}, ['query-funds']);
    expect(await alice.call('AddOrder', LIMIT)).toEqual({ error: ['EGeneral:Permission denied'] });
    expect(await alice.call('GetWebSocketsToken')).toEqual({
      error: ['EGeneral:Permission denied'],
    });
    expect(await alice.get('GetApiKeyInfo')).toMatchObject({ permissions: ['query-funds'] });
    await bob.get('AddOrder', LIMIT);
    expect(await alice.get('BalanceEx')).toMatchObject({ ZUSD: { hold_trade: '0.0000' } });
    expect(await alice.call('Withdraw')).toEqual({ error: ['EAPI:Feature disabled'] });
    expect(await alice.call('Weather')).toEqual({ error: ['EGeneral:Unknown method'] });
  });

  it('follows the state of the trading engine', async () => {
    const { alice, sandbox, url } = await open();
    sandbox.setStatus('cancel_only');
    expect(await alice.call('AddOrder', LIMIT)).toEqual({
      error: ['EService:Market in cancel_only mode'],
    });
    expect((await publicCall(url, 'SystemStatus')).result).toMatchObject({ status: 'cancel_only' });
    sandbox.setStatus('online');
    expect(await alice.get('AddOrder', LIMIT)).toHaveProperty('txid');
  });

  it.each([
    [{ pair: 'NOSUCH' }, 'EQuery:Unknown asset pair'],
    [{ volume: '0.00001' }, 'EOrder:Order minimum not met'],
    [{ volume: '100' }, 'EOrder:Insufficient funds'],
    [{ price: '30000.15' }, 'EOrder:Tick size check failed'],
    [{ leverage: '6' }, 'EGeneral:Invalid arguments:leverage'],
    [{ leverage: 'most' }, 'EGeneral:Invalid arguments:leverage'],
    [{ leverage: '5', pair: 'PEPEUSD', price: '0.1' }, 'EOrder:Cannot open position'],
    [{ ordertype: 'wish' }, 'EGeneral:Invalid arguments:ordertype'],
    [{ timeinforce: 'GTD', expiretm: 'soon' }, 'EGeneral:Invalid arguments:expiretm'],
    [{ deadline: '2020-01-01T00:00:00Z' }, 'EService:Deadline elapsed'],
  ])('refuses %j', async (params, error) => {
    const { alice } = await open();
    expect(await alice.call('AddOrder', { ...LIMIT, ...params })).toEqual({ error: [error] });
  });
});

/** One request with a nonce, or a password, of its own. */
async function ask(
  url: string,
  { key, secret }: PaperAccount,
  { nonce, otp }: { readonly nonce: bigint; readonly otp?: string },
): Promise<unknown> {
  const credentials = createCredentials({ key, secret, environment: 'sandbox' });
  const body = JSON.stringify({ nonce: String(nonce), ...(otp === undefined ? {} : { otp }) });
  const path = '/0/private/GetApiKeyInfo';
  const signature = await signSpot(credentials.secret, { path, nonce: String(nonce), body });
  const headers = {
    'api-key': key,
    'api-sign': signature,
    'content-type': 'application/json',
  };
  const answer = await fetch(url + path, { method: 'POST', headers, body });
  const { error, result } = (await answer.json()) as { error: string[]; result?: unknown };
  return error[0] ?? result;
}

describe('a key', () => {
  const balances = { USD: '100000', BTC: '10' };

  it('with a password must send it, and the nonce of a request without is not used up', async () => {
    const account = { ...paperAccount('guarded', balances), otp: '123456' };
    const { sandbox, url } = await openPaper([account], {}, new ManualTime());
    opened.push(sandbox);
    const denied = 'EGeneral:Permission denied';
    expect(await ask(url, account, { nonce: 1n })).toBe(denied);
    expect(await ask(url, account, { nonce: 1n, otp: '654321' })).toBe(denied);
    expect(await ask(url, account, { nonce: 1n, otp: '123456' })).toHaveProperty('apiKey');
  });

  it('takes no nonce that was overtaken, but within a window of its own, once', async () => {
    const strict = paperAccount('strict', balances);
    const lenient = { ...paperAccount('lenient', balances), nonceWindow: 10 };
    const { sandbox, url } = await openPaper([strict, lenient], {}, new ManualTime());
    opened.push(sandbox);
    const run = async (account: PaperAccount): Promise<unknown[]> => {
      const said: unknown[] = [];
      for (const nonce of [100n, 95n, 95n, 90n]) said.push(await ask(url, account, { nonce }));
      return said;
    };
    const invalid = 'EAPI:Invalid nonce';
    expect(await run(strict)).toMatchObject([
      { nonce: '100', nonceWindow: 0 },
      ...Array(3).fill(invalid),
    ]);
    expect(await run(lenient)).toMatchObject([
      { nonce: '100', nonceWindow: 10 },
      { nonce: '100', nonceWindow: 10 },
      invalid,
      invalid,
    ]);
  });

  it.each([-1, 1.5, Number.NaN])('has no window of %d', (nonceWindow) => {
    const time = new ManualTime();
    const account = { ...paperAccount('odd', balances), nonceWindow };
    expect(() =>
      createSandbox({
        source: { kind: 'synthetic', seed: 1 },
        clock: time,
        timers: time,
        accounts: [account],
      }),
    ).toThrow(`is ${nonceWindow}: give a whole number from 0 on`);
  });
});

describe('the limits of an account', () => {
  it.each([
    ['standard', 20, 125, 80],
    ['pro', 20, 180, 225],
  ] as const)('are by name: %s', async (limits, calls, orders, open_) => {
    const { sandbox, alice, bob, connect } = await open({ limits });
    for (let count = 0; count < calls; count += 1) await alice.get('Balance');
    expect(await alice.call('Balance')).toEqual({ error: ['EAPI:Rate limit exceeded'] });
    const place = async (count: number): Promise<string[]> => {
      const { orders: rows } = await bob.get<{ orders: { error?: string }[] }>('AddOrderBatch', {
        pair: 'XBTUSD',
        orders: Array.from({ length: count }, () => ({
          ...LIMIT,
          pair: undefined,
          volume: '0.001',
        })),
      });
      return rows.flatMap(({ error = [] }) => error);
    };
    for (let count = 0; count + 15 <= open_; count += 15) expect(await place(15)).toEqual([]);
    if (open_ % 15 > 0) await place(open_ % 15);
    expect(await bob.call('AddOrder', LIMIT)).toEqual({ error: ['EOrder:Orders limit exceeded'] });
    await using client = await connect();
    client.subscribe({ channel: 'executions', token: await bob.token() });
    expect(await client.nextAnswer()).toContain(`"maxratecount":${orders},`);
    expect(sandbox.stats.system).toBe('online');
  });

  it('shut out who sends unknown keys in a row, for a quarter of an hour', async () => {
    const { sandbox, alice, time, url } = await open({ limits: 'pro' });
    const stranger = new PaperClient(url, paperAccount('nobody'));
    const invalid = { error: ['EAPI:Invalid key'] };
    for (let count = 0; count < 9; count += 1)
      expect(await stranger.call('Balance')).toEqual(invalid);
    await alice.get('Balance');
    for (let count = 0; count < 10; count += 1)
      expect(await stranger.call('Balance')).toEqual(invalid);
    const out = { error: ['EGeneral:Temporary lockout'] };
    expect([await stranger.call('Balance'), await alice.call('Balance')]).toEqual([out, out]);
    expect((await publicCall(url, 'Time')).error).toEqual([]);
    time.advance(899_999);
    expect(await alice.call('Balance')).toEqual(out);
    time.advance(1);
    expect((await alice.call('Balance')).error).toEqual([]);
    expect(sandbox.stats.system).toBe('online');
  });
});

describe('the description of an order', () => {
  it.each([
    [{ ordertype: 'trailing-stop', price: '+2%' }, 'trailing stop +2.0000%', '+2.0000%', '0'],
    [
      { ordertype: 'trailing-stop-limit', price: '+100', price2: '-10' },
      'trailing stop +100.0 -> limit -10.0',
      '+100.0',
      '-10.0',
    ],
    [
      { ordertype: 'stop-loss-limit', price: '29000', price2: '28000' },
      'stop loss 29000.0 -> limit 28000.0',
      '29000.0',
      '28000.0',
    ],
  ])('has prices as they were asked for: %j', async (terms, words, price, price2) => {
    const { alice } = await open();
    const placed = await alice.get('AddOrder', { ...LIMIT, type: 'sell', ...terms });
    expect(placed).toMatchObject({ descr: { order: `sell 0.50000000 XBTUSD @ ${words}` } });
    const { open: rows } = await alice.get<{ open: Record<string, unknown> }>('OpenOrders');
    expect(Object.values(rows)).toMatchObject([{ descr: { price, price2 } }]);
  });
});

describe('a request of REST that is none', () => {
  it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('is not found by %s', async (method) => {
    const { url } = await open();
    for (const path of ['/0/private/AddOrder', '/0/public/Time']) {
      const answer = await fetch(url + path, { method });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe(`sandbox: no ${method} here, only GET and POST\n`);
    }
  });

  it('is refused when its body is no JSON, and when it is too large', async () => {
    const { url } = await open();
    const post = (path: string, body: string): Promise<Response> =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    const broken = await post('/0/private/AddOrder', '{"pair":');
    expect(await broken.json()).toEqual({ error: ['EGeneral:Invalid arguments'] });
    const large = await post('/0/private/AddOrder', 'x'.repeat(2 * 1024 * 1024));
    expect(large.status).toBe(413);
    expect((await publicCall(url, 'Time')).error).toEqual([]);
  });

  it('has as many rows as it may when it asks for a number that is none', async () => {
    const { url } = await open();
    const { result } = await publicCall(url, 'Depth', '?pair=XBTUSD&count=many');
    expect(result?.['XXBTZUSD']).toMatchObject({ asks: { length: 100 } });
  });
});
