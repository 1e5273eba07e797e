import type { GapEvent } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { AccountHarness, type AccountOptions } from '../../test/account-harness.ts';
import { ClientHarness } from '../../test/client-harness.ts';
import { ScriptedServer } from '../../test/scripted-server.ts';
import type { AccountStatusEvent, Fill, OrderFeed, OrdersOptions, TrackedOrder } from './index.ts';
import { orders } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

interface Desk {
  readonly harness: AccountHarness;
  readonly feed: OrderFeed;
  readonly fills: Fill[];
  readonly changes: TrackedOrder[];
  readonly statuses: string[];
  readonly gaps: GapEvent[];
}

async function desk(
  options: AccountOptions & {
    readonly orders?: Partial<OrdersOptions>;
    readonly reads?: boolean;
  } = {},
): Promise<Desk> {
  const harness = await AccountHarness.open(options);
  opened.push(harness);
  const fills: Fill[] = [];
  const changes: TrackedOrder[] = [];
  const statuses: string[] = [];
  const gaps: GapEvent[] = [];
  const feed = orders(harness.client, {
    reader: options.reads === false ? undefined : harness.spot,
    onFill: (fill) => fills.push(fill),
    onOrder: (order) => changes.push(order),
    onStatus: ({ to }: AccountStatusEvent) => statuses.push(to),
    onGap: (gap) => gaps.push(gap),
    ...options.orders,
  });
  await harness.wait(feed.live());
  return { harness, feed, fills, changes, statuses, gaps };
}

const limit = (price: string, more: object = {}) => ({
  pair: 'XBTUSD',
  type: 'buy',
  ordertype: 'limit',
  volume: '0.5',
  price,
  ...more,
});
const market = (volume: string) => ({ pair: 'XBTUSD', type: 'buy', ordertype: 'market', volume });

async function place({ harness }: Desk, order: Parameters<AccountHarness['spot']['addOrder']>[0]) {
  const { txid = [] } = await harness.wait(harness.spot.addOrder(order));
  await harness.step(20);
  return txid[0] ?? '';
}

