import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import { DerivativesDesk, MARKET, PROTOCOLS, RESTING } from '../../test/derivatives-desk.ts';
import { books } from '../book/index.ts';
import type { FuturesV1Client } from '../futures-v1/index.ts';
import { orders, positions } from '../private/index.ts';
import { createDerivativesClient, derivativesUrls, tickers, trades } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

const symbol = ['PF_XBTUSD'];

async function open(...args: Parameters<typeof DerivativesDesk.open>): Promise<DerivativesDesk> {
  const desk = await DerivativesDesk.open(...args);
  opened.push(desk);
  return desk;
}

describe.each(PROTOCOLS)('one program over %s', (protocol) => {
  it('has trades, tickers, books, orders, fills and positions', async () => {
    const desk = await open(protocol);
    const { harness, client, gaps } = desk;
    const feed = books(client, { symbol, depth: 25 });
    const own = await desk.follow();
    const { fills } = desk;
    const changes: string[] = [];
    const held = positions(client, {
      onPosition: ({ size }) => changes.push(Number(size).toFixed(2)),
    });
    await harness.wait(held.live());
    const prints = trades(client, { symbol });
    const quotes = tickers(client, { symbol });

    const quote = (await harness.wait(quotes.next())).value;
    expect(quote).toMatchObject({ symbol: 'PF_XBTUSD', wire: expect.anything() });
    expect(Number(quote?.bid)).toBeLessThan(Number(quote?.ask));
    const first = (await harness.wait(prints.next())).value;
    expect(first?.type).toBe('snapshot');
    const times = first?.data.map(({ time }) => time) ?? [];
    expect(times).toStrictEqual(times.toSorted());
    expect(await harness.run(20_000, () => feed.get('PF_XBTUSD').status === 'verified')).toBe(true);

    const resting = await desk.accepted(RESTING);
    const taken = await desk.accepted(MARKET);
    const isThere = (): boolean => desk.filled === '0.0200' && own.get(resting) !== undefined;
    expect(await harness.run(5000, isThere)).toBe(true);
    expect(own.get(resting)).toMatchObject({
      clientOrderId: 'kr-1',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      orderType: 'limit',
      isOpen: true,
      status: 'new',
    });
    expect([own.get(resting)?.quantity, own.get(resting)?.limitPrice].map(Number)).toStrictEqual([
      0.02, 50_000,
    ]);
    expect(own.get(taken)).toMatchObject({ status: 'filled', isOpen: false });
    expect(fills[0]).toMatchObject({
      orderId: taken,
      clientOrderId: 'kr-2',
      symbol: 'PF_XBTUSD',
      side: 'buy',
      liquidity: 'taker',
      fees: [{ asset: 'USD' }],
    });
    expect(await harness.run(5000, () => changes.at(-1) === '0.02')).toBe(true);
    expect(Number(held.get('PF_XBTUSD')?.size)).toBe(0.02);
    expect(Number(held.get('PF_XBTUSD')?.entryPrice)).toBeGreaterThan(0);

    await desk.accepted({ ...MARKET, side: 'sell' });
    expect(await harness.run(5000, () => changes.at(-1) === '0.00')).toBe(true);
    expect(held.all).toStrictEqual([]);
    await harness.wait(desk.trader.cancel({ order_id: resting }));
    expect(await harness.run(5000, () => own.open.length === 0)).toBe(true);
    expect(own.get(resting)?.status).toBe('canceled');
    expect(gaps).toStrictEqual([]);
  });

  it('tells each fill once, also of what was filled while it was not connected', async () => {
    const desk = await open(protocol);
    const { harness } = desk;
    const own = await desk.follow();
    const { fills, statuses } = desk;
    const resting = await desk.accepted(RESTING);
    expect(await harness.run(5000, () => own.open.length === 1)).toBe(true);
    harness.sandbox.faults.inject({ kind: 'reset', connection: 2 });
    expect(await harness.run(5000, () => own.status === 'broken', 1)).toBe(true);
    const taken = await desk.accepted(MARKET);
    await harness.wait(desk.trader.cancel({ order_id: resting }));
    await harness.wait(own.live());
    expect(desk.filled).toBe('0.0200');
    expect(new Set(fills.map(({ executionId }) => executionId)).size).toBe(fills.length);
    expect(fills.every(({ orderId, isRecovered }) => orderId === taken && isRecovered)).toBe(true);
    // Nobody could be asked what became of it.
    expect(own.get(resting)).toMatchObject({ status: 'unknown', isOpen: false });
    expect(statuses).toStrictEqual(['live', 'broken', 'reconciling', 'live']);
    await desk.accepted(MARKET);
    expect(await harness.run(5000, () => desk.filled === '0.0400')).toBe(true);
  });

  it('counts what an order took at once and what it got later', async () => {
    const desk = await open(protocol);
    const { harness } = desk;
    const own = await desk.follow();
    const { fills } = desk;
    const feed = books(desk.client, { symbol });
    expect(await harness.run(20_000, () => feed.get('PF_XBTUSD').status === 'verified')).toBe(true);
    const state = feed.get('PF_XBTUSD');
    const ask = state.status === 'verified' ? state.book.bestAsk() : undefined;
    if (ask === undefined) throw new Error('no book');
    // More than stands at the best price: it rests with what is left.
    const order_qty = (Number(ask.quantity) + 0.5).toFixed(4);
    const orderId = await desk.accepted({ ...RESTING, limit_price: ask.price, order_qty });
    expect(await harness.run(5000, () => fills.length > 0)).toBe(true);
    const order = (): number => Number(own.get(orderId)?.filledQuantity);
    expect(order().toFixed(4)).toBe(desk.filled);
    await harness.run(20_000, () => own.get(orderId)?.isOpen === false);
    expect(order().toFixed(4)).toBe(desk.filled);
    expect(Number(own.get(orderId)?.quantity).toFixed(4)).toBe(order_qty);
  });

  it('loses nothing when either of two connections goes', async () => {
    const desk = await open(protocol, { redundancy: 2 });
    const { harness, gaps } = desk;
    const own = await desk.follow();
    const { statuses } = desk;
    await harness.run(2000);
    for (const connection of [2, 3]) {
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      await desk.accepted(MARKET);
      await harness.run(5000);
    }
    expect(desk.filled).toBe('0.0400');
    expect(own.open).toStrictEqual([]);
    expect([statuses, gaps]).toStrictEqual([['live'], []]);
  });
});

describe('createDerivativesClient()', () => {
  it('is typed by its word, and keeps all that its own socket has', async () => {
    const harness = await AccountHarness.open();
    opened.push(harness);
    const client = createDerivativesClient({
      protocol: 'futures-v1',
      urls: { 'futures-v1': harness.futuresUrl },
      clock: harness.time,
      timers: harness.time,
    });
    opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
    expectTypeOf(client).toEqualTypeOf<FuturesV1Client>();
    const { value } = await harness.wait(client.subscribe({ channel: 'ticker', symbol }).next());
    expect(value?.markPrice).toBeDefined();
    expect(() => orders(client)).toThrow('open_orders needs');
  });

  it('knows the addresses of the exchange', () => {
    expect(derivativesUrls).toStrictEqual({
      'futures-v1': { public: 'wss://futures.kraken.com/ws/v1' },
      unified: {
        public: 'wss://uws.kraken.com/v2/public',
        private: 'wss://uws.kraken.com/v2/private',
      },
    });
  });
});
