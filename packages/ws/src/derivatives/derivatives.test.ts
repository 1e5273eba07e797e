import { createCredentials, createFuturesSigner } from '@kr/auth';
import { createSandboxKey } from '@kr/sandbox';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import { books } from '../book/index.ts';
import type { FuturesV1Client } from '../futures-v1/index.ts';
import { type Fill, type OrdersOptions, orders, positions } from '../private/index.ts';
import { type Trading, trading } from '../trading/index.ts';
import { createUnifiedClient } from '../unified/index.ts';
import {
  createDerivativesClient,
  type DerivativesClient,
  type DerivativesProtocol,
  derivativesUrls,
  tickers,
  trades,
} from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

const PROTOCOLS: readonly DerivativesProtocol[] = ['futures-v1', 'unified'];
const symbol = ['PF_XBTUSD'];
const ORDER = { symbol: 'PF_XBTUSD', side: 'buy', order_qty: '0.02' };
const MARKET = { ...ORDER, order_type: 'market' };
const RESTING = { ...ORDER, order_type: 'limit', limit_price: '50000' };

interface Desk {
  readonly harness: AccountHarness;
  readonly client: DerivativesClient;
  readonly gaps: string[];
  /** Over Unified, whatever the client speaks: futures v1 takes no orders. */
  readonly trader: Trading;
}

async function open(
  protocol: DerivativesProtocol,
  options: { readonly redundancy?: 1 | 2 } = {},
): Promise<Desk> {
  const harness = await AccountHarness.open({ rate: 100 });
  opened.push(harness);
  const { time, provider: tokens } = harness;
  const gaps: string[] = [];
  const common = { clock: time, timers: time, random: () => 0.5 };
  const credentials = createCredentials({
    ...createSandboxKey('desk futures'),
    venue: 'futures',
    environment: 'sandbox',
  });
  const client = createDerivativesClient({
    ...common,
    protocol,
    urls: { 'futures-v1': harness.futuresUrl, unified: harness.unified },
    tokens,
    challenge: createFuturesSigner({ credentials }),
    onGap: ({ reason, channel, to }) =>
      gaps.push([reason, channel, to === undefined ? 'opens' : 'closes'].join(' ')),
    ...options,
  });
  opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
  const other = createUnifiedClient({ ...common, url: harness.unified, tokens });
  opened.push({ [Symbol.asyncDispose]: () => harness.wait(other.close()) });
  const own = orders(other);
  await harness.wait(own.live());
  let made = 0;
  const createClientOrderId = (): string => `kr-${(made += 1)}`;
  return { harness, client, gaps, trader: trading(other, { orders: own, createClientOrderId }) };
}

async function accepted({ harness, trader }: Desk, order: typeof RESTING | typeof MARKET) {
  const outcome = await harness.wait(trader.add(order));
  if (outcome.status !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.orderId;
}

/** One's own orders and fills, and what was told of them. */
async function follow({ harness, client }: Desk, options: OrdersOptions = {}) {
  const fills: Fill[] = [];
  const statuses: string[] = [];
  const own = orders(client, {
    onFill: (fill) => fills.push(fill),
    onStatus: ({ to }) => statuses.push(to),
    ...options,
  });
  await harness.wait(own.live());
  return { own, fills, statuses };
}

const sumOf = (fills: readonly Fill[]): string =>
  fills.reduce((sum, { quantity }) => sum + Number(quantity), 0).toFixed(4);

describe.each(PROTOCOLS)('one program over %s', (protocol) => {
  it('has trades, tickers, books, orders, fills and positions', async () => {
    const desk = await open(protocol);
    const { harness, client, gaps } = desk;
    const feed = books(client, { symbol, depth: 25 });
    const { own, fills } = await follow(desk);
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

    const resting = await accepted(desk, RESTING);
    const taken = await accepted(desk, MARKET);
    const isThere = (): boolean => sumOf(fills) === '0.0200' && own.get(resting) !== undefined;
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

    await accepted(desk, { ...MARKET, side: 'sell' });
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
    const { own, fills, statuses } = await follow(desk);
    const resting = await accepted(desk, RESTING);
    expect(await harness.run(5000, () => own.open.length === 1)).toBe(true);
    harness.sandbox.faults.inject({ kind: 'reset', connection: 2 });
    expect(await harness.run(5000, () => own.status === 'broken', 1)).toBe(true);
    const taken = await accepted(desk, MARKET);
    await harness.wait(desk.trader.cancel({ order_id: resting }));
    await harness.wait(own.live());
    expect(sumOf(fills)).toBe('0.0200');
    expect(new Set(fills.map(({ executionId }) => executionId)).size).toBe(fills.length);
    expect(fills.every(({ orderId, isRecovered }) => orderId === taken && isRecovered)).toBe(true);
    // Nobody could be asked what became of it.
    expect(own.get(resting)).toMatchObject({ status: 'unknown', isOpen: false });
    expect(statuses).toStrictEqual(['live', 'broken', 'reconciling', 'live']);
    await accepted(desk, MARKET);
    expect(await harness.run(5000, () => sumOf(fills) === '0.0400')).toBe(true);
  });

  it('counts what an order took at once and what it got later', async () => {
    const desk = await open(protocol);
    const { harness } = desk;
    const { own, fills } = await follow(desk);
    const feed = books(desk.client, { symbol });
    expect(await harness.run(20_000, () => feed.get('PF_XBTUSD').status === 'verified')).toBe(true);
    const state = feed.get('PF_XBTUSD');
    const ask = state.status === 'verified' ? state.book.bestAsk() : undefined;
    if (ask === undefined) throw new Error('no book');
    // More than stands at the best price: it rests with what is left.
    const order_qty = (Number(ask.quantity) + 0.5).toFixed(4);
    const orderId = await accepted(desk, { ...RESTING, limit_price: ask.price, order_qty });
    expect(await harness.run(5000, () => fills.length > 0)).toBe(true);
    const order = (): number => Number(own.get(orderId)?.filledQuantity);
    expect(order().toFixed(4)).toBe(sumOf(fills));
    await harness.run(20_000, () => own.get(orderId)?.isOpen === false);
    expect(order().toFixed(4)).toBe(sumOf(fills));
    expect(Number(own.get(orderId)?.quantity).toFixed(4)).toBe(order_qty);
  });

  it('loses nothing when either of two connections goes', async () => {
    const desk = await open(protocol, { redundancy: 2 });
    const { harness, gaps } = desk;
    const { own, fills, statuses } = await follow(desk);
    await harness.run(2000);
    for (const connection of [2, 3]) {
      harness.sandbox.faults.inject({ kind: 'reset', connection });
      await accepted(desk, MARKET);
      await harness.run(5000);
    }
    expect(sumOf(fills)).toBe('0.0400');
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
