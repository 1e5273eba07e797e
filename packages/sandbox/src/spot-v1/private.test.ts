import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, type PaperClient, paperAccount } from '../../test/paper.ts';
import { V1Client } from '../../test/v1-client.ts';
import type { Sandbox } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

const LIMIT = { ordertype: 'limit', type: 'buy', pair: 'XBT/USD', price: '30000.1', volume: '0.5' };

/** A connection with a token of the first account, on a market that stands still. */
async function trader(permissions?: readonly string[]): Promise<{
  readonly client: V1Client;
  readonly token: string;
  readonly time: ManualTime;
  readonly rest: PaperClient | undefined;
  readonly trade: (event: string, fields?: object) => Promise<Record<string, unknown>>;
}> {
  const time = new ManualTime();
  const paper = await openPaper(
    [paperAccount('alice', undefined, permissions)],
    { idleTimeoutMs: 1e9 },
    time,
  );
  opened.push(paper.sandbox);
  const [rest] = paper.rest;
  const token = (await rest?.token()) ?? '';
  const client = await V1Client.connect(`${paper.url.replace('http', 'ws')}/v2`);
  return {
    client,
    token,
    time,
    rest,
    trade: (event, fields = {}) => client.ask(event, { token, ...fields }),
  };
}

describe('an account on the v1 sockets', () => {
  it('follows its orders from the snapshot on, one numbered message an event', async () => {
    const { client, token, trade } = await trader();
    expect(
      await client.subscribe('openOrders', undefined, { token, ratecounter: true }),
    ).toMatchObject({
      channelName: 'openOrders',
      status: 'subscribed',
      subscription: { name: 'openOrders', maxratecount: 180 },
    });
    expect(await client.rows('openOrders')).toEqual([]);
    const placed = await trade('addOrder', { ...LIMIT, userref: '7' });
    expect(placed).toMatchObject({
      event: 'addOrderStatus',
      status: 'ok',
      descr: 'buy 0.50000000 XBTUSD @ limit 30000.1',
    });
    const txid = String(placed['txid']);
    const texts = client.all('openOrders').slice(1);
    const rows = texts.map(
      (text) => (JSON.parse(text) as [Record<string, object>[]])[0][0]?.[txid],
    );
    expect(rows).toMatchObject([
      {
        status: 'pending',
        userref: 7,
        vol: '0.50000000',
        vol_exec: '0.00000000',
        descr: { pair: 'XBT/USD', price: '30000.10000', ordertype: 'limit', leverage: null },
        ratecount: 1,
      },
      { status: 'open', userref: 7 },
    ]);
    expect(texts.map((text) => /"sequence":(\d+)/.exec(text)?.[1])).toEqual(['2', '3']);
    const amended = await trade('amendOrder', { txid, volume: '0.4', limit_price: '30001.0' });
    expect(amended).toMatchObject({ event: 'amendOrderStatus', status: 'ok', txid });
    const [change] = JSON.parse(client.all('openOrders').at(-1) ?? '') as [object[]];
    expect(change).toMatchObject([{ [txid]: { amended: true, vol: '0.40000000' } }]);
    const edited = await trade('editOrder', { orderid: txid, pair: 'XBT/USD', price: '30002.0' });
    expect(edited).toMatchObject({ originaltxid: txid, status: 'ok' });
    expect(await trade('cancelOrder', { txid: [String(edited['txid'])] })).toMatchObject({
      event: 'cancelOrderStatus',
      status: 'ok',
    });
    const last = client.all('openOrders').at(-1) ?? '';
    expect(last).toContain('"status":"canceled"');
    expect(last).toContain('"cancel_reason":"User requested"');
  });

  it('is told of its trades as REST tells of them', async () => {
    const { client, token, trade, rest } = await trader();
    await trade('addOrder', { ...LIMIT, ordertype: 'market', price: undefined, volume: '0.01' });
    await client.subscribe('ownTrades', undefined, { token });
    const [snapshot = {}] = await client.rows('ownTrades');
    await client.subscribe('openOrders', undefined, { token });
    await trade('addOrder', { ...LIMIT, ordertype: 'market', type: 'sell', volume: '0.01' });
    const known: Record<string, unknown> = { ...snapshot };
    for (const text of client.all('ownTrades')) {
      for (const row of (JSON.parse(text) as [object[]])[0]) Object.assign(known, row);
    }
    const { trades } = (await rest?.get<{ trades: Record<string, Record<string, unknown>> }>(
      'TradesHistory',
    )) ?? { trades: {} };
    expect(Object.keys(known).toSorted()).toEqual(Object.keys(trades).toSorted());
    for (const [id, row] of Object.entries(trades)) {
      expect(known[id]).toMatchObject({
        ordertxid: row['ordertxid'],
        cost: row['cost'],
        fee: row['fee'],
        vol: row['vol'],
        type: row['type'],
        pair: 'XBT/USD',
      });
    }
    const ends = client.all('openOrders').filter((text) => text.includes('"status":"closed"'));
    expect(ends).toHaveLength(1);
  });

  it('cancels several, all, and after a timeout', async () => {
    const { client, token, time, trade } = await trader();
    const first = await trade('addOrder', { ...LIMIT, userref: '3' });
    await trade('addOrder', { ...LIMIT, cl_ord_id: 'mine' });
    await trade('addOrder', LIMIT);
    const txid = [String(first['txid']), 'OAAAAA-AAAAA-AAAAAA', '99'];
    client.line.send({ event: 'cancelOrder', token, txid, reqid: 50 });
    const said = [];
    while (said.length < 3)
      said.push(await client.line.next((text) => text.includes('cancelOrderStatus')));
    expect(said).toEqual([
      '{"event":"cancelOrderStatus","reqid":50,"status":"ok"}',
      '{"errorMessage":"EOrder:Unknown order","event":"cancelOrderStatus","reqid":50,"status":"error"}',
      '{"errorMessage":"EOrder:Unknown order","event":"cancelOrderStatus","reqid":50,"status":"error"}',
    ]);
    expect(await trade('cancelOrder', { cl_ord_id: ['mine'] })).toMatchObject({ status: 'ok' });
    expect(await trade('cancelAll')).toMatchObject({ event: 'cancelAllStatus', count: 1 });
    await trade('addOrder', LIMIT);
    expect(await trade('cancelAllOrdersAfter', { timeout: 60 })).toMatchObject({
      currentTime: '2026-07-14T03:33:20Z',
      triggerTime: '2026-07-14T03:34:20Z',
    });
    expect(await trade('cancelAllOrdersAfter', { timeout: 0 })).toMatchObject({ triggerTime: '0' });
    await trade('cancelAllOrdersAfter', { timeout: 60 });
    time.advance(61_000);
    expect(await trade('cancelAll')).toMatchObject({ count: 0 });
  });

  it('places the orders that REST places, conditional closes and validation included', async () => {
    const { rest, trade } = await trader();
    const stop = {
      ...LIMIT,
      'close[ordertype]': 'stop-loss-limit',
      'close[price]': '29000.0',
      'close[price2]': '28900.0',
      oflags: 'post,fcib',
      timeinforce: 'GTD',
      expiretm: '+60',
      stp_type: 'cancel_both',
    };
    expect(await trade('addOrder', { ...stop, validate: 'true' })).toMatchObject({
      descr: 'buy 0.50000000 XBTUSD @ limit 30000.1',
      status: 'ok',
    });
    const { txid } = await trade('addOrder', stop);
    const { open } = (await rest?.get<{ open: Record<string, object> }>('OpenOrders')) ?? {
      open: {},
    };
    expect(open).toMatchObject({
      [String(txid)]: {
        oflags: 'post,fcib',
        descr: { close: 'close position @ stop loss 29000.0 -> limit 28900.0' },
      },
    });
    expect(Object.keys(open)).toHaveLength(1);
  });

  it.each([
    [{ pair: 'BTC/USD' }, 'Currency pair not supported BTC/USD'],
    [{ volume: '1000' }, 'EOrder:Insufficient funds'],
    [{ volume: '0.00001' }, 'EOrder:Order minimum not met'],
    [{ price: '30000.15' }, 'EOrder:Tick size check failed'],
    [{ price: '1000000', oflags: 'post' }, 'EOrder:Post only order'],
    [{ leverage: '9' }, 'EGeneral:Invalid arguments:leverage'],
    [{ ordertype: 'hope' }, 'EGeneral:Invalid arguments:ordertype'],
    [{ deadline: '2020-01-01T00:00:00Z' }, 'EService:Deadline elapsed'],
    [{ token: 'x' }, 'ESession:Invalid session'],
    [{ token: undefined }, 'Token(s) not found'],
  ])('is refused %j: %s', async (change, errorMessage) => {
    const { trade } = await trader();
    expect(await trade('addOrder', { ...LIMIT, ...change })).toMatchObject({
      event: 'addOrderStatus',
      status: 'error',
      errorMessage,
    });
  });

  it('may do what its key may', async () => {
    const { client, token, trade } = await trader(['query-open-trades', 'create-ws-token']);
    expect(await trade('addOrder', LIMIT)).toMatchObject({
      errorMessage: 'EGeneral:Permission denied',
    });
    expect(await client.subscribe('ownTrades')).toMatchObject({
      errorMessage: 'Token(s) not found',
    });
    expect(await client.subscribe('ownTrades', undefined, { token: 'x' })).toMatchObject({
      errorMessage: 'ESession:Invalid session',
    });
    await client.subscribe('*', undefined, { token });
    expect(await client.subscribe('ownTrades', undefined, { token })).toMatchObject({
      errorMessage: 'Already subscribed',
    });
    const subscription = { name: 'ownTrades', token };
    expect(await client.ask('unsubscribe', { subscription })).toMatchObject({
      status: 'unsubscribed',
    });
    expect(await client.ask('unsubscribe', { subscription })).toMatchObject({
      errorMessage: 'Subscription Not Found',
    });
  });
});
