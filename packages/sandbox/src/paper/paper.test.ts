import { parseStrictly, routeWsMessage } from '@kr/schemas';
import { afterEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, paperAccount } from '../../test/paper.ts';
import { TRADING_METHOD_NAMES } from '../protocol/private-names.ts';
import { proLimits } from '../rest/rest-counters.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';
import { TRADING_METHODS } from './trading-methods.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

/** A connection with a token of the first account, on a market that stands still. */
async function trader(options: Partial<SandboxOptions> = {}): Promise<{
  readonly client: TestClient;
  readonly token: string;
  readonly time: ManualTime;
  /** Sends a method and gives its first acknowledgement. */
  readonly ask: (method: string, params: object) => Promise<Record<string, unknown>>;
  readonly follow: (channel: string, more?: object) => Promise<void>;
  /** The rows of the next message of a channel. */
  readonly next: (channel: string) => Promise<Record<string, unknown>[]>;
}> {
  const time = new ManualTime();
  const paper = await openPaper(
    [paperAccount('alice'), paperAccount('bob')],
    { idleTimeoutMs: 1e9, ...options },
    time,
  );
  opened.push(paper.sandbox);
  const token = (await paper.rest[0]?.token()) ?? '';
  const client = await paper.connect();
  const ask = async (method: string, params: object): Promise<Record<string, unknown>> => {
    client.send({ method, params: { token, ...params }, req_id: 7 });
    const text = await client.nextAnswer();
    parseStrictly(routeWsMessage, text);
    return JSON.parse(text) as Record<string, unknown>;
  };
  return {
    client,
    token,
    time,
    ask,
    follow: async (channel, more = {}) => {
      expect(await ask('subscribe', { channel, ...more })).toMatchObject({ success: true });
    },
    next: async (channel) => {
      const text = await client.nextOf(channel);
      parseStrictly(routeWsMessage, text);
      return (JSON.parse(text) as { data: Record<string, unknown>[] }).data;
    },
  };
}

const LIMIT = {
  order_type: 'limit',
  side: 'buy',
  symbol: 'BTC/USD',
  order_qty: 0.5,
  limit_price: 30000.1,
};

const idOf = (ack: Record<string, unknown>): string =>
  (ack['result'] as { order_id: string }).order_id;

