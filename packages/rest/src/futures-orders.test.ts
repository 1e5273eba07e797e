import type { RestFault } from '@kr/sandbox/rest';
import { describe, expect, it } from 'vitest';
import { type Kraken, withKraken } from '../test/kraken.ts';
import { createFuturesOrders } from './index.ts';

const order = { symbol: 'PF_XBTUSD', side: 'buy', size: '1', limitPrice: '9400' } as const;
const noWait = { attempts: 2, waitMs: 1 };

function ordersOf({ futures }: Kraken) {
  return createFuturesOrders({ client: futures(), timers: globalThis });
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
      const orders = ordersOf(kraken);
      const accepted = await orders.place({ ...order, orderType: 'lmt' });
      expect(accepted).toMatchObject({
        status: 'accepted',
        orderId: kraken.sandbox.futures.orders[0]?.orderId,
        clientOrderId: kraken.sandbox.futures.orders[0]?.clientOrderId,
      });
      expect(await orders.place({ ...order, orderType: 'lmt', size: '0' })).toMatchObject({
        status: 'rejected',
        error: { raw: 'invalidSize' },
      });
    });
  });

  it('whose answer is lost are unknown, and reconciled to one order, open or filled', async () => {
    const lost = { when: 'after', how: 'reset' } as const;
    await withKraken(
      async (kraken) => {
        const orders = ordersOf(kraken);
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
        const never = await orders.place({ ...order, orderType: 'lmt' });
        expect(never.status).toBe('unknown');
        expect(await orders.reconcile(never, noWait)).toHaveProperty('status', 'notFound');
        expect(kraken.sandbox.futures.orders).toHaveLength(2);
      },
      onOrders(lost, lost, { when: 'before', how: 'reset' }),
    );
  });
});
