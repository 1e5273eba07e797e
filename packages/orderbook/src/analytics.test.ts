import { describe, expect, it } from 'vitest';
import { level } from '../test/frames.ts';
import { L3_ASKS, L3_BIDS } from '../test/l3-vector.ts';
import {
  averageOrderSize,
  cumulativeDepth,
  depthWithinBps,
  executeNotional,
  executeQuantity,
  groupLevels,
  imbalance,
  microprice,
  mid,
  ordersAtBest,
  queuePosition,
  spread,
  spreadBps,
  topOfBook,
  viewOf,
} from './analytics.ts';
import { L3Book } from './index.ts';

const book = viewOf({
  bids: ['100.0 1.50', '99.5 2.00', '99.0 3.00'].map(level),
  asks: ['100.5 0.50', '101.0 2.50', '102.5 4.00'].map(level),
});
const empty = viewOf({ bids: [], asks: [] });
const oneSided = viewOf({ bids: book.bids(), asks: [] });

describe('the top of the book', () => {
  it('is read exactly', () => {
    expect(topOfBook(book)).toEqual({ bid: level('100.0 1.50'), ask: level('100.5 0.50') });
    expect([spread(book), mid(book)]).toEqual(['0.5', '100.25']);
    expect(spreadBps(book)).toBeCloseTo((0.5 / 100.25) * 10_000, 8);
    expect(microprice(book)).toBe('100.375000000');
    expect(imbalance(book, 1)).toBe(0.5);
    expect(imbalance(book, 2)).toBeCloseTo(0.5 / 6.5, 14);
  });

  it.each([empty, oneSided])('has no spread, mid or microprice without two sides', (view) => {
    expect([spread(view), spreadBps(view), mid(view), microprice(view)]).toEqual(
      Array.from({ length: 4 }),
    );
    expect(depthWithinBps(view, 'bids', 10)).toBeUndefined();
  });

  it('has an imbalance with one side, none with neither', () => {
    expect([imbalance(oneSided, 5), imbalance(empty, 5)]).toEqual([1, undefined]);
    expect(topOfBook(empty)).toEqual({ bid: undefined, ask: undefined });
  });

  it('tells a locked and a crossed book by its spread', () => {
    const crossed = viewOf({ bids: [level('101.0 1')], asks: [level('100.5 1')] });
    expect([spread(crossed), mid(crossed)]).toEqual(['-0.5', '100.75']);
  });
});

describe('depth', () => {
  it('sums up from the best level on', () => {
    expect(cumulativeDepth(book, 'asks', 2)).toEqual([
      { ...level('100.5 0.50'), cumulativeQuantity: '0.50', cumulativeNotional: '50.250' },
      { ...level('101.0 2.50'), cumulativeQuantity: '3.00', cumulativeNotional: '302.750' },
    ]);
    expect(cumulativeDepth(empty, 'bids')).toEqual([]);
  });

  it('is counted within basis points of the mid, the bound included', () => {
    // 100.25 × (1 + 74.8129…/10000) is just under 101.0.
    expect(depthWithinBps(book, 'asks', 74)?.levels).toBe(1);
    expect(depthWithinBps(book, 'asks', 75)).toEqual({
      levels: 2,
      quantity: '3.00',
      notional: '302.750',
    });
    const even = viewOf({ bids: [level('99 1')], asks: [level('101 2')] });
    expect(depthWithinBps(even, 'bids', 100)?.levels).toBe(1);
    expect(depthWithinBps(even, 'bids', '99.99')).toEqual({
      levels: 0,
      quantity: '0',
      notional: '0',
    });
  });
});

describe('execution', () => {
  it('walks the book for a quantity', () => {
    expect(executeQuantity(book, 'buy', '1.50')).toEqual({
      complete: true,
      quantity: '1.50',
      notional: '151.250',
      vwap: '100.833333333',
      worstPrice: '101.0',
      levels: 2,
      slippageBps: 58.18786367,
    });
    expect(executeQuantity(book, 'sell', '1.5').slippageBps).toBeCloseTo((0.25 / 100.25) * 1e4, 6);
  });

  it('says when the book holds too little', () => {
    const all = executeQuantity(book, 'buy', '100');
    expect([all.complete, all.quantity, all.levels, all.worstPrice]).toEqual([
      false,
      '7.00',
      3,
      '102.5',
    ]);
    expect(executeQuantity(empty, 'buy', '1')).toEqual({
      complete: false,
      quantity: '0',
      notional: '0',
      vwap: undefined,
      worstPrice: undefined,
      levels: 0,
      slippageBps: undefined,
    });
    expect(executeQuantity(book, 'buy', '0').complete).toBe(true);
    expect(() => executeQuantity(book, 'buy', '-1')).toThrow('negative');
  });

  it('walks the book for a notional, the quantity rounded down', () => {
    const half = executeNotional(book, 'buy', '100.75');
    expect([half.complete, half.quantity, half.notional]).toEqual([true, '1.00', '100.750']);
    const rounded = executeNotional(book, 'buy', '70');
    expect([rounded.quantity, rounded.notional]).toEqual(['0.69', '69.440']);
    expect(executeNotional(book, 'buy', '70', 4).quantity).toBe('0.6955');
    expect(executeNotional(book, 'sell', '1000000').complete).toBe(false);
    expect(executeNotional(oneSided, 'sell', '100').slippageBps).toBeUndefined();
  });
});

describe('groupLevels', () => {
  it('sends bids down and asks up', () => {
    expect(groupLevels(book, 'bids', '0.1', 10)).toEqual(['100.0 1.50', '99.0 5.00'].map(level));
    expect(groupLevels(book, 'asks', '0.1', 10)).toEqual(['101.0 3.00', '103.0 4.00'].map(level));
    expect(groupLevels(book, 'asks', '0.1', 10, 1)).toEqual([level('101.0 3.00')]);
  });

  it('takes ticks that are no power of ten', () => {
    expect(groupLevels(book, 'bids', '0.25', 3)).toEqual(['99.75 1.50', '99.00 5.00'].map(level));
  });
});

describe('orders', () => {
  const orders = new L3Book({ depth: 10 });
  orders.applySnapshot({ bids: L3_BIDS, asks: L3_ASKS });

  it('are read at the best level', () => {
    expect(ordersAtBest(orders, 'asks')).toEqual(L3_ASKS.slice(0, 4));
    expect(averageOrderSize(ordersAtBest(orders, 'asks'))).toBe('1.13379914');
    expect(averageOrderSize(ordersAtBest(orders, 'asks'), 2)).toBe('1.13');
    expect(averageOrderSize([])).toBeUndefined();
  });

  it('have a place in their queue', () => {
    expect(queuePosition(orders, 'OMPHVY-IZPJ4-KOKA3P')).toEqual({
      side: 'bids',
      rank: 0,
      position: 2,
      ordersAhead: 2,
      quantityAhead: '1.34178699',
      ordersBehind: 5,
      levelQuantity: '3.55788870',
    });
    expect(queuePosition(orders, 'OTCFZG-YOE2Q-LQKNM3')?.quantityAhead).toBe('0');
    expect(queuePosition(orders, 'OAAAAA-AAAAA-AAAAAA')).toBeUndefined();
  });

  it('make a book of levels too', () => {
    expect([spread(orders), mid(orders)]).toEqual(['0.1', '44939.45']);
  });
});
