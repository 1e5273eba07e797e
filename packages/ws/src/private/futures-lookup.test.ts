import type { ExecutionHistoryEvent, HistoricalOrder } from '@kr/schemas/futures-rest';
import { describe, expect, it } from 'vitest';
import { FuturesLookup } from './futures-lookup.ts';
import type { FuturesOrderReader, HistoryPage } from './order-reader.ts';

const { signal } = new AbortController();
const nobody = (): undefined => undefined;
const page = <Event>(...events: Event[]): HistoryPage<Event> => ({
  accountUid: 'me',
  elements: events.map((event, index) => ({ timestamp: 1_700_000_000_000 - index, event })),
});

function order(uid: string, more: Partial<HistoricalOrder> = {}): HistoricalOrder {
  return {
    uid,
    accountUid: 'me',
    tradeable: 'PI_XBTUSD',
    direction: 'Sell',
    quantity: '10',
    filled: '0',
    timestamp: 1_700_000_000_000,
    limitPrice: '40000',
    orderType: 'Limit',
    clientId: '',
    reduceOnly: false,
    lastUpdateTimestamp: 1_700_000_000_000,
    ...more,
  };
}

const none = (): Promise<HistoryPage<never>> => Promise.resolve(page<never>());

/** Knows nothing but what is given. */
function reader(given: Partial<FuturesOrderReader>): FuturesOrderReader {
  return {
    ordersStatus: () => Promise.resolve({ orders: [] }),
    orderHistory: none,
    triggerHistory: none,
    executionHistory: none,
    ...given,
  };
}

const execution = (
  sides: Partial<ExecutionHistoryEvent['Execution']['execution']>,
): ExecutionHistoryEvent => ({
  Execution: {
    execution: {
      uid: 'e1',
      timestamp: 1_700_000_000_000,
      quantity: '4',
      price: '40000',
      limitFilled: false,
      ...sides,
    },
  },
});

describe('FuturesLookup', () => {
  it('takes the newest of what is told of an order, and nothing that is not its end', async () => {
    const lookup = new FuturesLookup(
      reader({
        orderHistory: () =>
          Promise.resolve(
            page(
              {
                OrderRejected: { order: order('a'), orderError: 'POST_WOULD_EXECUTE', reason: 'x' },
              },
              { OrderPlaced: { order: order('a'), reason: 'new_user_order' } },
              {
                OrderUpdated: {
                  oldOrder: order('b'),
                  newOrder: order('b', { quantity: '0', filled: '10' }),
                  reason: 'full_fill',
                },
              },
              {
                OrderUpdated: {
                  oldOrder: order('c'),
                  newOrder: order('c', { quantity: '6', filled: '4' }),
                  reason: 'partial_fill',
                },
              },
              { OrderNotFound: { accountUid: 'me', orderId: 'd' } },
            ),
          ),
      }),
    );
    const found = await lookup.orders(['a', 'b', 'c', 'd'], 1_699_999_000, nobody, signal);
    expect(
      found.map(({ orderId, status, reason, quantity, filledQuantity }) => [
        orderId,
        status,
        reason,
        quantity,
        filledQuantity,
      ]),
    ).toStrictEqual([
      ['a', 'canceled', 'POST_WOULD_EXECUTE', '10', '0'],
      ['b', 'filled', 'full_fill', '10', '10'],
    ]);
    expect(found[0]).toMatchObject({
      symbol: 'PI_XBTUSD',
      side: 'sell',
      orderType: 'limit',
      clientOrderId: undefined,
      updatedAt: '2023-11-14T22:13:20.000000000Z',
    });
  });

  it('reads page after page since the loss, and no further than it must', async () => {
    const asked: object[] = [];
    const pages = [
      { ...page({ OrderCancelled: { order: order('x'), reason: 'x' } }), continuationToken: 't1' },
      { ...page({ OrderCancelled: { order: order('a'), reason: 'x' } }), continuationToken: 't2' },
      page({ OrderCancelled: { order: order('z'), reason: 'x' } }),
    ];
    const lookup = new FuturesLookup(
      reader({
        orderHistory: (params) => {
          asked.push(params);
          return Promise.resolve(pages[asked.length - 1] ?? page());
        },
      }),
    );
    const found = await lookup.orders(['a'], 1_699_999_000, nobody, signal);
    expect(found.map(({ orderId }) => orderId)).toStrictEqual(['a']);
    const since = 1_699_999_000_000;
    expect(asked).toStrictEqual([
      { sort: 'desc', since },
      { sort: 'desc', since, continuation_token: 't1' },
    ]);
  });

  it('does not go round where a page names itself as the next', async () => {
    let pages = 0;
    const lookup = new FuturesLookup(
      reader({
        executionHistory: () => {
          pages += 1;
          return Promise.resolve({ ...page<ExecutionHistoryEvent>(), continuationToken: 'same' });
        },
      }),
    );
    expect(await lookup.fills(1_699_999_000, nobody, signal)).toStrictEqual([]);
    expect(pages).toBe(2);
  });

  it.each([
    [
      'what is the account’s alone',
      { order: order('a'), executionType: 'taker', orderData: { fee: '0.1', positionSize: '4' } },
      'a',
      'taker',
      '0.1',
    ],
    [
      'the maker’s side',
      {
        makerOrder: order('a'),
        takerOrder: order('b', { accountUid: 'other' }),
        makerOrderData: { fee: '-0.1', positionSize: '4' },
      },
      'a',
      'maker',
      '-0.1',
    ],
    [
      'the taker’s side',
      {
        makerOrder: order('a', { accountUid: 'other' }),
        takerOrder: order('b'),
        takerOrderData: { fee: '0.2', positionSize: '4' },
      },
      'b',
      'taker',
      '0.2',
    ],
  ] as const)('tells a fill by %s', async (_, sides, orderId, liquidity, fee) => {
    const lookup = new FuturesLookup(
      reader({ executionHistory: () => Promise.resolve(page(execution(sides))) }),
    );
    expect(await lookup.fills(1_699_999_000, nobody, signal)).toMatchObject([
      {
        executionId: 'e1',
        orderId,
        liquidity,
        // Inverse: settled in the base.
        fees: [{ asset: 'XBT', qty: fee }],
        isRecovered: true,
      },
    ]);
  });

  it('tells no fill of an execution that has no side of the account’s', async () => {
    const lookup = new FuturesLookup(
      reader({ executionHistory: () => Promise.resolve(page(execution({}))) }),
    );
    expect(await lookup.fills(1_699_999_000, nobody, signal)).toStrictEqual([]);
    expect(await lookup.orders(['a'], 1_699_999_000, nobody, signal)).toStrictEqual([]);
  });

  it('has an order that never rests as filled where only its executions are told', async () => {
    const own = order('a', { orderType: 'Market', quantity: '4' });
    const lookup = new FuturesLookup(
      reader({ executionHistory: () => Promise.resolve(page(execution({ order: own }))) }),
    );
    expect(await lookup.orders(['a'], 1_699_999_000, nobody, signal)).toMatchObject([
      { orderId: 'a', status: 'filled', isOpen: false, orderType: 'market' },
    ]);
  });
});
