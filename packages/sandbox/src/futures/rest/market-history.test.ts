import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../../test/futures-client.ts';
import { FuturesRest } from '../../../test/futures-rest.ts';
import type { Sandbox } from '../../sandbox-types.ts';
import type { FuturesAccountOptions } from '../desk.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

const SYMBOL = 'PF_XBTUSD';
type Elements = readonly { timestamp: number; event: Record<string, Record<string, unknown>> }[];

async function open() {
  const all = await openFutures(['alice']);
  opened.push(all.sandbox);
  const rest = new FuturesRest(all.http, all.accounts[0] as FuturesAccountOptions);
  await rest.get('ticker', { symbol: SYMBOL });
  all.time.advance(60_000);
  return { ...all, rest };
}

const kindsOf = (elements: Elements): readonly string[] =>
  elements.map(({ event }) => Object.keys(event)[0] ?? '');

describe('the past of a contract', () => {
  it('is its mark price as it went, up to now', async () => {
    const { rest } = await open();
    const { elements } = await rest.get<{ elements: Elements }>('marketPriceHistory', {
      tradeable: SYMBOL,
    });
    expect(elements.length).toBeGreaterThan(10);
    expect(new Set(kindsOf(elements))).toEqual(new Set(['MarkPriceChanged']));
    const { ticker } = await rest.get<{ ticker: { markPrice: number } }>('ticker', {
      symbol: SYMBOL,
    });
    expect(Number(elements[0]?.event['MarkPriceChanged']?.['price'])).toBe(ticker.markPrice);
  });

  it('is its orders, which came, were changed and went, of nobody by name', async () => {
    const { rest } = await open();
    const { elements } = await rest.get<{ elements: Elements }>('marketOrderHistory', {
      tradeable: SYMBOL,
      count: '1000',
    });
    expect(new Set(kindsOf(elements))).toEqual(
      new Set(['OrderPlaced', 'OrderUpdated', 'OrderCancelled']),
    );
    expect(JSON.stringify(elements)).not.toContain('accountUid');
  });
});

describe('what an account told to wait for a price', () => {
  it('is a trigger until the price is reached, and an order from then on', async () => {
    const { rest, time } = await open();
    const stop = { orderType: 'stp', symbol: SYMBOL, side: 'buy', size: '0.01' };
    const placed = await rest.get<{ sendStatus: { order_id: string } }>('sendOrder', {
      ...{ ...stop, stopPrice: '200000', limitPrice: '200000' },
    });
    await rest.get('cancelOrder', { order_id: placed.sendStatus.order_id });
    await rest.get('sendOrder', { ...stop, orderType: 'take_profit', stopPrice: '60000' });
    const woken = { ...stop, orderType: 'take_profit', stopPrice: '190000' };
    await rest.get('sendOrder', woken);
    time.advance(5_000);
    const { elements } = await rest.get<{ elements: Elements }>('triggerHistory', { sort: 'asc' });
    expect(kindsOf(elements)).toEqual([
      ...['OrderTriggerPlaced', 'OrderTriggerCancelled', 'OrderTriggerPlaced'],
      ...['OrderTriggerPlaced', 'OrderTriggerActivated'],
    ]);
    const orders = await rest.get<{ elements: Elements }>('orderHistory', { sort: 'asc' });
    expect(kindsOf(orders.elements)[0]).toBe('OrderPlaced');
  });
});
