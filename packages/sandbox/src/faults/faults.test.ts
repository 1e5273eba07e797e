import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createMarket } from '../../test/market.ts';
import { ReferenceBook } from '../../test/reference-book.ts';
import { isSandboxError } from '../errors.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';
import type { Fault } from './fault.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

interface Started {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly port: number;
  readonly time: ManualTime;
  readonly ledger: Record<string, unknown>[];
}

async function start(options: Partial<SandboxOptions> = {}): Promise<Started> {
  const time = new ManualTime();
  const ledger: Record<string, unknown>[] = [];
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD', 'ETH/USD'], rate: 100 },
    clock: time,
    timers: time,
    heartbeats: 'quiet',
    ledger: (lines) => {
      for (const line of lines.trim().split('\n')) ledger.push(JSON.parse(line));
    },
    ...options,
  });
  opened.push(sandbox);
  return { sandbox, time, ledger, ...(await sandbox.listen()) };
}

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

const attempt = (port: number): Promise<{ status: number; retry: unknown; body: string }> =>
  new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/v2', headers: upgrade }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        expect(headers['x-kr-sandbox']).toBe('1');
        resolve({ status, retry: headers['retry-after'], body });
      });
    });
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, retry: undefined, body: '' });
    });
    request.on('error', reject);
  });

/** Everything that was sent before has arrived when this resolves. */
async function settle(client: TestClient): Promise<void> {
  client.send({ method: 'ping', req_id: 77 });
  await client.next((text) => text.includes('"req_id":77'));
}

async function subscribed(
  { url }: Started,
  params: Record<string, unknown> = { channel: 'book', symbol: ['BTC/USD'] },
): Promise<TestClient> {
  const client = await TestClient.connect(url);
  client.subscribe(params);
  await settle(client);
  return client;
}

const booksOf = (client: TestClient, symbol = 'BTC/USD'): string[] =>
  client.received.filter(
    (text) => text.startsWith('{"channel":"book"') && text.includes(`"symbol":"${symbol}"`),
  );

/** For each book frame whether its checksum is that of what a client holds then. */
function verdicts(frames: readonly string[]): boolean[] {
  const book = new ReferenceBook(10);
  return frames.map((frame) => book.apply(frame));
}

const faultsOf = (ledger: readonly Record<string, unknown>[]): unknown[] =>
  ledger.filter((line) => 'fault' in line).map((line) => line['fault']);

