import type { OrderOutcome } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { AccountHarness, type AccountOptions } from '../../test/account-harness.ts';
import { failureOf } from '../../test/harness.ts';
import { type OrderFeed, orders } from '../private/index.ts';
import { type NewOrder, type Trading, type TradingOptions, trading } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

interface Desk {
  readonly harness: AccountHarness;
  readonly feed: OrderFeed;
  readonly desk: Trading;
  /** Every request of ours, as its text went out. */
  readonly intents: string[];
}

async function open(
  options: AccountOptions & { readonly trading?: Partial<TradingOptions> } = {},
): Promise<Desk> {
  const harness = await AccountHarness.open(options);
  opened.push(harness);
  const feed = orders(harness.client, { reader: harness.spot });
  await harness.wait(feed.live());
  const intents: string[] = [];
  let made = 0;
  const desk = trading(harness.client, {
    orders: feed,
    reader: harness.spot,
    createClientOrderId: () => `kr-${(made += 1)}`,
    onIntent: ({ clientOrderId }) => void intents.push(clientOrderId),
    ...options.trading,
  });
  return { harness, feed, desk, intents };
}

const LIMIT: NewOrder = {
  symbol: 'BTC/USD',
  side: 'buy',
  order_type: 'limit',
  order_qty: '0.50',
  limit_price: '10000.0',
};
const orderIdOf = (outcome: OrderOutcome): string =>
  outcome.status === 'accepted' ? outcome.orderId : '';

