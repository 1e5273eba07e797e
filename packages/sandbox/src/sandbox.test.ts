import { get } from 'node:http';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../test/client.ts';
import { ManualTime } from '../test/manual-time.ts';
import { isSandboxError } from './errors.ts';
import { createSandbox } from './sandbox.ts';
import type { Sandbox, SandboxOptions } from './sandbox-types.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function start(options: Partial<SandboxOptions> = {}): Promise<{
  sandbox: Sandbox;
  url: string;
  port: number;
}> {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1 },
    clock: createSystemClock(),
    timers: createSystemTimers(),
    // So that what a test waits for is the next frame.
    heartbeats: 'quiet',
    ...options,
  });
  opened.push(sandbox);
  return { sandbox, ...(await sandbox.listen()) };
}

/** An acknowledgement without its times, so that the rest can be compared whole. */
function timeless(ack: string): string {
  const micros = String.raw`"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"`;
  const times = new RegExp(`"time_in":${micros},"time_out":${micros}\\}$`);
  expect(ack).toMatch(times);
  return ack.replace(times, 'TIMES}');
}

describe('a connection', () => {
  it('opens with a status frame whose connection id is past 2^53 and its own', async () => {
    const { url } = await start();
    await using one = await TestClient.connect(url);
    await using two = await TestClient.connect(url);
    const frames = [await one.next(), await two.next()];
    const ids = frames.map((frame) => {
      const match =
        /^\{"channel":"status","type":"update","data":\[\{"version":"2\.0\.10","system":"online","api_version":"v2","connection_id":(\d+)\}\]\}$/.exec(
          frame,
        );
      return BigInt(match?.[1] ?? 0);
    });
    expect(ids[0]).toBeGreaterThan(2n ** 53n);
    expect(ids[1]).toBeGreaterThan(2n ** 53n);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is marked as a sandbox in the upgrade response', async () => {
    const { url } = await start();
    await using client = await TestClient.connect(url);
    expect(client.upgradeHeaders['x-kr-sandbox']).toBe('1');
  });

  it('is acknowledged one symbol at a time, then sent the snapshots', async () => {
    const { url } = await start({ timers: new ManualTime() });
    await using client = await TestClient.connect(url);
    await client.next();
    client.subscribe({ channel: 'book', symbol: ['BTC/USD', 'XBT/EUR', 'ETH/USD'], depth: 25 }, 42);
    expect(timeless(await client.next())).toBe(
      '{"method":"subscribe","req_id":42,"result":{"channel":"book","depth":25,"snapshot":true,"symbol":"BTC/USD"},"success":true,TIMES}',
    );
    expect(timeless(await client.next())).toBe(
      '{"error":"Currency pair not supported XBT/EUR","method":"subscribe","req_id":42,"success":false,"symbol":"XBT/EUR",TIMES}',
    );
    expect(timeless(await client.next())).toBe(
      '{"method":"subscribe","req_id":42,"result":{"channel":"book","depth":25,"snapshot":true,"symbol":"ETH/USD"},"success":true,TIMES}',
    );
    expect(await client.next()).toMatch(
      /^\{"channel":"book","type":"snapshot","data":\[\{"symbol":"BTC\/USD","bids":\[\{"price":\d+\.\d,"qty":\d+\.\d{8}\}/,
    );
    expect(await client.next()).toContain('"symbol":"ETH/USD"');
  });

  const answers: [string, unknown, string][] = [
    [
      'ticker',
      { method: 'subscribe', params: { channel: 'ticker', symbol: ['BTC/USD'], snapshot: false } },
      '{"method":"subscribe","result":{"channel":"ticker","event_trigger":"trades","snapshot":false,"symbol":"BTC/USD"},"success":true,TIMES}',
    ],
    [
      'ticker by best bid and offer',
      {
        method: 'subscribe',
        params: {
          channel: 'ticker',
          symbol: ['BTC/USD'],
          event_trigger: 'bbo',
          snapshot: false,
        },
      },
      '{"method":"subscribe","result":{"channel":"ticker","event_trigger":"bbo","snapshot":false,"symbol":"BTC/USD"},"success":true,TIMES}',
    ],
    [
      'trade, without a snapshot by default',
      { method: 'subscribe', params: { channel: 'trade', symbol: ['BTC/USD'] }, req_id: 0 },
      '{"method":"subscribe","req_id":0,"result":{"channel":"trade","snapshot":false,"symbol":"BTC/USD"},"success":true,TIMES}',
    ],
    [
      'instrument',
      { method: 'subscribe', params: { channel: 'instrument' } },
      '{"method":"subscribe","result":{"channel":"instrument","snapshot":true,"warnings":["tick_size is deprecated, use price_increment"]},"success":true,TIMES}',
    ],
    [
      'ping, a req_id past 2^53 digit for digit',
      '{"method":"ping","req_id":1784000000000000001}',
      '{"method":"pong","req_id":1784000000000000001,TIMES}',
    ],
    [
      'ping with params',
      { method: 'ping', params: {}, req_id: 0 },
      `{"error":"Unsupported field: 'params' for the given msg type: ping","method":"ping","req_id":0,"success":false,TIMES}`,
    ],
    [
      'a malformed pair',
      { method: 'subscribe', params: { channel: 'trade', symbol: ['UNKNOWN'] } },
      '{"error":"Currency pair not in ISO 4217-A3 format UNKNOWN","method":"subscribe","success":false,"symbol":"UNKNOWN",TIMES}',
    ],
    [
      'an unknown channel',
      { method: 'subscribe', params: { channel: 'spread', symbol: ['BTC/USD'] } },
      '{"error":"Subscription name invalid","method":"subscribe","success":false,TIMES}',
    ],
    [
      'a subscription to status',
      { method: 'subscribe', params: { channel: 'status' } },
      '{"error":"Symbol(s) not found","method":"subscribe","success":false,TIMES}',
    ],
    [
      'a depth that does not exist',
      { method: 'subscribe', params: { channel: 'book', symbol: ['BTC/USD'], depth: 20 } },
      '{"error":"Subscription depth not supported","method":"subscribe","success":false,TIMES}',
    ],
    [
      'a field that no channel has',
      {
        method: 'subscribe',
        params: { channel: 'book', symbol: ['BTC/USD'], dept: 25 },
        req_id: 4,
      },
      `{"error":"Unsupported field: 'dept' for the given msg type: subscribe","method":"subscribe","req_id":4,"success":false,TIMES}`,
    ],
    [
      'an unsubscription of nothing',
      { method: 'unsubscribe', params: { channel: 'book', symbol: ['BTC/USD'] }, req_id: 3 },
      '{"error":"Subscription Not Found","method":"unsubscribe","req_id":3,"success":false,"symbol":"BTC/USD",TIMES}',
    ],
    [
      'a method that does not exist',
      { method: 'subscribed', req_id: 1 },
      '{"error":"Unsupported event","method":"subscribed","req_id":1,"success":false,TIMES}',
    ],
    [
      'a v1 request',
      { event: 'subscribe', pair: ['XBT/USD'], subscription: { name: 'book' } },
      '{"error":"Method(s) not found","success":false,TIMES}',
    ],
    ['malformed JSON', '{"method":', '{"error":"Malformed request","success":false,TIMES}'],
    ['JSON that is no object', '[1]', '{"error":"Malformed request","success":false,TIMES}'],
    [
      'a req_id that is a string',
      { method: 'ping', req_id: '1' },
      '{"error":"Req_id field must be a number_integer","method":"ping","success":false,TIMES}',
    ],
  ];
  it.each(answers)('is answered: %s', async (_name, request, answer) => {
    const { url } = await start({ timers: new ManualTime() });
    await using client = await TestClient.connect(url);
    client.send(request);
    expect(timeless(await client.nextAnswer())).toBe(answer);
  });

  it('is told "Already subscribed" without the symbol, and the stream goes on', async () => {
    const time = new ManualTime();
    const { url } = await start({ clock: time, timers: time });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] }, 1);
    await client.nextOf('book');
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 10 }, 2);
    expect(timeless(await client.next())).toBe(
      '{"error":"Already subscribed","method":"subscribe","req_id":2,"success":false,TIMES}',
    );
    time.advance(1_000);
    expect(await client.next()).toContain('"channel":"book","type":"update"');
  });

  it('hears nothing more of a symbol after the unsubscription, and gets a snapshot when it comes back', async () => {
    const time = new ManualTime();
    const { url } = await start({
      clock: time,
      timers: time,
      source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD'] },
    });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 100 });
    await client.nextOf('book');
    time.advance(500);
    client.send({
      method: 'unsubscribe',
      params: { channel: 'book', symbol: ['BTC/USD'], depth: 100 },
    });
    expect(timeless(await client.nextAnswer())).toBe(
      '{"method":"unsubscribe","result":{"channel":"book","depth":100,"symbol":"BTC/USD"},"success":true,TIMES}',
    );
    time.advance(500);
    client.send({ method: 'ping' });
    expect(await client.next()).toContain('"pong"');
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'], depth: 100 });
    expect(await client.next()).toContain('"success":true');
    expect(await client.next()).toContain('"channel":"book","type":"snapshot"');
  });
});