describe('a frame', () => {
  it('that is dropped is missed by the checksum of the next one and stands in the ledger as not sent', async () => {
    const started = await start();
    const { sandbox, time, ledger } = started;
    await using client = await subscribed(started);
    sandbox.faults.inject({ kind: 'drop', channel: 'book', type: 'update', after: { frames: 2 } });
    time.advance(500);
    await settle(client);
    const seen = verdicts(booksOf(client));
    expect(seen.slice(0, 3)).toEqual([true, true, true]);
    expect(seen[3]).toBe(false);
    const lost = ledger.filter((line) => 'madeNs' in line);
    expect(lost).toMatchObject([{ fault: 'drop', faultId: 1 }]);
    expect(lost[0]).not.toHaveProperty('sequence');
    const sent = ledger.filter((line) => 'sentNs' in line);
    expect(sent.map((line) => line['sequence'])).toEqual(sent.map((_line, at) => at));
    expect(sent.map((line) => line['length'])).toEqual(
      client.received.map((text) => Buffer.byteLength(text)),
    );
    expect(sandbox.faults.list()).toMatchObject([{ id: 1, fired: 1, spent: true }]);
    expect(sandbox.stats.faults).toBe(1);
  });

  it('of one symbol is silenced, and the others go on; after the time given it comes back', async () => {
    const started = await start();
    await using client = await subscribed(started, {
      channel: 'book',
      symbol: ['BTC/USD', 'ETH/USD'],
    });
    const before = booksOf(client).length;
    started.sandbox.faults.inject({ kind: 'silence', symbol: 'BTC/USD', forMs: 5_000 });
    started.time.advance(4_900);
    await settle(client);
    expect(booksOf(client)).toHaveLength(before);
    expect(booksOf(client, 'ETH/USD').length).toBeGreaterThan(10);
    started.time.advance(1_000);
    await settle(client);
    expect(booksOf(client).length).toBeGreaterThan(before);
    expect(verdicts(booksOf(client, 'ETH/USD'))).not.toContain(false);
  });

  it('is sent more than once when it is duplicated', async () => {
    const started = await start();
    await using client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'duplicate', channel: 'book', copies: 2 });
    started.time.advance(100);
    await settle(client);
    const [, first, second, third, fourth] = booksOf(client);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(fourth).not.toBe(first);
    expect(faultsOf(started.ledger)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('is overtaken by the others while it is delayed', async () => {
    const started = await start();
    await using client = await subscribed(started, {
      channel: 'book',
      symbol: ['BTC/USD', 'ETH/USD'],
    });
    const id = started.sandbox.faults.inject({
      kind: 'delay',
      symbol: 'BTC/USD',
      ms: 2_000,
      times: 'always',
    });
    started.time.advance(1_000);
    await settle(client);
    expect(booksOf(client)).toHaveLength(1);
    expect(booksOf(client, 'ETH/USD').length).toBeGreaterThan(10);
    started.sandbox.faults.clear(id);
    started.sandbox.faults.inject({ kind: 'silence', symbol: 'BTC/USD' });
    started.time.advance(2_000);
    await settle(client);
    expect(booksOf(client).length).toBeGreaterThan(10);
    expect(verdicts(booksOf(client))).not.toContain(false);
  });

  it('has a wrong checksum once, and the next is right again', async () => {
    const started = await start();
    await using client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'BTC/USD' });
    started.time.advance(500);
    await settle(client);
    const [snapshot, first, ...rest] = verdicts(booksOf(client));
    expect([snapshot, first]).toEqual([true, false]);
    expect(rest).not.toContain(false);
    const corrupted = started.ledger.find((line) => line['fault'] === 'corruptChecksum');
    expect(corrupted).toHaveProperty('sequence');
  });

  it('has a wrong checksum always, its snapshots too, and other symbols do not', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'corruptChecksum', symbol: 'BTC/USD', times: 'always' });
    await using client = await subscribed(started, {
      channel: 'book',
      symbol: ['BTC/USD', 'ETH/USD'],
    });
    started.time.advance(500);
    await settle(client);
    expect(verdicts(booksOf(client))).not.toContain(true);
    expect(verdicts(booksOf(client, 'ETH/USD'))).not.toContain(false);
  });

  it('is never a snapshot when snapshots are dropped', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'drop', type: 'snapshot', times: 'always' });
    await using client = await subscribed(started);
    started.time.advance(500);
    await settle(client);
    expect(booksOf(client).length).toBeGreaterThan(5);
    expect(booksOf(client).some((text) => text.includes('snapshot'))).toBe(false);
  });

  it('of another channel, an answer and a status frame are left alone unless the fault names them', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'silence', channel: 'status' });
    started.sandbox.faults.inject({ kind: 'silence', channel: 'trade' });
    await using client = await subscribed(started);
    started.time.advance(100);
    await settle(client);
    expect(client.received[0]).toContain('"success":true');
    expect(booksOf(client).length).toBeGreaterThan(2);
  });

  it('of a replay is dropped and changed like one of the synthetic market', async () => {
    const lines = createMarket({ seed: '7', symbols: ['BTC/USD'], updates: 60 });
    const path = join(mkdtempSync(join(tmpdir(), 'faults-')), 'capture.ndjson');
    writeFileSync(path, `${lines.join('\n')}\n`);
    const started = await start({
      source: { kind: 'replay', path, speed: 'max', closeAtEnd: true },
      faults: [
        { kind: 'drop', type: 'update', after: { frames: 10 } },
        { kind: 'corruptChecksum', after: { frames: 30 } },
      ],
    });
    const client = await TestClient.connect(started.url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    expect(await client.closed()).toBe(1000);
    rmSync(dirname(path), { recursive: true });
    const captured = lines.filter((line) => line.startsWith('{"channel":"book"'));
    const received = booksOf(client);
    expect(received).toHaveLength(captured.length - 1);
    expect(received.slice(0, 11)).toEqual(captured.slice(0, 11));
    expect(received[11]).toBe(captured[12]);
    const changed = received.filter((frame) => !captured.includes(frame));
    expect(changed).toHaveLength(1);
    expect(faultsOf(started.ledger)).toEqual(['drop', 'corruptChecksum']);
  });
});