describe('trading.add()', () => {
  it('places an order under a client order id that it made and told before', async () => {
    const { harness, feed, desk, intents } = await open();
    const outcome = await harness.wait(desk.add(LIMIT));
    expect(outcome).toMatchObject({ status: 'accepted', clientOrderId: 'kr-1', warnings: [] });
    expect(intents).toStrictEqual(['kr-1']);
    expect(feed.find('kr-1')).toMatchObject({
      orderId: orderIdOf(outcome),
      status: 'new',
      quantity: '0.50000000',
      limitPrice: '10000.0',
    });
  });

  it('gives the refusal in the words of the exchange', async () => {
    const { harness, desk } = await open();
    expect(await harness.wait(desk.add({ ...LIMIT, order_qty: '1000000' }))).toMatchObject({
      status: 'rejected',
      clientOrderId: 'kr-1',
      error: { raw: 'EOrder:Insufficient funds', category: 'Order' },
    });
  });

  it.each([
    [{ ...LIMIT, order_qty: 'lots' }, 'order_qty'],
    [{ ...LIMIT, limit_price: 10_000 as unknown as string }, 'limit_price'],
  ])('sends nothing that cannot be read', async (order, field) => {
    const { harness, desk } = await open();
    const { requests } = harness.sandbox.stats;
    const error = await harness.wait(failureOf(desk.add(order)));
    expect(error).toMatchObject({ code: 'INVALID_PARAMS' });
    expect((error as Error).message).toContain(field);
    expect(harness.sandbox.stats.requests).toBe(requests);
  });

  it('sends the digits as they are', async () => {
    const { harness, feed, desk } = await open();
    const price = '10000.10000000000000000000';
    const outcome = await harness.wait(desk.add({ ...LIMIT, limit_price: price }));
    expect(feed.get(orderIdOf(outcome))?.limitPrice).toBe('10000.1');
  });

  it('takes the word of the executions for an answer that was lost', async () => {
    const { harness, feed, desk } = await open();
    harness.sandbox.faults.inject({ kind: 'loseAck', method: 'add_order' });
    const outcome = await harness.wait(desk.add(LIMIT));
    expect(outcome).toMatchObject({ status: 'accepted', clientOrderId: 'kr-1' });
    expect(feed.find('kr-1')?.orderId).toBe(orderIdOf(outcome));
  });

  it('is unknown where nothing came of it at all, and found or not by looking', async () => {
    const { harness, desk } = await open();
    harness.sandbox.faults.inject({ kind: 'ignore', method: 'add_order' });
    const lost = await harness.wait(desk.add(LIMIT));
    expect(lost).toStrictEqual({ status: 'unknown', clientOrderId: 'kr-1', reason: 'timeout' });
    expect(await harness.wait(desk.reconcile(lost))).toStrictEqual({
      status: 'notFound',
      clientOrderId: 'kr-1',
    });
  });

  it('is unknown when the connection goes first, and is found after it is back', async () => {
    const { harness, desk, feed } = await open();
    // Done, and neither its answer nor its reports came.
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'executions', times: 2 });
    harness.sandbox.faults.inject({ kind: 'loseAck', method: 'add_order' });
    harness.sandbox.faults.inject({ kind: 'reset', after: { ms: 100 } });
    const lost = await harness.wait(desk.add(LIMIT));
    expect(lost).toStrictEqual({ status: 'unknown', clientOrderId: 'kr-1', reason: 'disconnect' });
    const found = await harness.wait(desk.reconcile(lost));
    expect(found).toMatchObject({ status: 'found', order: { status: 'new', isOpen: true } });
    await harness.wait(feed.live());
    expect(feed.open.map(({ clientOrderId }) => clientOrderId)).toStrictEqual(['kr-1']);
  });

  it('is unknown with the words of the exchange that settle nothing', async () => {
    const { harness, desk } = await open();
    harness.sandbox.faults.inject({
      kind: 'refuse',
      method: 'add_order',
      error: 'EGeneral:Internal error',
    });
    expect(await harness.wait(desk.add(LIMIT))).toMatchObject({
      status: 'unknown',
      reason: 'ambiguousError',
      error: { raw: 'EGeneral:Internal error' },
    });
  });

  it('never sends a client order id twice, and takes one again that did not go out', async () => {
    const { harness, desk } = await open();
    await harness.wait(desk.add(LIMIT, { clientOrderId: 'mine' }));
    expect(await failureOf(desk.add(LIMIT, { clientOrderId: 'mine' }))).toMatchObject({
      code: 'INVALID_PARAMS',
      message: expect.stringContaining('mine was used before') as string,
    });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(1000, () => harness.client.connections[0]?.state !== 'open');
    expect(
      await harness.wait(failureOf(desk.add(LIMIT, { clientOrderId: 'again' }))),
    ).toMatchObject({ code: 'NOT_OPEN' });
    await harness.run(5000, () => harness.client.connections[0]?.state === 'open');
    expect(await harness.wait(desk.add(LIMIT, { clientOrderId: 'again' }))).toMatchObject({
      status: 'accepted',
    });
  });

  it('is refused by the engine after its deadline', async () => {
    const { harness, desk } = await open();
    harness.sandbox.faults.inject({
      kind: 'refuse',
      method: 'add_order',
      error: 'EService:Deadline elapsed',
    });
    expect(await harness.wait(desk.add(LIMIT))).toMatchObject({ status: 'rejected' });
    expect(() => trading(harness.client, { ...optionsOf(harness), deadlineMs: 400 })).toThrow(
      'deadlineMs must be from 500 to 60000',
    );
    expect(
      await harness.wait(desk.add(LIMIT, { deadlineMs: Number.POSITIVE_INFINITY })),
    ).toMatchObject({ status: 'accepted' });
  });

  it('gives up the token that the exchange refuses, and has another next time', async () => {
    const { harness, desk } = await open();
    harness.sandbox.faults.inject({ kind: 'expiredToken', method: 'add_order' });
    const { tokens } = harness;
    expect(await harness.wait(desk.add(LIMIT))).toMatchObject({
      status: 'rejected',
      error: { raw: 'EAPI:Invalid token', kind: 'auth' },
    });
    expect(await harness.wait(desk.add(LIMIT))).toMatchObject({ status: 'accepted' });
    expect(harness.tokens).toBe(tokens + 1);
  });
});

const optionsOf = (harness: AccountHarness): TradingOptions => ({
  orders: orders(harness.client),
  createClientOrderId: () => 'id',
});

