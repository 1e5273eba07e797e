import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import {
  checkResult,
  openPaper,
  type PaperClient,
  paperAccount,
  publicCall,
} from '../../test/paper.ts';
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
    expect(await place(trailing)).toMatch(/@ trailing stop 5\d{4}\.\d$/);
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

describe('a request of REST that is none', () => {
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