describe('a connection', () => {
  it('is cut with a code after so many frames', async () => {
    const started = await start();
    started.sandbox.faults.inject({
      kind: 'cut',
      code: 1013,
      reason: 'try later',
      channel: 'book',
      after: { frames: 3 },
    });
    const client = await subscribed(started);
    const closed = client.closed();
    started.time.advance(1_000);
    expect(await closed).toBe(1013);
    expect(booksOf(client)).toHaveLength(3);
    await using next = await subscribed(started);
    started.time.advance(1_000);
    await settle(next);
    expect(booksOf(next).length).toBeGreaterThan(3);
  });

  it('is cut without a close frame after so long', async () => {
    const started = await start();
    const client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'cut', after: { ms: 250 } });
    const closed = client.closed();
    started.time.advance(249);
    await settle(client);
    started.time.advance(1);
    expect(await closed).toBe(1006);
    expect(faultsOf(started.ledger)).toEqual(['cut']);
  });

  it('is closed with 1008 as soon as it opens', async () => {
    const started = await start({ faults: [{ kind: 'cut', code: 1008 }] });
    const client = await TestClient.connect(started.url);
    expect(await client.closed()).toBe(1008);
    await using next = await subscribed(started);
    expect(next.received[0]).toContain('"status"');
  });

  it('is reset', async () => {
    const started = await start();
    // `ws` does not tell a reset from a lost connection: the socket under it does.
    const request = get({ host: '127.0.0.1', port: started.port, path: '/v2', headers: upgrade });
    const [, socket] = (await once(request, 'upgrade')) as [unknown, Socket];
    socket.resume();
    const error = once(socket, 'error');
    started.sandbox.faults.inject({ kind: 'reset' });
    expect(await error).toMatchObject([{ code: 'ECONNRESET' }]);
    await expect.poll(() => started.sandbox.stats.connections.open).toBe(0);
  });

  it('that is half open answers nothing, pings neither, and stays', async () => {
    const started = await start();
    const { sandbox, time, ledger } = started;
    const client = await subscribed(started);
    sandbox.faults.inject({ kind: 'halfOpen' });
    const before = client.received.length;
    let pongs = 0;
    client.webSocket.on('pong', () => {
      pongs += 1;
    });
    client.webSocket.ping();
    client.send({ method: 'ping' });
    time.advance(120_000);
    await using other = await subscribed(started);
    await settle(other);
    expect(client.received).toHaveLength(before);
    expect(pongs).toBe(0);
    expect(client.webSocket.readyState).toBe(client.webSocket.OPEN);
    expect(sandbox.stats.connections.open).toBe(2);
    expect(ledger.filter((line) => 'madeNs' in line).length).toBeGreaterThan(10);
    client.webSocket.terminate();
  });

  it('is frozen for a while and then sent all that was made meanwhile', async () => {
    const started = await start();
    await using client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'freeze', ms: 3_000 });
    started.time.advance(2_999);
    await using other = await subscribed(started);
    await settle(other);
    expect(booksOf(client)).toHaveLength(1);
    started.time.advance(1);
    await settle(client);
    expect(booksOf(client).length).toBeGreaterThan(10);
    expect(verdicts(booksOf(client))).not.toContain(false);
  });

  it('is flooded, with text of any kind', async () => {
    const started = await start();
    await using client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'flood', frames: 2_000 });
    started.sandbox.faults.inject({ kind: 'flood', frames: 1, text: '<html>' });
    await settle(client);
    const beats = client.received.filter((text) => text === '{"channel":"heartbeat"}');
    expect(beats).toHaveLength(2_000);
    expect(client.received).toContain('<html>');
  });

  it('is chosen by its number or by its id; without either a fault is for all that are open', async () => {
    const started = await start();
    const { sandbox, ledger } = started;
    const clients = [
      await subscribed(started),
      await subscribed(started),
      await subscribed(started),
    ];
    const ids = [...new Set(ledger.map((line) => line['connection_id'] as string))];
    const closed = clients.map((client) => client.closed());
    sandbox.faults.inject({ kind: 'cut', code: 3001, connection: 2 });
    expect(await closed[1]).toBe(3001);
    sandbox.faults.inject({ kind: 'cut', code: 3003, connection: ids[2] });
    expect(await closed[2]).toBe(3003);
    clients.push(await subscribed(started));
    const last = clients[3]?.closed();
    sandbox.faults.inject({ kind: 'cut', code: 3000 });
    expect(await closed[0]).toBe(3000);
    expect(await last).toBe(3000);
    await using next = await subscribed(started);
    expect(next.received[0]).toContain('"status"');
  });
});

