import type { RestFault } from '@kr/sandbox/rest';
import { describe, expect, it } from 'vitest';
import { failureOf, type Kraken, withKraken } from '../test/kraken.ts';
import { createFuturesInstruments, createFuturesOrders } from './index.ts';

const order = { symbol: 'PF_XBTUSD', side: 'buy', size: '1', limitPrice: '9400' } as const;
const noWait = { attempts: 2, waitMs: 1 };

async function ordersOf({ futures }: Kraken) {
  const client = futures();
  const instruments = createFuturesInstruments((await client.instruments()).instruments);
  return createFuturesOrders({ client, timers: globalThis, instruments });
}

function onOrders(...faults: (RestFault | undefined)[]) {
  return {
    fault: ({ path }: { path: string }) =>
      path.endsWith('/sendorder') ? faults.shift() : undefined,
  };
}

describe('Futures orders', () => {
  it('are accepted or rejected by what sendStatus says', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const accepted = await orders.place({ ...order, orderType: 'lmt' });
      expect(accepted).toMatchObject({
        status: 'accepted',
        orderId: kraken.sandbox.futures.orders[0]?.orderId,
        clientOrderId: kraken.sandbox.futures.orders[0]?.clientOrderId,
      });
      expect(await orders.place({ ...order, orderType: 'lmt', side: 'none' })).toMatchObject({
        status: 'rejected',
        error: { raw: 'invalidSide' },
      });
    });
  });

  it('are refused here when they break a limit of their contract: nothing is sent', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const before = kraken.sandbox.stats.requests;
      for (const [broken, nearest] of [
        [{ limitPrice: '9400.4' }, '9400'],
        [{ size: '0.00015' }, '0.0001'],
        [{ symbol: 'PF_NOPEUSD' }, undefined],
      ] as const) {
        const error = await failureOf(orders.place({ ...order, orderType: 'lmt', ...broken }));
        expect(error).toMatchObject({ code: 'INVALID_ORDER', context: { nearest } });
      }
      expect(kraken.sandbox.stats.requests).toBe(before);
    });
  });

  it('whose answer is lost are unknown, and reconciled to one order, open or filled', async () => {
    const lost = { when: 'after', how: 'reset' } as const;
    await withKraken(
      async (kraken) => {
        const orders = await ordersOf(kraken);
        for (const [orderType, state] of [
          ['lmt', 'open'],
          ['mkt', 'filled'],
        ] as const) {
          const outcome = await orders.place({ ...order, orderType });
          expect(outcome).toMatchObject({ status: 'unknown', reason: 'disconnect' });
          const { orders: kept } = kraken.sandbox.futures;
          expect(await orders.reconcile(outcome, noWait)).toMatchObject({
            status: 'found',
            orderId: kept.at(-1)?.orderId,
            state,
          });
        }
        expect(kraken.sandbox.futures.orders).toHaveLength(2);
      },
      onOrders(lost, lost),
    );
  });

  it('are asked for by several ids at once, in a form that repeats its keys', async () => {
    await withKraken(async (kraken) => {
      const orders = await ordersOf(kraken);
      const placed = [];
      for (let count = 0; count < 3; count += 1) {
        placed.push(await orders.place({ ...order, orderType: 'lmt' }));
      }
      const [first, second, third] = kraken.sandbox.futures.orders.map(({ orderId }) => orderId);
      const status = await kraken.futures().ordersStatus({
        orderIds: [first ?? '', second ?? ''],
        cliOrdIds: [placed[2]?.clientOrderId ?? ''],
      });
      expect(status.orders.map((row) => row.order.orderId)).toStrictEqual([first, second, third]);
    });
  });
});
