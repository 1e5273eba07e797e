import { createSystemTimers, type Timers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import type { Fill } from './fill.ts';
import type { TrackedOrder } from './order.ts';
import type { OrderLookup } from './order-lookup.ts';
import { OrderStore } from './order-store.ts';
import { type Doubts, Recovery } from './recovery.ts';

const atOnce: Timers = {
  ...createSystemTimers(),
  setTimeout: (run) => {
    queueMicrotask(run);
    return undefined;
  },
};
const signal = new AbortController().signal;
const DOWN = new Error('REST is down');

const order = (orderId: string, fields: Partial<TrackedOrder> = {}): TrackedOrder =>
  ({ orderId, status: 'new', isOpen: true, filledQuantity: '0', ...fields }) as TrackedOrder;
const filled = (orderId: string): TrackedOrder =>
  order(orderId, { status: 'filled', isOpen: false, filledQuantity: '2' });
const fill = (orderId: string): Fill =>
  ({ executionId: `E-${orderId}`, orderId, quantity: '2' }) as Fill;
const doubts = (fields: Partial<Doubts>): Doubts => ({
  orderIds: [],
  sinceSeconds: 1000,
  mayLackFills: false,
  ...fields,
});

/** A recovery that asks `lookup`, and all that it asked and told. */
function desk(lookup: Partial<OrderLookup>) {
  const store = new OrderStore(10);
  const asked: string[] = [];
  const told: string[] = [];
  const failures: unknown[] = [];
  const recovery = new Recovery({
    store,
    timers: atOnce,
    attempts: 3,
    lookup: {
      orders: (ids, since, ...rest) => {
        asked.push(`orders ${ids.join()} ${since}`);
        return lookup.orders?.(ids, since, ...rest) ?? Promise.resolve([]);
      },
      fills: (since, ...rest) => {
        asked.push(`fills ${since}`);
        return lookup.fills?.(since, ...rest) ?? Promise.resolve([]);
      },
      find: () => Promise.resolve(undefined),
    },
    onOrder: () => {},
    onFill: ({ executionId }) => told.push(executionId),
    onFailure: (error) => failures.push(error),
  });
  return { store, asked, told, failures, recovery };
}

describe('what a snapshot left open', () => {
  it('is kept to be asked again where every look failed, as old as it is', async () => {
    let isDown = true;
    const answer = <T>(value: T): Promise<T> =>
      isDown ? Promise.reject(DOWN) : Promise.resolve(value);
    const { recovery, asked, told, failures, store } = desk({
      orders: (ids) => answer(ids.map(filled)),
      fills: () => answer([fill('A'), fill('B')]),
    });
    store.replace(order('A'));
    const first = doubts({ orderIds: ['A', 'B'], mayLackFills: true });
    const left = await recovery.resolve(first, signal);
    expect(left).toStrictEqual({ orderIds: ['A', 'B'], mayLackFills: true });
    expect(failures).toStrictEqual([DOWN, DOWN, DOWN]);
    expect(store.get('A')?.status).toBe('unknown');
    isDown = false;
    asked.length = 0;
    const again = await recovery.resolve({ ...left, sinceSeconds: 5000 }, signal);
    expect(again).toStrictEqual({ orderIds: [], mayLackFills: false });
    expect(asked).toStrictEqual(['orders A,B 1000', 'fills 1000']);
    expect(told).toStrictEqual(['E-A', 'E-B']);
  });

  it('has its fills read since the order was last known, not since the latest break', async () => {
    let found: readonly TrackedOrder[] = [];
    const { recovery, asked, told, store } = desk({
      orders: () => Promise.resolve(found),
      fills: (since) => Promise.resolve(since <= 1000 ? [fill('A')] : []),
    });
    store.replace(order('A'));
    await recovery.resolve(doubts({ orderIds: ['A'] }), signal);
    found = [filled('A')];
    await recovery.resolve(doubts({ orderIds: ['A'], sinceSeconds: 5000 }), signal);
    expect(asked.at(-1)).toBe('fills 1000');
    expect(told).toStrictEqual(['E-A']);
  });

  it('is asked again while the history of fills is late', async () => {
    let looks = 0;
    const { recovery, told, store } = desk({
      orders: (ids) => Promise.resolve(ids.map(filled)),
      fills: () => Promise.resolve((looks += 1) < 3 ? [] : [fill('A')]),
    });
    store.replace(order('A'));
    await recovery.resolve(doubts({ orderIds: ['A'] }), signal);
    expect([looks, told]).toStrictEqual([3, ['E-A']]);
  });

  it('waits for no fill that was told before its order was known', async () => {
    let looks = 0;
    const { recovery, store } = desk({
      orders: (ids) => Promise.resolve(ids.map(filled)),
      fills: () => Promise.resolve([]).finally(() => (looks += 1)),
    });
    store.isNewFill('E-A');
    store.addFill('A', '2');
    await recovery.resolve(doubts({ orderIds: ['A'] }), signal);
    expect([looks, store.get('A')?.filledQuantity]).toStrictEqual([0, '2']);
  });

  it('ends with what a listener throws, which is no failure of the reader', async () => {
    const { recovery, failures, store, told } = desk({
      orders: (ids) => Promise.resolve(ids.map(filled)),
      fills: () => Promise.resolve([fill('A')]),
    });
    told.push = () => {
      throw new Error('the listener');
    };
    store.replace(order('A'));
    await expect(recovery.resolve(doubts({ orderIds: ['A'] }), signal)).rejects.toThrow(
      'the listener',
    );
    expect(failures).toStrictEqual([]);
  });
});

describe('an order of a later snapshot', () => {
  const row = { order_id: 'A', order_status: 'partially_filled', cum_qty: '0.3', order_qty: '1' };

  it('has been filled as much as it says, when its fills are told after it', () => {
    const store = new OrderStore(10);
    store.merge(row as Parameters<OrderStore['merge']>[0], 'state', true);
    expect(store.lacksFills('A')).toBe(true);
    store.addFill('A', '0.3');
    expect(store.get('A')?.filledQuantity).toBe('0.3');
    expect(store.lacksFills('A')).toBe(false);
  });
});