describe('heartbeats', () => {
  it('in quiet mode come a second after the last frame, once something is subscribed', async () => {
    const time = new ManualTime();
    const source = { kind: 'synthetic', seed: 1, rate: 0.001 } as const;
    const { url } = await start({ clock: time, timers: time, source });
    await using client = await TestClient.connect(url);
    await client.next();
    time.advance(5_000);
    client.subscribe({ channel: 'instrument' });
    await client.next();
    expect(await client.next()).toContain('"channel":"instrument"');
    time.advance(990);
    client.send({ method: 'ping' });
    expect(await client.next()).toContain('"pong"');
    time.advance(990);
    client.send({ method: 'ping' });
    expect(await client.next()).toContain('"pong"');
    time.advance(1_000);
    expect(await client.next()).toBe('{"channel":"heartbeat"}');
    time.advance(1_000);
    expect(await client.next()).toBe('{"channel":"heartbeat"}');
  });

  it('come with the acknowledgement and every second, whatever else is sent', async () => {
    const time = new ManualTime();
    const { url } = await start({ clock: time, timers: time, heartbeats: undefined });
    await using client = await TestClient.connect(url);
    await client.next();
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    expect(await client.next()).toContain('"success":true');
    expect(await client.next()).toBe('{"channel":"heartbeat"}');
    time.advance(500);
    client.send({ method: 'ping' });
    await client.nextAnswer();
    time.advance(500);
    await client.nextOf('heartbeat');
  });
});

