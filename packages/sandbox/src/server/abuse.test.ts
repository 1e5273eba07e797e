import { once } from 'node:events';
import { connect } from 'node:net';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function start(
  options: Partial<SandboxOptions> = {},
): Promise<{ sandbox: Sandbox; url: string; port: number }> {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, rate: 0.001 },
    clock: createSystemClock(),
    timers: createSystemTimers(),
    ...options,
  });
  opened.push(sandbox);
  return { sandbox, ...(await sandbox.listen()) };
}

/** A text as a client's frame: masked with zeros, which leave it as it is. */
function masked(text: string): Buffer {
  const body = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from([0x81, 0x80 | 126]), length, Buffer.alloc(4), body]);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Anything a client could send as text: noise, JSON, and requests that are nearly right. */
const messages = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.json({ maxDepth: 3 }),
  fc
    .record(
      {
        method: fc.constantFrom('subscribe', 'unsubscribe', 'ping', 'add_order', ''),
        params: fc.oneof(
          fc.jsonValue({ maxDepth: 1 }),
          fc.record(
            {
              channel: fc.constantFrom('book', 'trade', 'ticker', 'instrument', 'status', 'x'),
              symbol: fc.array(
                fc.oneof(fc.constantFrom('BTC/USD', 'MLN/EUR', 'XBT/USD', '/'), fc.string()),
                { maxLength: 5 },
              ),
              depth: fc.constantFrom<unknown>(10, 25, 1000, 11, null, '10', 1e300),
              snapshot: fc.constantFrom<unknown>(true, false, null, 1),
              event_trigger: fc.constantFrom<unknown>('bbo', 'trades', 7),
            },
            { requiredKeys: [] },
          ),
        ),
        req_id: fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.jsonValue({ maxDepth: 0 })),
      },
      { requiredKeys: ['method'] },
    )
    .map((request) => JSON.stringify(request)),
);

describe('a client that sends anything', () => {
  it('is answered every message with at least one line of JSON, and stays connected', async () => {
    const { url, sandbox } = await start();
    await using client = await TestClient.connect(url);
    await client.next();
    let reqId = 1_000_000_000;
    await fc.assert(
      fc.asyncProperty(fc.array(messages, { minLength: 1, maxLength: 20 }), async (batch) => {
        const before = client.received.length;
        for (const message of batch) client.send(message);
        reqId += 1;
        client.send({ method: 'ping', req_id: reqId });
        await client.next((text) => text.includes(`"pong","req_id":${reqId}`));
        const answers = client.received
          .slice(before, -1)
          .filter((text) => !text.startsWith('{"channel"'));
        expect(answers.length).toBeGreaterThanOrEqual(batch.length);
        expect(answers.every((text) => typeof JSON.parse(text) === 'object')).toBe(true);
      }),
      { numRuns: 150 },
    );
    expect(sandbox.stats.connections.open).toBe(1);
  });

  it('is refused a binary message', async () => {
    const { url } = await start();
    await using client = await TestClient.connect(url);
    client.webSocket.send(Buffer.from('{"method":"ping"}'), { binary: true });
    expect(await client.nextAnswer()).toContain('"error":"Malformed request"');
  });

  it('is closed with 1009 for a message past the bound, and with 1007 for what is no UTF-8', async () => {
    const { url } = await start();
    const large = await TestClient.connect(url);
    const largeClosed = large.closed();
    large.send('x'.repeat(200_000));
    expect(await largeClosed).toBe(1009);
    const foreign = await TestClient.connect(url);
    const foreignClosed = foreign.closed();
    foreign.webSocket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await foreignClosed).toBe(1007);
  });

  it('gets at most one answer a symbol, and a bound on the symbols', async () => {
    const { url } = await start();
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'trade', symbol: Array<string>(2_048).fill('A/B') });
    client.subscribe({ channel: 'trade', symbol: Array<string>(2_049).fill('A/B') });
    client.send({ method: 'ping' });
    await client.next((text) => text.includes('pong'));
    expect(client.received).toHaveLength(1 + 2_048 + 1 + 1);
  });

  it('cannot bring the port down with bytes that are no HTTP', async () => {
    const { port, url } = await start();
    for (const bytes of [
      '\0\0\0\0',
      'GET / HTTP/1.1\r\n\r\n',
      'GET /v2 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ]) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(bytes);
      socket.resume();
      await once(socket, 'close');
    }
    await using client = await TestClient.connect(url);
    expect(await client.next()).toContain('"channel":"status"');
  });
});