describe('orders()', () => {
  it('merges sparse reports into one order, and tells each of its fills once', async () => {
    const all = await desk();
    const id = await place(all, market('0.01'));
    expect(all.feed.get(id)).toMatchObject({
      symbol: 'BTC/USD',
      side: 'buy',
      orderType: 'market',
      status: 'filled',
      isOpen: false,
      quantity: '0.01000000',
      filledQuantity: '0.01000000',
    });
    expect(all.fills.map(({ orderId, isRecovered }) => [orderId, isRecovered])).toStrictEqual(
      all.fills.map(() => [id, false]),
    );
    expect(all.changes.map(({ status }) => status)).toStrictEqual([
      'pending_new',
      'new',
      ...all.fills.map(() => 'partially_filled'),
      'filled',
    ]);
    expect(all.statuses).toStrictEqual(['live']);
  });

  it('has what was open before, and is found by its client order id', async () => {
    const harness = await AccountHarness.open();
    opened.push(harness);
    await harness.wait(harness.spot.addOrder(limit('10000.0', { cl_ord_id: 'mine' })));
    await harness.wait(harness.spot.addOrder(market('0.01')));
    const fills: Fill[] = [];
    const feed = orders(harness.client, { onFill: (fill) => fills.push(fill) });
    await harness.wait(feed.live());
    expect(feed.open).toHaveLength(1);
    expect(feed.find('mine')).toMatchObject({ status: 'new', limitPrice: '10000.0' });
    // History is not told as news.
    expect(fills).toStrictEqual([]);
  });

  it('renews by itself when a message is missing, and is not live meanwhile', async () => {
    const all = await desk();
    const { harness, feed } = all;
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'executions', type: 'update' });
    const id = await place(all, limit('10000.0'));
    await harness.run(5000, () => all.statuses.at(-1) === 'live');
    expect(all.statuses).toStrictEqual(['live', 'broken', 'live']);
    expect(all.gaps.map(({ reason, to }) => [reason, to === undefined])).toStrictEqual([
      ['sequence', true],
      ['sequence', false],
    ]);
    expect(all.gaps[0]?.detail).toBe('messages 2 to 2 did not come');
    expect(feed.get(id)).toMatchObject({ isOpen: true, symbol: 'BTC/USD' });
  });

  it('learns of fills and ends that a lost connection hid', async () => {
    const all = await desk();
    const { harness, feed } = all;
    const canceled = await place(all, limit('10000.0'));
    const kept = await place(all, limit('10001.0'));
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    const hidden = await place(all, market('0.02'));
    await harness.wait(harness.spot.cancelOrder({ txid: canceled }));
    expect(all.fills).toStrictEqual([]);
    await harness.wait(feed.live());
    expect(feed.get(canceled)).toMatchObject({ status: 'canceled', isOpen: false });
    expect(feed.get(kept)).toMatchObject({ status: 'new', isOpen: true });
    expect(feed.get(hidden)).toMatchObject({ status: 'filled', filledQuantity: '0.02000000' });
    expect(all.fills.length).toBeGreaterThan(0);
    expect(all.fills.every(({ orderId, isRecovered }) => orderId === hidden && isRecovered)).toBe(
      true,
    );
    expect(all.statuses).toStrictEqual(['live', 'broken', 'reconciling', 'live']);
  });

  it('says that an end is unknown where nobody can be asked', async () => {
    const all = await desk({ reads: false });
    const { harness, feed } = all;
    const id = await place(all, limit('10000.0'));
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    await harness.wait(harness.spot.cancelOrder({ txid: id }));
    await harness.wait(feed.live());
    expect(feed.get(id)).toMatchObject({ status: 'unknown', isOpen: false });
    expect(feed.unknown.map(({ orderId }) => orderId)).toStrictEqual([id]);
  });

  it('reads fills page by page where a snapshot has not all of them', async () => {
    const all = await desk();
    const { harness, feed } = all;
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503, times: 3 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    const placed: string[] = [];
    for (let count = 0; count < 60; count += 1) placed.push(await place(all, market('0.001')));
    await harness.wait(feed.live());
    const filled = all.fills.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    expect(filled).toBeCloseTo(0.06, 8);
    expect(new Set(all.fills.map(({ executionId }) => executionId)).size).toBe(all.fills.length);
    expect(new Set(all.fills.map(({ orderId }) => orderId))).toStrictEqual(new Set(placed));
  });

  it('tries again when reading fails, and keeps no more ended orders than it was told', async () => {
    let failures = 0;
    const all = await desk({ orders: { maxClosed: 2, onRecoveryFailure: () => (failures += 1) } });
    const { harness, feed } = all;
    const id = await place(all, limit('10000.0'));
    const { queryOrders } = harness.spot;
    let calls = 0;
    Object.defineProperty(harness.spot, 'queryOrders', {
      value: (...args: Parameters<typeof queryOrders>) => {
        calls += 1;
        return calls < 3 ? Promise.reject(new Error('not now')) : queryOrders(...args);
      },
    });
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    await harness.wait(harness.spot.cancelOrder({ txid: id }));
    await harness.wait(feed.live());
    expect(failures).toBe(2);
    expect(feed.get(id)).toMatchObject({ status: 'canceled' });
    for (let count = 0; count < 3; count += 1) await place(all, market('0.001'));
    expect(feed.get(id)).toBeUndefined();
  });

  it('asks again where another break came before the answer', async () => {
    const all = await desk();
    const { harness, feed } = all;
    const { queryOrders } = harness.spot;
    let asked = 0;
    Object.defineProperty(harness.spot, 'queryOrders', {
      // The first is never answered.
      value: (...args: Parameters<typeof queryOrders>) =>
        (asked += 1) === 1 ? new Promise(() => undefined) : queryOrders(...args),
    });
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    const hidden = await place(all, market('0.02'));
    await harness.run(5000, () => asked === 1);
    // Its fills were told with the first snapshot, and are no news in the second.
    const told = all.fills.length;
    expect(told).toBeGreaterThan(0);
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(2000, () => feed.status === 'broken');
    await harness.wait(feed.live());
    expect(feed.get(hidden)).toMatchObject({ status: 'filled', isOpen: false });
    expect(all.fills).toHaveLength(told);
  });

  it('ends with its client, and whoever waits is told', async () => {
    const { harness, feed } = await desk();
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(1000, () => feed.status === 'broken');
    const waiting = feed.live().catch((error: unknown) => error);
    await harness.wait(harness.client.close());
    expect(await waiting).toMatchObject({ code: 'CLOSED' });
    expect(feed.status).toBe('ended');
    const aborted = orders.bind(undefined, harness.client);
    expect(aborted).toThrow('the client is closed');
  });
});