describe('trading', () => {
  it('validates without placing', async () => {
    const { harness, desk, feed } = await open();
    expect(await harness.wait(desk.validate(LIMIT))).toStrictEqual({ warnings: [] });
    expect(
      await harness.wait(failureOf(desk.validate({ ...LIMIT, order_qty: '0.00000001' }))),
    ).toMatchObject({ code: 'REJECTED' });
    expect(feed.open).toStrictEqual([]);
  });

  it('amends in place, edits into another order, and cancels', async () => {
    const { harness, desk, feed } = await open();
    const first = orderIdOf(await harness.wait(desk.add(LIMIT)));
    const amended = await harness.wait(desk.amend({ cl_ord_id: 'kr-1', order_qty: '0.4' }));
    expect(amended).toMatchObject({
      status: 'accepted',
      amendId: expect.stringMatching(/^T[A-Z0-9]{5}-/),
    });
    expect(feed.get(first)).toMatchObject({ quantity: '0.40000000', isOpen: true });
    expect(
      await harness.wait(desk.edit({ order_id: first, symbol: 'BTC/USD', limit_price: '10001.0' })),
    ).toMatchObject({ status: 'rejected' });
    const plain = await harness.wait(
      harness.spot.addOrder({
        ...{ pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: '0.1', price: '9000' },
      }),
    );
    const [order_id = ''] = plain.txid ?? [];
    const edited = await harness.wait(
      desk.edit({ order_id, symbol: 'BTC/USD', limit_price: '9001.0' }),
    );
    expect(edited).toMatchObject({ status: 'accepted', originalOrderId: order_id });
    const ids = [{ cl_ord_id: 'kr-1' }, { order_id: 'OAAAAA-AAAAA-AAAAAA' }];
    const canceled = await harness.wait(Promise.all(ids.map((id) => desk.cancel(id))));
    expect(canceled).toMatchObject([
      { status: 'accepted' },
      { status: 'rejected', error: { raw: 'EOrder:Unknown order' } },
    ]);
    expect(await harness.wait(desk.cancelAll())).toMatchObject({ status: 'accepted', count: 1 });
    expect(feed.open).toStrictEqual([]);
  });

  it('places and cancels batches, with an outcome for each order', async () => {
    const { harness, desk, feed } = await open();
    const { symbol: _, ...row } = LIMIT;
    const added = await harness.wait(
      desk.addBatch('BTC/USD', [row, { ...row, order_qty: '999.8' }, row]),
    );
    expect(added.map(({ status, clientOrderId }) => [status, clientOrderId])).toStrictEqual([
      ['accepted', 'kr-1'],
      ['rejected', 'kr-2'],
      ['accepted', 'kr-3'],
    ]);
    const ids = added.map(orderIdOf).filter((id) => id !== '');
    expect(await harness.wait(desk.cancelBatch(ids))).toMatchObject({
      status: 'accepted',
      count: 2,
    });
    expect(feed.open).toStrictEqual([]);
    harness.sandbox.faults.inject({ kind: 'ignore', method: 'batch_add' });
    const lost = await harness.wait(desk.addBatch('BTC/USD', [row, row]));
    expect(lost.map(({ status }) => status)).toStrictEqual(['unknown', 'unknown']);
  });

  it("holds the dead man's switch for as long as it is held, also through a lost connection", async () => {
    const { harness, desk, feed } = await open();
    const failures: unknown[] = [];
    await harness.wait(desk.add(LIMIT));
    const held = await harness.wait(
      desk.holdDeadMansSwitch({ timeoutSeconds: 10, onFailure: (error) => failures.push(error) }),
    );
    await harness.run(15_000);
    harness.sandbox.faults.inject({ kind: 'refuseUpgrade', status: 503 });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(15_000);
    expect(held.state).toBe('armed');
    expect(feed.open).toHaveLength(1);
    await harness.wait(held.close());
    await harness.run(15_000);
    expect(held.state).toBe('released');
    expect(feed.open).toHaveLength(1);
  });

  it('says that the switch has lapsed when no renewal comes through', async () => {
    const { harness, desk, feed } = await open();
    let lapses = 0;
    await harness.wait(desk.add(LIMIT));
    const held = await harness.wait(
      desk.holdDeadMansSwitch({ timeoutSeconds: 10, onLapsed: () => (lapses += 1) }),
    );
    harness.sandbox.faults.inject({
      kind: 'ignore',
      method: 'cancel_all_orders_after',
      times: 'always',
    });
    await harness.run(20_000, () => lapses > 0);
    expect([held.state, lapses]).toStrictEqual(['lapsed', 1]);
    await harness.run(2000);
    expect(feed.open).toStrictEqual([]);
    await expect(desk.holdDeadMansSwitch({ timeoutSeconds: 0 })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
    });
  });
});