describe('a request', () => {
  const errors = [
    ['ESession:Invalid session', '"status":"error","success":false,'],
    ['Already subscribed', '"success":false,'],
    ['Currency pair not supported BTC/USD', '"success":false,"symbol":"BTC/USD",'],
  ] as const;
  it.each(errors)('is refused with %s', async (error, more) => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'refuse', error, channel: 'book' });
    await using client = await TestClient.connect(started.url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] }, 5);
    expect(await client.nextAnswer()).toContain(
      `{"error":"${error}","method":"subscribe","req_id":5,${more}"time_in"`,
    );
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] }, 6);
    expect(await client.nextAnswer()).toContain('"req_id":6,"result":{"channel":"book"');
  });

  it('is refused without an acknowledgement', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'refuse', error: 'Exceeded msg rate', bare: true });
    await using client = await TestClient.connect(started.url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    expect(await client.nextAnswer()).toBe('{"Error":"Exceeded msg rate"}');
  });

  it('with a token is told that the token is not valid, and the socket stays open', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'expiredToken' });
    await using client = await TestClient.connect(started.url);
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD'] });
    expect(await client.nextAnswer()).toContain('"success":true');
    client.subscribe({ channel: 'executions', token: 'sandbox' }, 9);
    expect(await client.nextAnswer()).toContain(
      '{"error":"EAPI:Invalid token","method":"subscribe","req_id":9,"success":false',
    );
    await settle(client);
  });

  it('is ignored: neither acknowledged nor done', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'ignore', symbol: 'BTC/USD' });
    await using client = await subscribed(started, {
      channel: 'book',
      symbol: ['BTC/USD', 'ETH/USD'],
    });
    started.time.advance(500);
    await settle(client);
    expect(client.received.some((text) => text.includes('BTC/USD'))).toBe(false);
    expect(booksOf(client, 'ETH/USD').length).toBeGreaterThan(1);
  });

  it('is acknowledged after its data', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'delayAck', channel: 'book', ms: 100 });
    await using client = await subscribed(started);
    started.time.advance(100);
    await settle(client);
    const at = client.received.findIndex((text) => text.includes('"result"'));
    const snapshot = client.received.findIndex((text) => text.includes('"snapshot","data"'));
    expect(snapshot).toBeGreaterThan(-1);
    expect(at).toBeGreaterThan(snapshot);
  });

  it('is acknowledged symbol by symbol in the wrong order', async () => {
    const started = await start();
    started.sandbox.faults.inject({ kind: 'reorderAcks' });
    await using client = await TestClient.connect(started.url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD', 'ETH/USD'] });
    expect(await client.nextAnswer()).toContain('ETH/USD');
    expect(await client.nextAnswer()).toContain('BTC/USD');
  });
});

