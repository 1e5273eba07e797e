import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import type { ClientOptions, Stream } from '../index.ts';
import {
  createSpotV1Client,
  type SpotV1Channel,
  type SpotV1Client,
  type SpotV1Message,
} from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

interface Desk {
  readonly harness: AccountHarness;
  readonly client: SpotV1Client;
  readonly gaps: string[];
}

async function open(options: Partial<ClientOptions> = {}): Promise<Desk> {
  const harness = await AccountHarness.open({ rate: 100 });
  opened.push(harness);
  const gaps: string[] = [];
  const client = createSpotV1Client({
    url: harness.v1Url,
    clock: harness.time,
    timers: harness.time,
    random: () => 0.5,
    tokens: harness.provider,
    onGap: ({ reason, channel, symbols, to }) =>
      gaps.push([reason, channel, ...symbols, to === undefined ? 'opens' : 'closes'].join(' ')),
    ...options,
  });
  opened.push({ [Symbol.asyncDispose]: () => harness.wait(client.close()) });
  return { harness, client, gaps };
}

const market = { pair: 'XBTUSD', type: 'buy', ordertype: 'market', volume: '0.01' };
const symbol = ['XBT/USD'] as const;

async function next<T>({ harness }: Desk, stream: AsyncIterator<T, undefined>): Promise<T> {
  const { value } = await harness.wait(stream.next());
  if (value === undefined) throw new Error('the stream has ended');
  return value;
}

describe('createSpotV1Client()', () => {
  it('streams every public channel, typed by its channel', async () => {
    const desk = await open();
    const { client, harness } = desk;
    const streams = {
      book: client.subscribe({ channel: 'book', symbol, depth: 25 }),
      ticker: client.subscribe({ channel: 'ticker', symbol }),
      trade: client.subscribe({ channel: 'trade', symbol }),
      spread: client.subscribe({ channel: 'spread', symbol }),
      ohlc: client.subscribe({ channel: 'ohlc', symbol, interval: 5 }),
    };
    expectTypeOf(streams.trade).toEqualTypeOf<Stream<SpotV1Message<'trade'>>>();
    const book = await next(desk, streams.book);
    expect(book.frame[1]).toHaveProperty('as');
    expect(book.frame.at(-2)).toBe('book-25');
    await harness.wait(harness.spot.addOrder(market));
    const said = await Promise.all(
      Object.values(streams).map((stream) => next<SpotV1Message>(desk, stream)),
    );
    expect(said.map(({ channel }) => channel)).toStrictEqual(Object.keys(streams));
    const { frame } = await next(desk, streams.trade);
    expect(frame.at(-1)).toBe('XBT/USD');
    expect(frame[1][0]?.[0]).toMatch(/^\d+\.\d{5}$/);
  });

  it('lets a bad pair harm no other', async () => {
    const { client, harness } = await open();
    const stream = client.subscribe({ channel: 'trade', symbol: ['XBT/USD', 'XBT/FOO'] });
    expect(await harness.wait(stream.results)).toMatchObject([
      { symbol: 'XBT/USD', success: true },
      { symbol: 'XBT/FOO', success: false, error: 'Currency pair not supported XBT/FOO' },
    ]);
  });

  it('goes on after a lost connection and tells the hole', async () => {
    const desk = await open();
    const { client, harness, gaps } = desk;
    const stream = client.subscribe({ channel: 'book', symbol });
    await next(desk, stream);
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(10_000, () => gaps.length === 2);
    expect(gaps).toStrictEqual(['disconnect book XBT/USD opens', 'disconnect book XBT/USD closes']);
    expect(client.connections).toMatchObject([{ state: 'open', subscriptions: 1 }]);
  });

  it('has own orders and trades by a token, and begins anew where their numbers jump', async () => {
    const desk = await open();
    const { client, harness, gaps } = desk;
    const orders = client.subscribe({ channel: 'openOrders' });
    const trades = client.subscribe({ channel: 'ownTrades' });
    expect(await next(desk, orders)).toMatchObject({ frame: [[], 'openOrders', { sequence: 1 }] });
    expect(await next(desk, trades)).toMatchObject({ frame: [[], 'ownTrades', { sequence: 1 }] });
    const { txid = [] } = await harness.wait(harness.spot.addOrder(market));
    const [own] = (await next(desk, trades)).frame[0];
    expect(Object.values(own ?? {})).toMatchObject([{ ordertxid: txid[0], pair: 'XBT/USD' }]);
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'openOrders', type: 'update' });
    await harness.wait(harness.spot.addOrder(market));
    await harness.run(10_000, () => gaps.length === 2);
    expect(gaps).toStrictEqual(['sequence openOrders opens', 'sequence openOrders closes']);
  });

  it('renews by itself what was acknowledged and stays silent', async () => {
    const desk = await open({ cadenceMs: { trade: 20_000 } });
    const { client, harness, gaps } = desk;
    await harness.wait(client.subscribe({ channel: 'book', symbol }).results);
    harness.sandbox.faults.inject({ kind: 'drop', type: 'snapshot', channel: 'book' });
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(40_000, () => gaps.length === 2);
    expect(gaps.at(-1)).toBe('disconnect book XBT/USD closes');
  });

  it('knows maintenance, and waits longer then', async () => {
    const waits: number[] = [];
    const desk = await open({
      onState: (event) => {
        if (event.to === 'reconnecting') waits.push(event.retryInMs);
      },
    });
    const { client, harness } = desk;
    await harness.wait(client.subscribe({ channel: 'spread', symbol }).results);
    harness.sandbox.setStatus('maintenance');
    await harness.step(20);
    harness.sandbox.faults.inject({ kind: 'cut', code: 1012 });
    await harness.run(2000, () => waits.length === 1);
    expect(waits[0]).toBeGreaterThanOrEqual(5000);
  });

  it('names the channels that there are', () => {
    expectTypeOf<SpotV1Channel>().toEqualTypeOf<
      'book' | 'ohlc' | 'openOrders' | 'ownTrades' | 'spread' | 'ticker' | 'trade'
    >();
  });
});
