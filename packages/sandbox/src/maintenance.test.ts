import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../test/futures-client.ts';
import { FuturesRest } from '../test/futures-rest.ts';
import { ManualTime } from '../test/manual-time.ts';
import { openPaper, type PaperClient, paperAccount } from '../test/paper.ts';
import { V1Client } from '../test/v1-client.ts';
import type { Sandbox } from './sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

const LIMIT = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: '0.5', price: '30000.1' };

/** An account with two open orders, in maintenance, and every protocol that it trades by. */
async function start() {
  const time = new ManualTime();
  const paper = await openPaper([paperAccount('alice')], { idleTimeoutMs: 1e9 }, time);
  opened.push(paper.sandbox);
  const [rest] = paper.rest as [PaperClient];
  const ids: string[] = [];
  for (const userref of ['7', '8']) {
    ids.push(...(await rest.get<{ txid: string[] }>('AddOrder', { ...LIMIT, userref })).txid);
  }
  const token = await rest.token();
  const v1 = await V1Client.connect(`${paper.url.replace('http', 'ws')}/v2`);
  const v2 = await paper.connect();
  const open = async (): Promise<number> =>
    Object.keys((await rest.get<{ open: object }>('OpenOrders')).open).length;
  const ofV2 = async (method: string, params: object = {}): Promise<string> => {
    v2.send({ method, params: { token, ...params }, req_id: 1 });
    return v2.nextAnswer();
  };
  return { ...paper, time, rest, ids, open, ofV2, v1, token };
}

describe('in maintenance', () => {
  it('nothing is cancelled, and every protocol says so', async () => {
    const { sandbox, rest, ids, open, ofV2, v1, token } = await start();
    sandbox.setStatus('maintenance');
    const unavailable = { error: ['EService:Unavailable'] };
    const requests: [string, object][] = [
      ['CancelAll', {}],
      ['CancelOrder', { txid: ids[0] }],
      ['CancelOrder', { txid: 7 }],
      ['CancelOrderBatch', { orders: ids }],
      ['CancelOrderBatch', { orders: [7, 8] }],
      ['CancelAllOrdersAfter', { timeout: 60 }],
      ['AddOrder', LIMIT],
      ['AmendOrder', { txid: ids[0], limit_price: '29000' }],
      ['EditOrder', { txid: ids[0], pair: 'XBTUSD', price: '29000' }],
    ];
    for (const [name, params] of requests) {
      expect([name, await rest.call(name, params)]).toEqual([name, unavailable]);
    }
    const methods: [string, object][] = [
      ['cancel_all', {}],
      ['cancel_order', { order_id: [ids[0]] }],
      ['batch_cancel', { orders: ids }],
      ['cancel_all_orders_after', { timeout: 60 }],
    ];
    for (const [method, params] of methods) {
      expect(await ofV2(method, params)).toMatch(/^\{"error":"EService:Unavailable","method"/);
    }
    const events: [string, object][] = [
      ['cancelAll', {}],
      ['cancelOrder', { txid: ids }],
      ['cancelAllOrdersAfter', { timeout: 60 }],
    ];
    for (const [event, fields] of events) {
      expect(await v1.ask(event, { token, ...fields })).toMatchObject({
        status: 'error',
        errorMessage: 'EService:Unavailable',
      });
    }
    expect(await open()).toBe(2);
    sandbox.setStatus('cancel_only');
    expect(await rest.call('CancelAll')).toMatchObject({ error: [], result: { count: 2 } });
  });

  it.each([0, 30])(
    'a dead man’s switch is owed, and strikes when the engine is back',
    async (lateS) => {
      const { sandbox, time, rest, open } = await start();
      await rest.get('CancelAllOrdersAfter', { timeout: 60 });
      sandbox.setStatus('maintenance');
      time.advance(60_000 + lateS * 1_000);
      expect(await open()).toBe(2);
      sandbox.setStatus('online');
      expect(await open()).toBe(0);
      await rest.get('AddOrder', LIMIT);
      sandbox.setStatus('maintenance');
      sandbox.setStatus('online');
      expect(await open()).toBe(1);
    },
  );

  it('Futures is not available either', async () => {
    const { sandbox, http, accounts } = await openFutures();
    opened.push(sandbox);
    const rest = new FuturesRest(http, accounts[0] ?? { key: '', secret: '' });
    const order = {
      orderType: 'lmt',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      size: '1',
      limitPrice: '100',
    };
    await rest.get('sendOrder', order);
    sandbox.setStatus('maintenance');
    const error = '"error":"marketUnavailable"';
    expect(await rest.call('cancelAllOrders')).toContain(error);
    expect(await rest.call('cancelAllOrdersAfter', { timeout: '60' })).toContain(error);
    sandbox.setStatus('online');
    expect(await rest.get('cancelAllOrders')).toMatchObject({
      cancelStatus: { status: 'cancelled' },
    });
  });
});
