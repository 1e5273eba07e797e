import { describe, expect, it } from 'vitest';
import { type Says, withFuturesExchange } from '../test/futures-exchange.ts';
import { failureOf } from '../test/kraken.ts';
import { createFuturesOrders, type FuturesClient, type NewFuturesBatchOrder } from './index.ts';

const takesAll: Says = () => ({ batchStatus: [] });

const order = { orderType: 'lmt', symbol: 'PF_PEPEUSD', side: 'buy' } as const;

describe('a batch of Futures', () => {
  it('is sent as JSON text whose amounts are raw numbers of every digit, and signed as sent', async () => {
    await withFuturesExchange(async (client, heard) => {
      await client.batchOrder({
        json: {
          batchOrder: [
            {
              order: 'send',
              order_tag: '1',
              ...order,
              limitPrice: '0.00000120',
              size: '123456789.12345678',
              cliOrdId: undefined,
            },
            { order: 'edit', order_id: 'e35d61dd', size: '10' },
            { order: 'cancel', cliOrdId: 'mine' },
          ],
        },
      });
      expect(new URLSearchParams(heard[0]?.text).get('json')).toBe(
        '{"batchOrder":[' +
          '{"order":"send","order_tag":"1","orderType":"lmt","symbol":"PF_PEPEUSD","side":"buy",' +
          '"limitPrice":0.00000120,"size":123456789.12345678},' +
          '{"order":"edit","order_id":"e35d61dd","size":10},' +
          '{"order":"cancel","cliOrdId":"mine"}]}',
      );
    }, takesAll);
  });

  it('is refused with its place before anything is sent', async () => {
    await withFuturesExchange(async (client, heard) => {
      const wrong = { order: 'send', order_tag: '1', ...order, size: 'much' } as const;
      expect(await failureOf(client.batchOrder({ json: { batchOrder: [wrong] } }))).toMatchObject({
        code: 'INVALID_PARAMS',
        effect: 'none',
        context: { field: 'json.batchOrder[0].size' },
      });
      expect(heard).toHaveLength(0);
    });
  });
});

const instrument = {
  symbol: 'PF_XBTUSD',
  tickSize: '1',
  lotSize: '0.0001',
  orderMin: undefined,
  positionMax: undefined,
  isTradeable: true,
};
const wanted = { symbol: 'PF_XBTUSD', orderType: 'lmt', side: 'buy', size: '1' } as const;
const several: readonly NewFuturesBatchOrder[] = ['9400', '9401', '9402', '9403', '9404'].map(
  (limitPrice) => ({ ...wanted, limitPrice }),
);

function ordersOf(client: FuturesClient, intents: string[] = []) {
  let ids = 0;
  return createFuturesOrders({
    client,
    timers: globalThis,
    instruments: new Map([['PF_XBTUSD', instrument]]),
    createClientOrderId: () => `mine-${(ids += 1)}`,
    onIntent: ({ clientOrderId }) => void intents.push(clientOrderId),
  });
}

const row = (order_tag: string, status: string, order_id?: string) => ({
  order_tag,
  status,
  order_id,
});

/** One row of each kind, in an order of its own; the last order has none. */
const mixed: Says = () => ({
  batchStatus: [
    row('3', 'Server Error'),
    row('2', 'placed'),
    row('1', 'insufficientAvailableFunds', 'refused-has-an-id-too'),
    row('0', 'placed', 'order-0'),
  ],
});

describe('placing a batch of Futures', () => {
  it('gives an outcome for each, in their order, whatever the order of the rows', async () => {
    await withFuturesExchange(async (client, heard) => {
      const intents: string[] = [];
      const outcomes = await ordersOf(client, intents).placeBatch(several, {
        processBefore: '2026-01-01T00:00:00.000Z',
      });
      expect(outcomes).toMatchObject([
        { status: 'accepted', clientOrderId: 'mine-1', orderId: 'order-0' },
        {
          status: 'rejected',
          clientOrderId: 'mine-2',
          error: { raw: 'insufficientAvailableFunds' },
        },
        { status: 'unknown', clientOrderId: 'mine-3', reason: 'transport' },
        { status: 'unknown', clientOrderId: 'mine-4', reason: 'ambiguousError' },
        { status: 'unknown', clientOrderId: 'mine-5', reason: 'transport' },
      ]);
      expect(intents).toStrictEqual(outcomes.map(({ clientOrderId }) => clientOrderId));
      expect(heard).toHaveLength(1);
      const form = new URLSearchParams(heard[0]?.text);
      expect(form.get('ProcessBefore')).toBe('2026-01-01T00:00:00.000Z');
      const { batchOrder } = JSON.parse(form.get('json') ?? '') as { batchOrder: object[] };
      expect(batchOrder[4]).toStrictEqual({
        order: 'send',
        order_tag: '4',
        ...wanted,
        size: 1,
        limitPrice: 9404,
        cliOrdId: 'mine-5',
      });
    }, mixed);
  });

  it('leaves an order open whose status nobody documented: the word may mean either', async () => {
    await withFuturesExchange(
      async (client) => {
        const [outcome] = await ordersOf(client).placeBatch(several.slice(0, 1));
        expect(outcome).toMatchObject({ status: 'unknown', error: { raw: 'heldForReview' } });
      },
      () => ({ batchStatus: [row('0', 'heldForReview', 'order-0')] }),
    );
  });

  it('whose answer is lost is unknown for each, and sent once', async () => {
    await withFuturesExchange(
      async (client, heard) => {
        const outcomes = await ordersOf(client).placeBatch(several);
        expect(new Set(outcomes.map(({ status }) => status))).toStrictEqual(new Set(['unknown']));
        expect([outcomes.length, heard.length]).toStrictEqual([5, 1]);
      },
      () => 'lost',
    );
  });

  it('is kept back whole when one order breaks a limit, and empty is nothing', async () => {
    await withFuturesExchange(async (client, heard) => {
      const intents: string[] = [];
      const orders = ordersOf(client, intents);
      const broken = [...several, { ...wanted, limitPrice: '9400.5' }];
      expect(await failureOf(orders.placeBatch(broken))).toMatchObject({
        code: 'INVALID_ORDER',
        context: { field: 'limitPrice' },
      });
      expect(await orders.placeBatch([])).toStrictEqual([]);
      expect([heard.length, intents.length]).toStrictEqual([0, 0]);
    });
  });
});
