import type { RestFault, RestFaultKind } from '@kr/sandbox/rest';
import { describe, expect, it } from 'vitest';
import { failureOf, type Kraken, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import {
  createInstruments,
  createSpotGovernor,
  createSpotOrders,
  type OrderIntent,
  type SpotOrdersOptions,
  spotLimits,
} from './index.ts';

const order = {
  pair: 'BTC/USD',
  type: 'buy',
  ordertype: 'limit',
  price: '30000.1',
  volume: '0.5',
} as const;

/** Faults for orders alone. */
function onOrders(...faults: (RestFault | undefined)[]) {
  return {
    fault: ({ path }: { path: string }) =>
      path.endsWith('/AddOrder') || path.endsWith('/AddOrderBatch') ? faults.shift() : undefined,
  };
}

async function ordersOf({ spot }: Kraken, more: Partial<SpotOrdersOptions> = {}) {
  const client = spot();
  const instruments = createInstruments(await client.assetPairs());
  return createSpotOrders({ client, timers: globalThis, instruments, ...more });
}

function throwing(): never {
  throw new Error('of the governor');
}

const noWait = { attempts: 3, waitMs: 1 };

describe('placing an order', () => {
  it('is accepted: one order, with the client order id that was made before sending', async () => {
    await withKraken(async (kraken) => {
      const intents: OrderIntent[] = [];
      const orders = await ordersOf(kraken, {
        onIntent: (intent) => {
          expect(kraken.sandbox.spot.orders.size).toBe(0);
          intents.push(intent);
        },
      });
      const outcome = await orders.place(order);
      const [placed] = kraken.sandbox.spot.orders.values();
      expect(outcome).toStrictEqual({
        status: 'accepted',
        clientOrderId: intents[0]?.clientOrderId,
        orderId: placed?.txid,
        warnings: [],
      });
      expect(placed).toMatchObject({ clientOrderId: intents[0]?.clientOrderId, pair: 'XBTUSD' });
    });
  });

  it('is refused here when it breaks a limit: nothing is sent', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const before = kraken.sandbox.stats.requests;
      const error = await failureOf(orders.place({ ...order, price: '30000.15' }));
      expect(error).toMatchObject({ code: 'INVALID_ORDER', context: { nearest: '30000.2' } });
      expect(await failureOf(orders.place({ ...order, pair: 'NOPE' }))).toMatchObject({
        code: 'INVALID_ORDER',
      });
      expect(kraken.sandbox.stats.requests).toBe(before);
    });
  });

  it("is rejected in Kraken's words", async () => {
    await withKraken(
      async (kraken) => {
        const outcome = await (await ordersOf(kraken)).place(order);
        expect(outcome).toMatchObject({ status: 'rejected', error: { raw: 'EService:Busy' } });
      },
      onOrders({ when: 'before', how: 'busy' }),
    );
  });

  it('is accepted though a listener throws: that surfaces by itself', async () => {
    const time = new ManualTime();
    await withKraken(async (kraken) => {
      const instruments = createInstruments(await kraken.spot().assetPairs());
      const governor = {
        ...createSpotGovernor({ clock: time, timers: time, limits: spotLimits('pro') }),
        succeeded: throwing,
      };
      const client = kraken.spot({ timers: time, governor });
      const orders = createSpotOrders({ client, timers: time, instruments });
      expect(await orders.place(order)).toHaveProperty('status', 'accepted');
      await expect(time.advance(0)).rejects.toThrow('of the governor');
    });
  });

  it('throws when nothing was sent', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const signal = AbortSignal.abort();
      expect(await failureOf(orders.place(order, { signal }))).toMatchObject({
        code: 'ABORTED',
        effect: 'none',
      });
      expect(kraken.sandbox.spot.orders.size).toBe(0);
    });
  });

  it.each<[RestFaultKind, string]>([
    ['badGateway', 'transport'],
    ['reset', 'disconnect'],
    ['cutBody', 'disconnect'],
    ['html', 'transport'],
    ['wrongTypes', 'transport'],
    ['internal', 'ambiguousError'],
  ])('%s after it was taken: unknown, reconciled to one order, sent once', async (how, reason) => {
    await withKraken(
      async (kraken) => {
        const orders = await ordersOf(kraken);
        const outcome = await orders.place(order);
        expect(outcome).toMatchObject({ status: 'unknown', reason });
        const found = await orders.reconcile(outcome, noWait);
        const [placed] = kraken.sandbox.spot.orders.values();
        expect(found).toMatchObject({
          status: 'found',
          orderId: placed?.txid,
          order: { status: 'open' },
        });
        expect(kraken.sandbox.spot.orders.size).toBe(1);
      },
      onOrders({ when: 'after', how }),
    );
  });

  it('finds an order that has traded, and says so of one that is nowhere', async () => {
    const lost = { when: 'after', how: 'reset' } as const;
    await withKraken(
      async (kraken) => {
        const orders = await ordersOf(kraken);
        const filled = await orders.place({ ...order, ordertype: 'market' });
        expect(await orders.reconcile(filled, noWait)).toMatchObject({
          status: 'found',
          order: { status: 'closed', vol_exec: '0.5' },
        });
        const never = await orders.place(order);
        expect(never.status).toBe('unknown');
        expect(await orders.reconcile(never, { ...noWait, sinceSeconds: 0 })).toStrictEqual({
          status: 'notFound',
          clientOrderId: never.clientOrderId,
        });
      },
      onOrders(lost, { when: 'before', how: 'reset' }),
    );
  });

  it('finds an order by its fill, far behind those of others, while the lists of orders lag', async () => {
    await withKraken(async (kraken) => {
      const spot: Kraken['spot'] = () =>
        Object.assign(Object.create(kraken.spot()), {
          openOrders: () => Promise.resolve({ open: {} }),
          closedOrders: () => Promise.resolve({ closed: {} }),
        });
      const orders = await ordersOf({ ...kraken, spot });
      const filled = await orders.place({ ...order, ordertype: 'market' });
      for (let others = 0; others < 120; others += 1) {
        kraken.sandbox.spot.place({ ...order, ordertype: 'market' });
      }
      expect(await orders.reconcile(filled, noWait)).toHaveProperty('status', 'notFound');
      expect(await orders.reconcile(filled, { ...noWait, sinceSeconds: 0 })).toMatchObject({
        status: 'found',
        order: { status: 'closed', cl_ord_id: filled.clientOrderId },
      });
    });
  });

  it('places a batch: one outcome for each order', async () => {
    await withKraken(
      async (kraken) => {
        const orders = await ordersOf(kraken);
        const outcomes = await orders.placeBatch('BTC/USD', [order, order]);
        expect(outcomes.map(({ status }) => status)).toStrictEqual(['accepted', 'accepted']);
        const lost = await orders.placeBatch('BTC/USD', [order, order]);
        expect(lost.map(({ status }) => status)).toStrictEqual(['unknown', 'unknown']);
        for (const outcome of lost) {
          expect(await orders.reconcile(outcome, noWait)).toHaveProperty('orderIds.length', 1);
        }
        expect(kraken.sandbox.spot.orders.size).toBe(4);
      },
      onOrders(undefined, { when: 'after', how: 'badGateway' }),
    );
  });

  it('is refused here under an id that would not find it again', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const before = kraken.sandbox.stats.requests;
      const uuid = '6d2eb6a4-3f0e-4a0c-9a57-0d5f2d0f6c11';
      for (const clientOrderId of [
        '',
        'x'.repeat(19),
        `${uuid}0`,
        'é',
        undefined as never,
        7 as never,
      ]) {
        const createClientOrderId = (): string => clientOrderId;
        const made = await ordersOf(kraken, { createClientOrderId });
        const context = { field: 'cl_ord_id' };
        expect(await failureOf(made.place(order))).toMatchObject({ context });
        expect(await failureOf(made.placeBatch('BTC/USD', [order, order]))).toMatchObject({
          context,
        });
      }
      expect(kraken.sandbox.spot.orders.size).toBe(0);
      expect(kraken.sandbox.stats.requests - before).toBe(6); // AssetPairs alone
      for (const clientOrderId of ['a', 'x'.repeat(18), uuid, uuid.replaceAll('-', '')]) {
        expect(await orders.place(order, { clientOrderId })).toMatchObject({ clientOrderId });
      }
    });
  });

  it('is refused here when it is only to be validated: its outcome would never be known', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const dry = { ...order, validate: true };
      for (const placed of [orders.place(dry), orders.placeBatch('BTC/USD', [order, dry])]) {
        expect(await failureOf(placed)).toMatchObject({ context: { field: 'validate' } });
      }
      expect(kraken.sandbox.spot.orders.size).toBe(0);
    });
  });

  it.each(['deadline', 'asset_class', 'broker'])(
    'a batch is refused here with a %s in an order of it, where Kraken would not see it',
    async (field) => {
      await withKraken(async (kraken) => {
        const orders = await ordersOf(kraken);
        const batch = [order, { ...order, [field]: 'anything' }];
        expect(await failureOf(orders.placeBatch('BTC/USD', batch))).toMatchObject({
          code: 'INVALID_PARAMS',
          context: { field: `orders.${field}` },
        });
        expect(kraken.sandbox.spot.orders.size).toBe(0);
      });
    },
  );

  it('a batch has its deadline beside its orders', async () => {
    const sent: unknown[] = [];
    await withKraken(async (kraken) => {
      const spot: typeof kraken.spot = (settings) => ({
        ...kraken.spot(settings),
        addOrderBatch: (params) => {
          sent.push(params);
          return Promise.resolve({ orders: [] });
        },
      });
      const orders = await ordersOf({ ...kraken, spot });
      const deadline = '2026-01-01T00:00:30.000Z';
      await orders.placeBatch('BTC/USD', [order, order], { deadline });
      expect(sent).toMatchObject([{ deadline, orders: [{ volume: order.volume }, {}] }]);
    });
  });

  it.each([1, 16])('a batch of %d is refused here, and one of none is nothing', async (size) => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const before = kraken.sandbox.stats.requests;
      const batch = Array.from({ length: size }, () => order);
      expect(await failureOf(orders.placeBatch('BTC/USD', batch))).toMatchObject({
        code: 'INVALID_PARAMS',
        context: { field: 'orders' },
      });
      expect(await orders.placeBatch('BTC/USD', [])).toStrictEqual([]);
      expect(kraken.sandbox.stats.requests).toBe(before);
    });
  });

  it('validates without placing', async () => {
    await withKraken(async (kraken) => {
      const { descr, txid } = await (await ordersOf(kraken)).validate(order);
      expect(descr.order).toBe('validated');
      expect(txid).toBeUndefined();
      expect(kraken.sandbox.spot.orders.size).toBe(0);
    });
  });
});