describe('an attempt to connect', () => {
  it('is refused as often as it is told to, and then succeeds', async () => {
    const { sandbox, port, ledger } = await start();
    sandbox.faults.inject({ kind: 'refuseUpgrade', status: 429, retryAfter: 7, times: 2 });
    sandbox.faults.inject({ kind: 'refuseUpgrade', status: 502, page: 'html' });
    sandbox.faults.inject({ kind: 'refuseUpgrade', status: 403, page: 'text' });
    expect(await attempt(port)).toMatchObject({ status: 429, retry: '7' });
    expect(await attempt(port)).toMatchObject({ status: 429, retry: '7' });
    const page = await attempt(port);
    expect(page).toMatchObject({ status: 502, retry: undefined });
    expect(page.body).toContain('<h1>502 Bad Gateway</h1><p>kr sandbox</p>');
    expect(await attempt(port)).toMatchObject({
      status: 403,
      body: '403 Forbidden (kr sandbox)\n',
    });
    expect((await attempt(port)).status).toBe(101);
    expect(sandbox.stats.rejectedUpgrades).toBe(4);
    expect(faultsOf(ledger)).toEqual(Array<string>(4).fill('refuseUpgrade'));
  });

  it('is never answered, and the sandbox closes all the same', async () => {
    const { sandbox, port } = await start();
    sandbox.faults.inject({ kind: 'hangUpgrade' });
    const hanging = attempt(port).catch((error: unknown) => error);
    await expect.poll(() => sandbox.stats.faults).toBe(1);
    expect((await attempt(port)).status).toBe(101);
    await sandbox.close();
    expect(await hanging).toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('the status of the trading engine', () => {
  it('is told to all that are connected, and to those that come', async () => {
    const started = await start();
    await using client = await subscribed(started);
    started.sandbox.faults.inject({ kind: 'status', system: 'maintenance', after: { ms: 1_000 } });
    started.time.advance(1_000);
    expect(await client.nextOf('status')).toContain('"system":"maintenance"');
    await using next = await TestClient.connect(started.url);
    expect(await next.next()).toContain('"system":"maintenance"');
    started.sandbox.setStatus('cancel_only');
    expect(await next.next()).toContain('"system":"cancel_only"');
    expect(started.sandbox.stats.system).toBe('cancel_only');
  });
});

describe('what is injected', () => {
  it('ends when it is cleared', async () => {
    const started = await start();
    const { sandbox, time } = started;
    await using client = await subscribed(started);
    const id = sandbox.faults.inject({ kind: 'silence' });
    sandbox.faults.inject({ kind: 'cut', after: { ms: 200 } });
    time.advance(100);
    sandbox.faults.clear(id);
    expect(sandbox.faults.list()).toHaveLength(1);
    sandbox.faults.clear();
    expect(sandbox.faults.list()).toEqual([]);
    time.advance(1_000);
    await settle(client);
    expect(booksOf(client).length).toBeGreaterThan(2);
    expect(() => {
      sandbox.faults.clear(id);
    }).toThrow('there is no fault 1: list() shows those there are');
  });

  const wrong: [unknown, string][] = [
    [{ kind: 'explode' }, 'Invalid fault: unknown kind at kind. The kinds are drop, silence,'],
    [{ kind: 'drop', chanel: 'book' }, 'Invalid fault: unknown field at chanel.'],
    [{ kind: 'delay' }, 'Invalid fault: expected number, received nothing at ms.'],
    [{ kind: 'cut', code: 1006 }, 'Invalid fault: expected a close code that can be sent'],
    [{ kind: 'drop', times: 0 }, 'Invalid fault: '],
    [{ kind: 'drop', after: { frames: -1 } }, 'Invalid fault: '],
    [{ kind: 'random', seed: 1, meanMs: 5, of: [] }, 'Invalid fault: expected at least 1 at of.'],
    ['drop', 'Invalid fault: '],
  ];
  it.each(wrong)('is refused with a reason: %j', async (fault, reason) => {
    const { sandbox } = await start();
    const inject = (): unknown => {
      try {
        return sandbox.faults.inject(fault as Fault);
      } catch (error) {
        return error;
      }
    };
    const error = inject();
    expect(isSandboxError(error, 'INVALID_FAULT')).toBe(true);
    expect((error as Error).message).toContain(reason);
    expect(sandbox.faults.list()).toEqual([]);
  });
});

describe('faults at random', () => {
  const fault: Extract<Fault, { kind: 'random' }> = {
    kind: 'random',
    seed: 'storm',
    meanMs: 300,
    of: [
      { kind: 'drop', channel: 'book' },
      { kind: 'duplicate', channel: 'book' },
      { kind: 'corruptChecksum' },
      { kind: 'delay', ms: 100 },
    ],
  };

  async function run(seed: string): Promise<{ ledger: Record<string, unknown>[]; fired: number }> {
    const started = await start({ faults: [{ ...fault, seed }] });
    await using client = await subscribed(started);
    for (let at = 0; at < 40; at += 1) {
      started.time.advance(250);
      await settle(client);
    }
    const ledger = started.ledger.map(({ connection_id: _id, ...line }) => line);
    return { ledger, fired: started.sandbox.stats.faults };
  }

  it('are the same for a seed and a stepped clock, to the byte, and others for another seed', async () => {
    const first = await run('storm');
    const second = await run('storm');
    expect(first.fired).toBeGreaterThan(20);
    expect(second.ledger).toEqual(first.ledger);
    const third = await run('calm');
    expect(third.ledger).not.toEqual(first.ledger);
  });

  it('stop when they are cleared, and after so many', async () => {
    const started = await start({ faults: [{ ...fault, times: 3 }] });
    await using client = await subscribed(started);
    started.time.advance(20_000);
    await settle(client);
    const [random, ...injected] = started.sandbox.faults.list();
    expect(random).toMatchObject({ fired: 3, spent: true });
    expect(injected).toHaveLength(3);
    started.sandbox.faults.clear();
    started.time.advance(20_000);
    expect(started.sandbox.faults.list()).toEqual([]);
  });
});

it('real clocks serve as well', async () => {
  const started = await start({ clock: createSystemClock(), timers: createSystemTimers() });
  const client = await subscribed(started);
  started.sandbox.faults.inject({ kind: 'cut', code: 1012, after: { ms: 20 } });
  expect(await client.closed()).toBe(1012);
});
