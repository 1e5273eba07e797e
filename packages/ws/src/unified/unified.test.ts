import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { AccountHarness } from '../../test/account-harness.ts';
import { books } from '../book/index.ts';
import type { ClientOptions, Stream } from '../index.ts';
import { type Fill, orders } from '../private/index.ts';
import { trading } from '../trading/index.ts';
import { createUnifiedClient, type UnifiedClient, type UnifiedMessage } from './index.ts';

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

interface Desk {
  readonly harness: AccountHarness;
  readonly client: UnifiedClient;
  readonly gaps: string[];
}

async function open(options: Partial<ClientOptions> = {}): Promise<Desk> {
  const harness = await AccountHarness.open({ rate: 50 });
  opened.push(harness);
  const gaps: string[] = [];
  const client = createUnifiedClient({
    url: harness.unified,
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

const symbol = ['PF_XBTUSD'] as const;
const MARKET = { symbol: 'PF_XBTUSD', side: 'buy', order_type: 'market', order_qty: '0.01' };
const LIMIT = { ...MARKET, order_type: 'limit', limit_price: '50000' };
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

async function next<T>({ harness }: Desk, stream: AsyncIterator<T, undefined>): Promise<T> {
  const { value } = await harness.wait(stream.next());
  if (value === undefined) throw new Error('the stream has ended');
  return value;
}

async function desk(all: Desk) {
  const { client, harness } = all;
  const fills: Fill[] = [];
  const own = orders(client, { onFill: (fill) => fills.push(fill) });
  await harness.wait(own.live());
  let made = 0;
  const trader = trading(client, { orders: own, createClientOrderId: () => `kr-${(made += 1)}` });
  return { own, fills, trader };
}

describe('createUnifiedClient()', () => {
  it('streams public channels of derivatives, typed by their channel', async () => {
    const all = await open();
    const { client } = all;
    const instruments = client.subscribe({ channel: 'instrument' });
    const ticker = client.subscribe({ channel: 'ticker', symbol });
    const candles = client.subscribe({ channel: 'ohlc', symbol, interval: 5, tick_type: 'trade' });
    expectTypeOf(ticker).toEqualTypeOf<Stream<UnifiedMessage<'ticker'>>>();
    const { data } = await next(all, instruments);
    expect(data.pairs.map((pair) => pair.symbol)).toContain('PF_XBTUSD');
    expect((await next(all, ticker)).data[0]?.symbol).toBe('PF_XBTUSD');
    expect(await all.harness.wait(candles.results)).toMatchObject([{ success: true }]);
  });

  it('keeps verified books, and renews the one whose checksum fails', async () => {
    const { client, harness, gaps } = await open();
    const feed = books(client, { symbol: ['PF_XBTUSD', 'PI_XBTUSD'], depth: 25 });
    const areVerified = (): boolean =>
      feed.symbols.every((name) => feed.get(name).status === 'verified');
    expect(await harness.run(20_000, () => areVerified() && feed.stats.verified > 20)).toBe(true);
    harness.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'PF_XBTUSD' });
    expect(await harness.run(20_000, () => feed.stats.resyncs === 1 && areVerified())).toBe(true);
    expect(gaps).toStrictEqual(['resync book PF_XBTUSD opens', 'resync book PF_XBTUSD closes']);
  });

  it('has positions, margin, ledgers and balances by a token of Spot', async () => {
    const all = await open();
    const { client, harness } = all;
    const positions = client.subscribe({ channel: 'positions' });
    const margin = client.subscribe({ channel: 'margin' });
    const ledgers = client.subscribe({ channel: 'ledgers' });
    const balances = client.subscribe({ channel: 'balances' });
    expect(await next(all, positions)).toMatchObject({ type: 'snapshot', data: { futures: [] } });
    expect((await next(all, margin)).type).toBe('multi_collateral');
    expect((await next(all, balances)).type).toBe('snapshot');
    expect(await harness.wait(ledgers.results)).toMatchObject([{ success: true }]);
    const { trader } = await desk(all);
    await harness.wait(trader.add(MARKET));
    expect(await next(all, positions)).toMatchObject({
      type: 'update',
      data: { futures: [{ symbol: 'PF_XBTUSD', size: '0.01' }] },
    });
    expect(await next(all, ledgers)).toMatchObject({ sequence: 1 });
  });

  it('trades with the same desk, under ids that are UUIDs', async () => {
    const all = await open();
    const { harness } = all;
    const { own, fills, trader } = await desk(all);
    const placed = await harness.wait(trader.add(LIMIT));
    const orderId = placed.status === 'accepted' ? placed.orderId : '';
    expect(orderId).toMatch(UUID);
    expect(own.find('kr-1')).toMatchObject({ status: 'new', symbol: 'PF_XBTUSD', isOpen: true });
    expect(
      await harness.wait(trader.amend({ order_id: orderId, limit_price: '50100' })),
    ).toMatchObject({ status: 'accepted', amendId: '' });
    expect(await harness.wait(trader.cancel({ cl_ord_id: 'kr-1' }))).toMatchObject({
      status: 'accepted',
    });
    expect(await harness.wait(trader.add(MARKET))).toMatchObject({ status: 'accepted' });
    expect(own.find('kr-2')).toMatchObject({ status: 'filled', isOpen: false });
    expect(fills.length).toBeGreaterThan(0);
    expect(await harness.wait(trader.cancelAll())).toMatchObject({ status: 'accepted', count: 0 });
    const held = await harness.wait(trader.holdDeadMansSwitch({ timeoutSeconds: 30 }));
    await harness.wait(held.close());
  });

  it('begins anew where numbered messages jump, and goes on after a lost connection', async () => {
    const all = await open();
    const { client, harness, gaps } = all;
    const { own, trader } = await desk(all);
    const stream = client.subscribe({ channel: 'ledgers' });
    await harness.wait(stream.results);
    harness.sandbox.faults.inject({ kind: 'drop', channel: 'executions', type: 'update' });
    await harness.wait(trader.add(LIMIT));
    await harness.wait(trader.add(LIMIT));
    await harness.run(10_000, () => gaps.length === 2);
    expect(gaps).toStrictEqual(['sequence executions opens', 'sequence executions closes']);
    gaps.length = 0;
    harness.sandbox.faults.inject({ kind: 'reset' });
    await harness.run(10_000, () => own.status === 'broken');
    await harness.wait(own.live());
    await harness.run(2000);
    expect(own.open).toHaveLength(2);
    expect(new Set(gaps)).toStrictEqual(
      new Set([
        'disconnect executions opens',
        'disconnect ledgers opens',
        'disconnect ledgers closes',
        'disconnect executions closes',
      ]),
    );
  });

  it('gives the refusal of what the exchange does not speak yet', async () => {
    const harness = await AccountHarness.open();
    opened.push(harness);
    const client = createUnifiedClient({
      url: harness.unified,
      assetClass: 'spot',
      clock: harness.time,
      timers: harness.time,
    });
    const stream = client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    expect(await harness.wait(stream.results)).toMatchObject([
      { success: false, error: 'Asset class not supported spot' },
    ]);
    await harness.wait(client.close());
  });
});