describe('an idle connection', () => {
  it('is closed after 60 s, counted from its last request', async () => {
    const time = new ManualTime();
    const { url, sandbox } = await start({ clock: time, timers: time });
    await using client = await TestClient.connect(url);
    await client.next();
    time.advance(50_000);
    client.send({ method: 'ping' });
    await client.nextAnswer();
    time.advance(50_000);
    expect(sandbox.stats.connections.open).toBe(1);
    const closed = client.closed();
    time.advance(10_000);
    expect(await closed).toBe(1000);
  });

  it('is kept while it is subscribed', async () => {
    const time = new ManualTime();
    const { url } = await start({ clock: time, timers: time });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'instrument' });
    await client.nextOf('instrument');
    time.advance(200_000);
    await client.nextOf('heartbeat');
    client.send({ method: 'ping' });
    expect(await client.nextAnswer()).toContain('"pong"');
  });
});

function status(port: number, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    request.on('error', reject);
  });
}

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

describe('the port', () => {
  it.each([
    ['/v2', {}, 101],
    ['/v2?token=1', {}, 101],
    ['/v2', { origin: 'http://localhost:5173' }, 101],
    ['/', {}, 101],
    ['/v1', {}, 404],
    ['/v2', { host: 'evil.example' }, 403],
    ['/v2', { host: '127.0.0.1.evil.example' }, 403],
    ['/v2', { origin: 'https://evil.example' }, 403],
    ['/v2', { origin: 'null' }, 403],
  ])('answers %s with %o: %i', async (path, headers, expected) => {
    const { port } = await start();
    expect(await status(port, path, { ...upgrade, ...headers })).toBe(expected);
  });

  it('tells a plain request to upgrade', async () => {
    const { port } = await start();
    expect(await status(port, '/v2', {})).toBe(426);
    expect(await status(port, '/v3', {})).toBe(404);
  });

  it('in use gives one clear error', async () => {
    const { port } = await start();
    const error: unknown = await start({ port }).catch((reason: unknown) => reason);
    expect(isSandboxError(error, 'PORT_IN_USE')).toBe(true);
    expect((error as Error).message).toBe(
      `port ${port} of 127.0.0.1 is in use: choose another, or 0 for a free one`,
    );
  });

  it('opens once, and not after a close', async () => {
    const { sandbox } = await start();
    await expect(sandbox.listen()).rejects.toMatchObject({ code: 'ALREADY_LISTENING' });
    await sandbox.close();
    await expect(sandbox.listen()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('says goodbye with 1001 when the sandbox closes', async () => {
    const { sandbox, url } = await start();
    const client = await TestClient.connect(url);
    const closed = client.closed();
    await sandbox.close();
    expect(await closed).toBe(1001);
    expect(sandbox.stats.connections.open).toBe(0);
  });
});