describe('orders() over two connections', () => {
  it('tells each fill once, and loses none when either is lost', async () => {
    const all = await desk({ client: { redundancy: 2 } });
    const { harness, feed, statuses } = all;
    await harness.run(1000);
    const placed: string[] = [];
    for (const connection of [1, 3, 2]) {
      placed.push(await place(all, market('0.01')));
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      placed.push(await place(all, limit('10000.0')), await place(all, market('0.01')));
      await harness.run(3000);
    }
    expect(statuses).toStrictEqual(['live']);
    expect(all.gaps).toStrictEqual([]);
    expect(new Set(all.fills.map(({ executionId }) => executionId)).size).toBe(all.fills.length);
    expect(all.fills.every(({ isRecovered }) => !isRecovered)).toBe(true);
    for (const [index, id] of placed.entries()) {
      expect(feed.get(id)).toMatchObject({ status: index % 3 === 1 ? 'new' : 'filled' });
    }
    expect(feed.open).toHaveLength(3);
  });
});

describe('a message that cannot be read', () => {
  it('is asked for again as a snapshot, and nothing is live before that', async () => {
    const server = await ScriptedServer.listen();
    opened.push({ [Symbol.asyncDispose]: () => server.close() });
    await using harness: ClientHarness = new ClientHarness({
      url: server.url,
      tokens: () => Promise.resolve({ token: 't', expiresAtNs: harness.time.wallNs() * 2n }),
    });
    const statuses: string[] = [];
    const feed = orders(harness.client, {
      onStatus: ({ to, reason }) => {
        statuses.push(`${to}: ${reason}`);
        harness.wake();
      },
    });
    const say = (sequence: number, type: string, rows: string): void => {
      server.peer.send(
        `{"channel":"executions","type":"${type}","data":[${rows}],"sequence":${sequence}}`,
      );
    };
    const order = '{"order_id":"O1","exec_type":"new","order_status":"new","symbol":"BTC/USD"}';
    await server.until(() => server.peers[0]?.requests.length === 1);
    say(1, 'snapshot', order);
    await harness.until(() => feed.status === 'live');
    say(2, 'update', '{"order_id":17,"exec_type":"canceled"}');
    await harness.until(() => feed.status === 'broken');
    await server.until(() => server.peer.requests.length === 3);
    say(1, 'snapshot', order);
    await harness.until(() => feed.status === 'live');
    expect(statuses).toStrictEqual([
      'live: the snapshot is here',
      'broken: a message could not be read',
      'live: the snapshot is here',
    ]);
    expect(feed.open.map(({ orderId }) => orderId)).toStrictEqual(['O1']);
    say(2, 'snapshot', '{"order_id":17}');
    await harness.until(() => feed.status === 'broken');
    // It would come the same again.
    expect(server.peer.requests).toHaveLength(3);
  });
});
