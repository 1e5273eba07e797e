import { L2Book } from '@kr/orderbook';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { ReferenceV1Book } from '../../test/reference-v1-book.ts';
import { V1Client } from '../../test/v1-client.ts';
import { BOOK_DEPTHS } from '../protocol/subscription.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function start(options: Partial<SandboxOptions> = {}): Promise<{
  readonly client: V1Client;
  readonly time: ManualTime;
  readonly sandbox: Sandbox;
  readonly url: string;
}> {
  const time = new ManualTime();
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, rate: 200 },
    clock: time,
    timers: time,
    ...options,
  });
  opened.push(sandbox);
  const { url } = await sandbox.listen();
  return { client: await V1Client.connect(url), time, sandbox, url };
}

/** Whatever was due is on its way, and has come. */
async function settled({ client, time }: { client: V1Client; time: ManualTime }, ms: number) {
  time.advance(ms);
  await client.ask('ping');
}

/** All that a client of everything was sent in three seconds. */
async function record(): Promise<string[]> {
  const market = await start();
  await market.client.subscribe('*', ['XBT/USD', 'ETH/USD']);
  await settled(market, 3_000);
  return market.client.all();
}

describe('the v1 sockets', () => {
  it('open with their status, beat, and answer pings, keys in the order of the wire', async () => {
    const { client, time, sandbox } = await start();
    const status = await client.line.next();
    expect(status).toMatch(
      /^\{"connectionID":\d{19,20},"event":"systemStatus","status":"online","version":"1\.9\.1"\}$/,
    );
    expect(await client.ask('ping')).toEqual({ event: 'pong', reqid: 1 });
    expect(client.line.received.at(-1)).toBe('{"event":"pong","reqid":1}');
    await client.subscribe('trade', ['XBT/USD']);
    time.advance(3_000);
    await client.ask('ping');
    expect(client.all().filter((text) => text === '{"event":"heartbeat"}')).toHaveLength(4);
    sandbox.setStatus('post_only');
    expect(await client.line.next((text) => text.includes('systemStatus'))).toContain('post_only');
  });

  it('acknowledge each pair apart, in any mix, and name what is wrong', async () => {
    const { client } = await start();
    const pair = ['XBT/USD', 'XBT/FOO', 'ETHUSD'];
    client.line.send({ event: 'subscribe', pair, reqid: 7, subscription: { name: 'ohlc' } });
    const answers = [];
    while (answers.length < 3) {
      answers.push(await client.line.next((text) => text.includes('subscriptionStatus')));
    }
    expect(answers).toEqual([
      '{"channelID":40,"channelName":"ohlc-1","event":"subscriptionStatus","pair":"XBT/USD","reqid":7,"status":"subscribed","subscription":{"interval":1,"name":"ohlc"}}',
      '{"errorMessage":"Currency pair not supported XBT/FOO","event":"subscriptionStatus","pair":"XBT/FOO","reqid":7,"status":"error","subscription":{"interval":1,"name":"ohlc"}}',
      '{"errorMessage":"Currency pair not in ISO 4217-A3 format ETHUSD","event":"subscriptionStatus","pair":"ETHUSD","reqid":7,"status":"error","subscription":{"name":"ohlc"}}',
    ]);
    client.all();
  });

  it('end subscriptions by name and pair, and by number', async () => {
    const { client } = await start();
    await client.subscribe('book', ['XBT/USD'], { depth: 25 });
    const { channelID } = await client.subscribe('spread', ['XBT/USD']);
    expect(await client.subscribe('spread', ['XBT/USD'])).toMatchObject({ status: 'error' });
    const pair = ['XBT/USD'];
    const book = { name: 'book', depth: 25 };
    expect(await client.ask('unsubscribe', { pair, subscription: book })).toMatchObject({
      channelName: 'book-25',
      status: 'unsubscribed',
    });
    expect(await client.ask('unsubscribe', { channelID })).toMatchObject({
      channelName: 'spread',
      status: 'unsubscribed',
    });
    expect(await client.ask('unsubscribe', { channelID })).toMatchObject({
      errorMessage: 'Subscription Not Found',
    });
  });

  it('refuse what is no pair of the market, and what is no text', async () => {
    const { client } = await start();
    expect(
      await client.ask('subscribe', { pair: ['NO/USD'], subscription: { name: 'book' } }),
    ).toMatchObject({
      errorMessage: 'Currency pair not supported NO/USD',
    });
    client.line.webSocket.send(Buffer.from([1, 2]));
    expect(await client.line.next((text) => text.includes('"error"'))).toBe(
      '{"errorMessage":"Malformed request","event":"error"}',
    );
  });
});

