import { describe, expect, it } from 'vitest';
import { DESK_MS, FuturesDesk } from '../test/futures-desk.ts';
import { type Says, withFuturesExchange } from '../test/futures-exchange.ts';
import { createFuturesOrders, type FuturesClient } from './index.ts';

const noWait = { attempts: 1 };
const sinceSeconds = DESK_MS / 1000;
const ordersOf = (client: FuturesClient) =>
  createFuturesOrders({ client, timers: globalThis, instruments: new Map() });

/** An order of a type, what happened to it, and other orders' history on top of it. */
function deskWith(
  orderType: string,
  happens: (desk: FuturesDesk, order: ReturnType<FuturesDesk['place']>) => void,
  { later = 10, fills = true } = {},
): FuturesDesk {
  const desk = new FuturesDesk();
  const place = (cliOrdId: string, type: string) =>
    desk.place({ orderType: type, size: 2, cliOrdId });
  happens(desk, place('mine', orderType));
  for (let count = 0; count < later; count += 1) {
    place(`other-${count}`, 'mkt');
    desk.cancel(place(`cancelled-${count}`, 'lmt'));
    desk.cancel(place(`stop-${count}`, 'stp'));
  }
  desk.forget({ fills });
  return desk;
}

const saysOf =
  (desk: FuturesDesk): Says =>
  (heard) =>
    desk.says(heard);

describe('reconciling a Futures order that is long done', () => {
  it.each<[string, string, string, Parameters<typeof deskWith>[1]]>([
    ['cancelled', 'lmt', 'cancelled', (desk, order) => desk.cancel(order)],
    ['filled', 'lmt', 'filled', (desk, order) => desk.trade(order, 2)],
    ['filled at once', 'mkt', 'filled', () => {}],
    ['refused after it was received', 'post', 'rejected', () => {}],
    [
      'cancelled after a part of it traded',
      'lmt',
      'cancelled',
      (desk, order) => {
        desk.trade(order, 1);
        desk.cancel(order);
      },
    ],
    ['a stop that was cancelled', 'stp', 'cancelled', (desk, order) => desk.cancel(order)],
  ])('finds what was %s in the histories, behind pages of others', async (...row) => {
    const [, orderType, state, happens] = row;
    const desk = deskWith(orderType, happens);
    await withFuturesExchange(async (client) => {
      const orders = ordersOf(client);
      const found = { status: 'found', clientOrderId: 'mine', orderId: 'order-1', state };
      const options = { ...noWait, sinceSeconds };
      expect(await orders.reconcile({ clientOrderId: 'mine' }, options)).toStrictEqual(found);
    }, saysOf(desk));
  });

  it('without a time, looks at the newest page of each history', async () => {
    const cancelled = deskWith('lmt', (desk, order) => desk.cancel(order), { later: 0 });
    await withFuturesExchange(async (client, heard) => {
      const outcome = await ordersOf(client).reconcile({ clientOrderId: 'mine' }, noWait);
      expect(outcome).toMatchObject({ status: 'found', state: 'cancelled' });
      expect(heard.at(-1)?.text).toBe('sort=desc');
    }, saysOf(cancelled));
    const buried = deskWith('lmt', (desk, order) => desk.cancel(order));
    await withFuturesExchange(async (client) => {
      const outcome = await ordersOf(client).reconcile({ clientOrderId: 'mine' }, noWait);
      expect(outcome).toStrictEqual({ status: 'notFound', clientOrderId: 'mine' });
    }, saysOf(buried));
  });

  it('does not look at what was before it was sent, and finds no order of another', async () => {
    const desk = deskWith('lmt', (of, order) => of.cancel(order));
    await withFuturesExchange(async (client) => {
      const orders = ordersOf(client);
      const later = { ...noWait, sinceSeconds: sinceSeconds + 10_000 };
      for (const [clientOrderId, options] of [
        ['mine', later],
        ['min', { ...noWait, sinceSeconds }],
        ['mine ', { ...noWait, sinceSeconds }],
      ] as const) {
        const outcome = await orders.reconcile({ clientOrderId }, options);
        expect(outcome).toStrictEqual({ status: 'notFound', clientOrderId });
      }
      // Or of nobody: orders without a client order id are most of them.
      await expect(orders.reconcile({ clientOrderId: '' })).rejects.toHaveProperty(
        'code',
        'INVALID_PARAMS',
      );
    }, saysOf(desk));
  });

  it('looks again while the history and the open orders disagree', async () => {
    const desk = deskWith('lmt', () => {}, { later: 0 });
    let looks = 0;
    const says: Says = (heard) => {
      if (heard.path.endsWith('/orders/status') && looks++ === 1) {
        const [mine] = desk.orders;
        if (mine !== undefined) desk.cancel(mine);
        desk.forget();
      }
      const isEarly = looks === 1 && !heard.path.startsWith('/api/history/');
      return isEarly ? { orders: [], openOrders: [], fills: [] } : desk.says(heard);
    };
    await withFuturesExchange(async (client) => {
      const options = { attempts: 2, waitMs: 1 };
      const outcome = await ordersOf(client).reconcile({ clientOrderId: 'mine' }, options);
      expect([outcome, looks]).toMatchObject([{ status: 'found', state: 'cancelled' }, 2]);
    }, says);
  });
});
