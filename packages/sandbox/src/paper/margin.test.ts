import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, type PaperClient, paperAccount } from '../../test/paper.ts';
import type { Sandbox } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function open() {
  const time = new ManualTime();
  // A quiet market: hours of it pass in a moment.
  const source = { kind: 'synthetic', seed: 1, symbols: ['BTC/USD'], rate: 1 } as const;
  const paper = await openPaper([paperAccount('desk', { USD: '100000' })], { source }, time);
  opened.push(paper.sandbox);
  const rest = paper.rest[0] as PaperClient;
  return { ...paper, time, rest };
}

const BUY = { pair: 'XBTUSD', type: 'buy', ordertype: 'market', volume: '0.5', leverage: '5' };

describe('a position of Spot over REST', () => {
  it('stands in OpenPositions, TradeBalance, the trades and the ledgers until it is closed', async () => {
    const { rest } = await open();
    const added = await rest.get<{ descr: { order: string } }>('AddOrder', BUY);
    expect(added.descr.order).toBe('buy 0.50000000 XBTUSD @ market with 5:1 leverage');
    expect(await rest.get('Balance')).not.toHaveProperty('XXBT');
    const positions = await rest.get<Record<string, Record<string, string>>>('OpenPositions', {
      docalcs: true,
    });
    const rows = Object.values(positions);
    expect(rows[0]).toMatchObject({
      ...{ posstatus: 'open', pair: 'XXBTZUSD', type: 'buy', ordertype: 'market' },
      terms: '0.0250% per 4 hours',
      value: expect.any(String),
      net: expect.stringMatching(/^[+-]/),
    });
    const volume = rows.reduce((sum, { vol = '' }) => sum + Number(vol), 0);
    expect(volume).toBeCloseTo(0.5, 8);
    const margin = rows.reduce((sum, row) => sum + Number(row['margin']), 0);
    const state = await rest.get<Record<string, string>>('TradeBalance');
    expect(Number(state['m'])).toBeCloseTo(margin, 2);
    expect(Number(state['ml'])).toBeCloseTo((Number(state['e']) / Number(state['m'])) * 100, 0);
    const only = Object.keys(positions)[0] ?? '';
    expect(Object.keys(await rest.get('OpenPositions', { txid: only }))).toEqual([only]);
    const { count: before } = await rest.get<{ count: number }>('TradesHistory', {
      type: 'any position',
    });
    expect(before).toBe(rows.length);

    await rest.get('AddOrder', { ...BUY, type: 'sell', volume: '0', reduce_only: true });
    expect(await rest.get('OpenPositions')).toEqual({});
    const closing = await rest.get<{ trades: Record<string, { misc: string }> }>('TradesHistory', {
      type: 'closing position',
    });
    expect(Object.values(closing.trades).map(({ misc }) => misc)).toContain('closing');
    const closed = await rest.get<{ trades: Record<string, object> }>('TradesHistory', {
      type: 'closed position',
    });
    expect(closed.trades[only]).toMatchObject({
      ...{ posstatus: 'closed', leverage: '5', trades: expect.any(Array) },
    });
    const { ledger } = await rest.get<{ ledger: Record<string, { type: string; asset: string }> }>(
      'Ledgers',
      { type: 'margin' },
    );
    expect(Object.values(ledger).every(({ asset }) => asset === 'ZUSD')).toBe(true);
  });

  it('is told by pair when that is asked for', async () => {
    const { rest } = await open();
    await rest.get('AddOrder', BUY);
    await rest.get('AddOrder', { ...BUY, leverage: '2' });
    const { result } = await rest.call('OpenPositions', { consolidation: 'market' });
    expect(result).toMatchObject([{ pair: 'XBTUSD', type: 'buy', vol: '1.00000000' }]);
  });

  it('is settled in kind, and pays for each four hours until then', async () => {
    const { rest, time, sandbox } = await open();
    await rest.get('AddOrder', { ...BUY, volume: '0.1' });
    time.advance(4 * 3_600_000);
    const settle = { ...BUY, ordertype: 'settle-position', type: 'sell', volume: '0' };
    const { txid } = await rest.get<{ txid: string[] }>('AddOrder', settle);
    const orders = await rest.get('QueryOrders', { txid: txid[0] });
    expect(orders[txid[0] ?? '']).toMatchObject({ status: 'closed', vol_exec: '0.10000000' });
    expect(await rest.get('Balance')).toMatchObject({ XXBT: '0.1000000000' });
    const types = async (type: string): Promise<number> =>
      (await rest.get<{ count: number }>('Ledgers', { type })).count;
    expect(await types('rollover')).toBeGreaterThan(0);
    expect(await types('settled')).toBe(2);
    expect(sandbox.stats.funds['BTC']?.lent).toBe('0.0000000000');
  });
});

describe('a position of Spot over the sockets', () => {
  it('is told by the executions, and by the balances as what it cost', async () => {
    const { rest, connect } = await open();
    const token = await rest.token();
    const client = await connect();
    for (const channel of ['executions', 'balances']) {
      client.send({ method: 'subscribe', params: { channel, token } });
      await client.nextAnswer();
    }
    const order = { symbol: 'BTC/USD', order_type: 'market', order_qty: 0.01, margin: true, token };
    client.send({ method: 'add_order', params: { ...order, side: 'buy' }, req_id: 1 });
    const placed = await client.next((text) => text.includes('"exec_type":"pending_new"'));
    expect(placed).toContain('"margin":true');
    const fill = await client.next((text) => text.includes('"exec_type":"trade"'));
    expect(fill).toContain('"position_status":"opened"');
    const booked = await client.next((text) => text.includes('"type":"margin"'));
    expect(booked).toContain('"category":"margin-trade"');
    const close = { ...order, side: 'sell', order_qty: 0, reduce_only: true };
    client.send({ method: 'add_order', params: close, req_id: 2 });
    const last = await client.next((text) => text.includes('"position_status":"closed"'));
    expect(last).toContain('"margin":true');
  });
});