describe('the market on v1', () => {
  it('has books of every depth whose checksums both engines find right', async () => {
    const market = await start();
    const { client } = market;
    const pairs = [
      ['XBT/USD', 'BTC/USD'],
      ['PEPE/USD', 'PEPE/USD'],
      ['MLN/EUR', 'MLN/EUR'],
    ] as const;
    for (const depth of BOOK_DEPTHS) {
      for (const [pair] of pairs) await client.subscribe('book', [pair], { depth });
    }
    await settled(market, 5_000);
    const all = client.all();
    let republished = 0;
    for (const depth of BOOK_DEPTHS) {
      for (const [pair] of pairs) {
        const engine = new L2Book({ symbol: pair, depth });
        const reference = new ReferenceV1Book(depth);
        const frames = all.filter((text) => text.endsWith(`"book-${depth}","${pair}"]`));
        const [snapshot = '', ...updates] = frames;
        expect(engine.apply(snapshot)).toBe('unchecked');
        reference.apply(snapshot);
        expect(updates.length).toBeGreaterThan(20);
        for (const update of updates) {
          expect(engine.apply(update)).toBe('verified');
          // The independent book is slow, and all depths have the same checksum.
          expect(depth > 100 || reference.apply(update)).toBe(true);
        }
        republished += reference.republished;
      }
    }
    expect(republished).toBeGreaterThan(20);
  });

  it('tells the same trades and candles as v2, in its own words', async () => {
    const market = await start();
    const { client, url } = market;
    await using v2 = await TestClient.connect(url);
    for (const channel of ['trade', 'ticker', 'ohlc']) {
      v2.subscribe({ channel, symbol: ['BTC/USD'], snapshot: false });
      await v2.nextAnswer();
      await client.subscribe(channel, ['XBT/USD']);
    }
    await client.subscribe('spread', ['XBT/USD']);
    await settled(market, 10_000);
    v2.send({ method: 'ping' });
    await v2.next((text) => text.includes('"pong"'));
    const rowsOf = (channel: string): Record<string, string>[] =>
      v2.received
        .filter((text) => text.startsWith(`{"channel":"${channel}"`))
        .flatMap((text) => (JSON.parse(text) as { data: Record<string, string>[] }).data);
    const payloads = (name: string): unknown[][] =>
      client.all(name).map((text) => (JSON.parse(text) as unknown[][])[1] ?? []);
    const trades = payloads('trade').flat() as string[][];
    expect(trades.length).toBeGreaterThan(5);
    expect(
      trades.map(([price, quantity, , side, type]) => [
        Number(price),
        Number(quantity),
        side,
        type,
      ]),
    ).toEqual(
      rowsOf('trade').map(({ price, qty, side, ord_type: type }) => [
        price,
        qty,
        side?.slice(0, 1),
        type?.slice(0, 1),
      ]),
    );
    const candles = payloads('ohlc-1').slice(1);
    expect(candles.map((row) => [...row.slice(2, 8).map(Number), row[8]])).toEqual(
      rowsOf('ohlc').map(({ open, high, low, close, vwap, volume, trades: count }) => [
        ...[open, high, low, close, vwap, volume],
        count,
      ]),
    );
    const tickers = payloads('ticker') as unknown as { a: string[]; b: string[]; v: string[] }[];
    expect(tickers.length).toBe(1 + rowsOf('ticker').length);
    for (const [at, row] of rowsOf('ticker').entries()) {
      const { a = [], b = [], v = [] } = tickers[at + 1] ?? {};
      expect([a[0], a[2], b[0], v[1]].map(Number)).toEqual([
        ...[row['ask'], row['ask_qty'], row['bid'], row['volume']],
      ]);
      expect(a[1]).toBe(Math.floor(Number(a[2])));
    }
    const spreads = payloads('spread') as string[][];
    expect(spreads.length).toBeGreaterThan(50);
    for (const [bid, ask] of spreads) expect(Number(bid)).toBeLessThan(Number(ask));
  });

  it('is the same to the byte for the same seed and steps', async () => {
    const [first, second] = [await record(), await record()];
    expect(first.length).toBeGreaterThan(300);
    expect(second).toEqual(first);
  });

  it('suffers the faults of frames and of requests', async () => {
    const market = await start({
      faults: [
        { kind: 'corruptChecksum', symbol: 'XBT/USD', after: { frames: 5 } },
        { kind: 'drop', channel: 'book', type: 'snapshot', symbol: 'ETH/USD' },
        { kind: 'refuse', channel: 'trade', error: 'EGeneral:Internal error' },
      ],
    });
    const { client, sandbox } = market;
    expect(await client.subscribe('trade', ['XBT/USD'])).toMatchObject({
      errorMessage: 'EGeneral:Internal error',
      pair: 'XBT/USD',
    });
    await client.subscribe('book', ['XBT/USD']);
    await client.subscribe('book', ['ETH/USD']);
    await settled(market, 2_000);
    const book = new L2Book({ symbol: 'XBT/USD', depth: 10 });
    const frames = client.all('book-10');
    const outcomes = frames
      .filter((text) => text.endsWith('"XBT/USD"]'))
      .map((text) => book.apply(text));
    expect(outcomes.indexOf('mismatch')).toBe(6);
    expect(frames.filter((text) => text.endsWith('"ETH/USD"]'))[0]).not.toContain('"as"');
    expect(sandbox.stats.faults).toBe(3);
  });
});