describe('trading over the socket', () => {
  it('knows the methods that the protocol names', () => {
    expect(new Set(TRADING_METHODS.keys())).toEqual(TRADING_METHOD_NAMES);
  });

  it('acknowledges, keys in the order of the wire, and tells the order by its events', async () => {
    const { client, ask, follow, next } = await trader();
    await follow('executions');
    expect(await next('executions')).toEqual([]);
    const ack = await ask('add_order', { ...LIMIT, cl_ord_id: 'mine' });
    const { order_id: id } = ack['result'] as { order_id: string };
    expect(Object.keys(ack)).toEqual([
      'method',
      'req_id',
      'result',
      'success',
      'time_in',
      'time_out',
    ]);
    expect(ack).toMatchObject({ method: 'add_order', req_id: 7, result: { cl_ord_id: 'mine' } });
    expect(id).toMatch(/^O[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{6}$/);
    // The events of an order may come before its acknowledgement, as on the wire.
    const events = client.received.filter(
      (text) => text.includes(id) && text.includes('"executions"'),
    );
    expect(events.map((text) => /"exec_type":"(\w+)"/.exec(text)?.[1])).toEqual([
      'pending_new',
      'new',
    ]);
    expect(events[0]).toContain('"order_qty":0.50000000');
    expect(events[0]).toContain('"limit_price":30000.1');
    expect(events.map((text) => /"sequence":(\d+)/.exec(text)?.[1])).toEqual(['2', '3']);
  });

  it('fills a market order against the book that the feeds tell, and books it', async () => {
    const { client, ask, follow } = await trader();
    await follow('executions');
    await follow('balances');
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    const book = await client.next((text) => text.includes('"channel":"book","type":"snapshot"'));
    const [, best = ''] = /"asks":\[\{"price":([\d.]+)/.exec(book) ?? [];
    await ask('add_order', {
      order_type: 'market',
      side: 'buy',
      symbol: 'BTC/USD',
      order_qty: 0.0002,
    });
    await ask('cancel_all', {});
    const said = client.received;
    const of = (channel: string): string[] =>
      said.filter((text) => text.startsWith(`{"channel":"${channel}","type":"update"`));
    expect(of('trade')[0]).toContain(
      `"side":"buy","price":${best},"qty":0.00020000,"ord_type":"market"`,
    );
    expect(of('book')).toHaveLength(1);
    const kinds = of('executions').map((text) => /"exec_type":"(\w+)"/.exec(text)?.[1]);
    expect(kinds).toEqual(['pending_new', 'new', 'trade', 'filled']);
    const entries = of('balances').map((text) => (JSON.parse(text) as { data: [object] }).data[0]);
    expect(entries).toMatchObject([
      { asset: 'BTC', amount: 0.0002, type: 'trade' },
      { asset: 'USD', type: 'trade' },
    ]);
    for (const text of said) parseStrictly(routeWsMessage, text);
  });

  it('keeps the offsets of a trailing stop that is edited', async () => {
    const { ask, client, follow } = await trader();
    await follow('executions');
    const placed = await ask('add_order', {
      order_type: 'trailing-stop-limit',
      side: 'sell',
      symbol: 'BTC/USD',
      order_qty: 0.5,
      limit_price: -10,
      triggers: { price: 1, price_type: 'pct' },
    });
    const priceOf = (id: string): string | undefined => {
      const row = client.received.findLast(
        (each) => each.includes(id) && each.includes('"pending_new"'),
      );
      return /"triggers":\{"price":([\d.]+)/.exec(row ?? '')?.[1];
    };
    const before = priceOf(idOf(placed));
    const edited = await ask('edit_order', {
      order_id: idOf(placed),
      symbol: 'BTC/USD',
      order_qty: 0.4,
    });
    expect(before).toBeDefined();
    expect(priceOf(idOf(edited))).toBe(before);
  });

  it.each([
    [{ margin: true, order_qty: 299, limit_price: 64_000 }, 'EOrder:Margin level too low'],
    [{ margin: true, order_qty: 301 }, 'EOrder:Margin position size exceeded'],
    [{ reduce_only: true }, 'EOrder:Reduce only:No position exists'],
    [{ order_type: 'settle-position', limit_price: undefined }, 'EOrder:Unknown position'],
  ])(
    'refuses %j as for an account without a position and without the means: %s',
    async (change, error) => {
      const { ask } = await trader();
      expect(await ask('add_order', { ...LIMIT, ...change })).toMatchObject({
        success: false,
        error,
      });
    },
  );

  it('says how full the rate counter is, to those who asked for it', async () => {
    const { client, ask, follow } = await trader({ accountLimits: proLimits });
    await follow('executions', { ratecounter: true, snap_orders: false });
    await ask('add_order', LIMIT);
    await ask('add_order', LIMIT);
    const counts = client.received.flatMap((text) => /"ratecount":(\d+)/.exec(text)?.[1] ?? []);
    expect(counts).toEqual(['1', '1', '2', '2']);
  });

  it('amends, edits and cancels', async () => {
    const { ask, client } = await trader();
    const id = idOf(await ask('add_order', { ...LIMIT, order_userref: 5 }));
    expect(await ask('amend_order', { order_id: id, order_qty: 0.4 })).toMatchObject({
      result: { order_id: id, amend_id: expect.stringMatching(/^T/) as string },
    });
    const edited = await ask('edit_order', {
      order_id: id,
      symbol: 'BTC/USD',
      limit_price: 30001.2,
    });
    expect(edited).toMatchObject({ result: { original_order_id: id } });
    expect(
      await ask('cancel_order', { order_id: [idOf(edited), 'OAAAAA-AAAAA-AAAAAA'] }),
    ).toMatchObject({
      result: { order_id: idOf(edited) },
    });
    expect(await client.nextAnswer()).toContain('"error":"EOrder:Unknown order"');
  });

  it('takes batches whole, cancels them, and strikes when the dead man does not move', async () => {
    const { ask, time, follow, client } = await trader();
    const { symbol, ...order } = LIMIT;
    const added = await ask('batch_add', { symbol, orders: [order, { ...order, order_qty: 0.1 }] });
    const ids = (added['result'] as { order_id: string }[]).map(({ order_id: id }) => id);
    expect(ids).toHaveLength(2);
    expect(
      await ask('batch_add', { symbol, orders: [order, { ...order, order_qty: 1e-8 }] }),
    ).toMatchObject({
      success: false,
      error: 'EOrder:Order minimum not met',
    });
    expect(await ask('batch_cancel', { orders: ids })).toMatchObject({ orders_cancelled: 2 });
    await follow('executions');
    await ask('add_order', LIMIT);
    const armed = await ask('cancel_all_orders_after', { timeout: 60 });
    expect(armed['result']).toEqual({
      currentTime: '2026-07-14T03:33:20Z',
      triggerTime: '2026-07-14T03:34:20Z',
    });
    time.advance(61_000);
    const ended = await client.next((text) => text.includes('"exec_type":"canceled"'));
    expect(ended).toContain('"reason":"Cancel all orders after timeout"');
  });

  it.each([
    [
      'add_order',
      { ...LIMIT, foo: 1 },
      "Unsupported field: 'foo' for the given msg type: add order",
    ],
    ['add_order', { ...LIMIT, limit_price: '1' }, 'Limit_price field must be a number_float'],
    ['add_order', { ...LIMIT, symbol: 'XBT/USD' }, 'Currency pair not supported XBT/USD'],
    ['add_order', { ...LIMIT, side: undefined }, 'Side(s) not found'],
    ['add_order', { ...LIMIT, token: 'no' }, 'ESession:Invalid session'],
    ['add_order', { ...LIMIT, token: undefined }, 'Token(s) not found'],
    ['add_order', { ...LIMIT, deadline: '2026-07-14T03:33:19.000Z' }, 'EService:Deadline elapsed'],
    ['cancel_all_orders_after', { timeout: 86_400 }, 'Invalid timeout argument'],
    ['subscribe', { channel: 'executions', token: 'no' }, 'ESession:Invalid session'],
    ['unsubscribe', { channel: 'balances' }, 'Subscription Not Found'],
    [
      'subscribe',
      { channel: 'level3', symbol: ['BTC/USD'], token: 'no' },
      'ESession:Invalid session',
    ],
  ])('refuses %s %j', async (method, params, error) => {
    const { ask } = await trader();
    const ack = await ask(method, params);
    expect(ack).toMatchObject({ error, success: false });
    // Seen of this one alone.
    expect(ack['status']).toBe(error === 'ESession:Invalid session' ? 'error' : undefined);
  });

  it('checks without placing when asked to', async () => {
    const { ask } = await trader();
    expect(await ask('add_order', { ...LIMIT, validate: true })).toMatchObject({
      result: { order_id: '' },
    });
    // Funds are the engine's, which an order that is only checked never sees.
    expect(await ask('add_order', { ...LIMIT, order_qty: 100, validate: true })).toMatchObject({
      result: { order_id: '' },
    });
    expect(await ask('add_order', { ...LIMIT, limit_price: 0.15, validate: true })).toMatchObject({
      error: 'EOrder:Tick size check failed',
    });
    expect(await ask('cancel_all', {})).toMatchObject({ result: { count: 0 } });
  });

  it('shows open orders and fills in a snapshot, and own orders in level3', async () => {
    const { ask, client, next, token } = await trader();
    client.subscribe({ channel: 'level3', symbol: ['BTC/USD'], token, depth: 1000 });
    const book = await client.nextOf('level3');
    const best = Number(/"bids":\[\{"order_id":"[^"]+","limit_price":([\d.]+)/.exec(book)?.[1]);
    const ack = await ask('add_order', { ...LIMIT, limit_price: best });
    const { order_id: id } = ack['result'] as { order_id: string };
    expect(client.received.some((text) => text.includes(`"event":"add","order_id":"${id}"`))).toBe(
      true,
    );
    await ask('add_order', {
      order_type: 'market',
      side: 'sell',
      symbol: 'BTC/USD',
      order_qty: 0.001,
    });
    client.subscribe({ channel: 'executions', token, snap_trades: true });
    const rows = await next('executions');
    expect(rows.map(({ exec_type: type }) => type)).toEqual(['new', 'trade']);
    expect(rows[0]).toMatchObject({ order_id: id, order_status: 'new', cum_qty: 0 });
  });
});

describe('a token', () => {
  it('dies after 15 minutes unless something private is subscribed with it', async () => {
    const { ask, follow, time } = await trader();
    time.advance(899_000);
    await follow('balances');
    time.advance(10_000_000);
    expect(await ask('cancel_all', {})).toMatchObject({ success: true });
    expect(await ask('unsubscribe', { channel: 'balances' })).toMatchObject({ success: true });
    expect(await ask('cancel_all', {})).toMatchObject({ error: 'ESession:Invalid session' });
  });
});

const open = (accounts: SandboxOptions['accounts'], source: SandboxOptions['source']) => () =>
  createSandbox({ source, accounts, clock: new ManualTime(), timers: new ManualTime() });

describe('accounts', () => {
  const market = { kind: 'synthetic', seed: 1 } as const;
  const { secret } = paperAccount('x');

  it.each([
    ['twice', [paperAccount('a'), paperAccount('a')], 'twice: name it once'],
    ['no such asset', [paperAccount('a', { XBT: '1' })], 'is no balance of an asset'],
    ['too many decimals', [paperAccount('a', { USD: '0.00001' })], 'is no balance'],
    ['a real key', [{ key: 'A'.repeat(56), secret, balances: {} }], 'createSandboxKey'],
  ])('are refused: %s', (_what, accounts, message) => {
    expect(open(accounts, market)).toThrow(message);
  });
});