describe('a client that does not read', () => {
  it('is cut off when more waits for it than the bound, and the others do not notice', async () => {
    const time = new ManualTime();
    const { url, sandbox } = await start({
      clock: time,
      timers: time,
      source: { kind: 'synthetic', seed: 1, rate: 5_000 },
      maxBufferedBytes: 2_000_000,
    });
    await using other = await TestClient.connect(url);
    other.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    await using slow = await TestClient.connect(url);
    slow.subscribe({ channel: 'book', symbol: ['BTC/USD', 'ETH/USD', 'SOL/USD'], depth: 1000 });
    await slow.nextOf('book');
    slow.webSocket.pause();
    let most = 0;
    for (let count = 0; sandbox.stats.slowClients === 0 && count < 3_000; count += 1) {
      time.advance(50);
      most = Math.max(most, sandbox.stats.bufferedBytes);
      await turn();
    }
    expect(sandbox.stats.slowClients).toBe(1);
    expect(most).toBeLessThan(2_200_000);
    await expect.poll(() => sandbox.stats.connections.open).toBe(1);
    other.send({ method: 'ping' });
    expect(await other.nextAnswer()).toContain('"success":true');
    slow.webSocket.terminate();
  });

  it('is cut off when it takes nothing of what waits for it for as long as an idle one is suffered', async () => {
    const { sandbox, url, port } = await start({
      source: { kind: 'synthetic', seed: 1, rate: 5_000 },
      idleTimeoutMs: 400,
    });
    const gone = connect(port, '127.0.0.1');
    await once(gone, 'connect');
    gone.write(
      'GET /v2 HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await once(gone, 'data');
    const client = await TestClient.connect(url);
    client.send({ method: 'subscribe', params: { channel: 'ticker', symbol: ['BTC/USD'] } });
    const params = { channel: 'book', symbol: ['BTC/USD', 'ETH/USD'], depth: 1000 };
    for (let count = 0; count < 400; count += 1) {
      gone.write(masked(JSON.stringify({ method: 'subscribe', params })));
      gone.write(masked(JSON.stringify({ method: 'unsubscribe', params })));
    }
    gone.pause();
    await expect.poll(() => sandbox.stats.slowClients, { timeout: 30_000 }).toBe(1);
    expect(sandbox.stats.connections.open).toBe(1);
    gone.destroy();
    await client[Symbol.asyncDispose]();
  });

  it('is not read either: its requests wait until it reads', async () => {
    const { url, sandbox } = await start();
    await using client = await TestClient.connect(url);
    const params = { channel: 'book', symbol: ['BTC/USD'], depth: 1000 };
    client.subscribe(params);
    await client.nextOf('book');
    client.webSocket.pause();
    const rounds = 400;
    for (let count = 0; count < rounds; count += 1) {
      client.send({ method: 'unsubscribe', params });
      client.subscribe(params);
    }
    client.send({ method: 'ping' });
    // A snapshot is about 70 kB: all of them would be 28 MB.
    let before = -1;
    while (before !== sandbox.stats.requests) {
      before = sandbox.stats.requests;
      for (let count = 0; count < 50; count += 1) await turn();
    }
    expect(sandbox.stats.requests).toBeLessThan(rounds);
    expect(sandbox.stats.bufferedBytes).toBeLessThan(8 * 1024 * 1024);
    client.webSocket.resume();
    await client.next((text) => text.includes('"pong"'));
    expect(sandbox.stats).toMatchObject({ requests: 2 * rounds + 2, slowClients: 0 });
  });
});

describe('a ledger that cannot be written', () => {
  it('ends the connection before anything is sent that it does not hold', async () => {
    const { url, sandbox } = await start({
      ledger: () => {
        throw new Error('no space left on device');
      },
    });
    const client = await TestClient.connect(url);
    await client.closed();
    expect(client.received).toEqual([]);
    expect(sandbox.stats).toMatchObject({
      ledgerErrors: 1,
      lastLedgerError: 'no space left on device',
      framesSent: 0,
    });
  });
});
