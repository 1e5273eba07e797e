import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import crc32 from 'crc-32';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestClient } from '../../test/client.ts';
import { createMarket } from '../../test/market.ts';
import { makeAccounts } from './accounts.ts';
import { readOptions } from './options.ts';
import { run } from './run.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kr-sandbox-'));
});
afterAll(() => rm(directory, { recursive: true }));

interface Running {
  readonly url: string;
  readonly line: Record<string, unknown>;
  readonly stop: () => Promise<{ code: number; talk: string }>;
}

function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let settled: ((value: T) => void) | undefined;
  const promise = new Promise<T>((settle) => {
    settled = settle;
  });
  return {
    promise,
    resolve: (value) => {
      settled?.(value);
    },
  };
}

/** Starts the command in this process; `stop` is its signal. */
async function start(argv: readonly string[]): Promise<Running> {
  const signal = deferred();
  const line = deferred<string>();
  let talk = '';
  const ended = run(argv, {
    clock: createSystemClock(),
    timers: createSystemTimers(),
    out: line.resolve,
    talk: (text) => {
      talk += text;
    },
    untilSignal: signal.promise,
  });
  const printed = await Promise.race([line.promise, ended.then(() => '{}')]);
  const parsed = JSON.parse(printed) as Record<string, unknown>;
  return {
    url: String(parsed['url']),
    line: parsed,
    stop: async () => {
      signal.resolve();
      return { code: await ended, talk };
    },
  };
}

describe('kr-sandbox', () => {
  it('prints one JSON line with its url and says that it is simulated', async () => {
    const { line, url, stop } = await start([]);
    const { port } = line;
    expect(line).toEqual({
      url: `ws://127.0.0.1:${String(port)}/v2`,
      v1Url: `ws://127.0.0.1:${String(port)}/`,
      futuresUrl: `ws://127.0.0.1:${String(port)}/ws/v1`,
      unified: {
        public: `ws://127.0.0.1:${String(port)}/v2/public`,
        private: `ws://127.0.0.1:${String(port)}/v2/private`,
      },
      port: expect.any(Number),
      simulated: true,
      source: 'synthetic',
      control: `http://127.0.0.1:${String(port)}/sandbox`,
    });
    await using client = await TestClient.connect(url);
    expect(await client.next()).toContain('"channel":"status"');
    expect(await stop()).toEqual({ code: 0, talk: '' });
  });

  it('speaks TLS, and puts the authority where a client can be pointed at it', async () => {
    const { line, url, stop } = await start(['--tls']);
    const path = String(line['ca']);
    expect(url).toMatch(/^wss:/);
    const webSocket = new WebSocket(url, { ca: await readFile(path) });
    const [frame] = (await once(webSocket, 'message')) as [Buffer];
    expect(String(frame)).toContain('"channel":"status"');
    webSocket.terminate();
    expect(await stop()).toEqual({ code: 0, talk: '' });
    expect(existsSync(path)).toBe(false);
  });

  it('makes accounts for a replay, too, of what is traded in it', async () => {
    const capture = join(directory, 'capture.ndjson');
    const lines = createMarket({ seed: 'bin', symbols: ['BTC/USD'], updates: 5 });
    await writeFile(capture, lines.join('\n'));
    const { line, url, stop } = await start(['--replay', capture, '--accounts', '1']);
    expect(line['accounts']).toMatchObject([
      { key: expect.stringContaining('sandbox-') as string },
    ]);
    const address = url.replace('ws:', 'http:').replace('/v2', '/0/public/AssetPairs');
    const body = (await (await fetch(address)).json()) as { result: object };
    expect(Object.keys(body.result)).toEqual(['XXBTZUSD']);
    expect(await stop()).toEqual({ code: 0, talk: '' });
  });

  it('gives accounts coins that are worth about what their money is', async () => {
    const source = { kind: 'synthetic', seed: 1, symbols: 35 } as const;
    const [account] = (await makeAccounts(1, source)) ?? [];
    expect(account?.balances).toMatchObject({
      ...{ USD: '100000', JPY: '100000', EUR: '90000', BTC: '1', ETH: '50' },
      PEPE: '8000000000',
    });
  });

  it('says so when it lets other machines in', async () => {
    const { line, stop } = await start(['--host', '0.0.0.0', '--allow-remote']);
    expect(line['control']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sandbox$/);
    expect((await stop()).talk).toContain('whoever reaches http://127.0.0.1:');
  });

  it('makes time stand still until it is told over HTTP to go on', async () => {
    const { url, line, stop } = await start(['--time-speed', '0', '--rate', '10']);
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD', 'ETH/USD'] });
    await client.nextOf('book');
    const body = JSON.stringify({ stepMs: 10_000 });
    await fetch(`${String(line['control'])}/time`, { method: 'POST', body });
    const beats = (): unknown[] => client.received.filter((text) => text.includes('heartbeat'));
    await expect.poll(() => beats().length).toBe(11);
    expect(await stop()).toEqual({ code: 0, talk: '' });
  });

  it('enters every frame it sends into the ledger', async () => {
    const ledger = join(directory, 'ledger.ndjson');
    const { url, stop } = await start(['--ledger', ledger, '--rate', '500', '--seed', '7']);
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    for (let count = 0; count < 50; count += 1) await client.nextOf('book');
    await stop();
    await client.closed();
    const id = /"connection_id":(\d+)/.exec(client.received[0] ?? '')?.[1];
    const entries = (await readFile(ledger, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.slice(0, client.received.length)).toEqual(
      client.received.map((text, sequence) => ({
        connection_id: id,
        sequence,
        sentNs: expect.stringMatching(/^\d{19}$/),
        crc32: crc32.buf(Buffer.from(text)) >>> 0,
        length: Buffer.byteLength(text),
      })),
    );
  });

  it('ends with 1 and one message when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { stop } = await start(['--port', String(port)]);
    const message = `kr-sandbox: port ${port} of 127.0.0.1 is in use: choose another, or 0 for a free one\n`;
    expect(await stop()).toEqual({ code: 1, talk: message });
    server.close();
  });

  it.each([
    [['--port', 'x'], '--port is "x": give a number'],
    [['--port', '70000'], '--port is 70000'],
    [['--heartbeats', 'never'], 'give quiet or steady'],
    [['--speed', '2'], '--speed is about a replay'],
    [['--replay', 'a', '--seed', '1'], '--seed is about the synthetic market'],
    [['--replay', 'a', '--speed', 'fast'], '--speed is "fast"'],
    [['--limits', 'vip'], 'give local, standard, pro, none'],
    [['--time-speed', 'fast'], '--time-speed is "fast"'],
    [['--what'], 'there is no flag --what'],
    [['here'], '"here" belongs to no flag'],
    [['--port'], '--port needs a value behind it'],
    [['--port', '--tls'], '--port needs a value behind it'],
    [['--tls=1'], '--tls takes no value'],
    [['--time-speed', '-1'], 'time cannot run -1 times as fast'],
    [['--rate', '-.5'], 'rate is -0.5'],
    [['--symbols', 'BTC/USD,XBT/USD'], 'has no XBT/USD'],
    [['--rate', '0'], 'rate is 0'],
    [['--host', '0.0.0.0'], '0.0.0.0 is not of loopback'],
    [['--time-speed', '5000'], 'time cannot run 5000 times as fast'],
  ])('ends with 2 for %j', async (argv, text) => {
    const { stop } = await start(argv);
    const { code, talk } = await stop();
    expect(code).toBe(2);
    expect(talk).toContain(text);
  });

  it.each([
    [['--replay', '/no/such/capture'], 'cannot replay the capture: There is no /no/such/capture'],
    [
      ['--ledger', '/no/such/directory/ledger'],
      'cannot write the ledger /no/such/directory/ledger (ENOENT): check the path of --ledger',
    ],
  ])('ends with 1 for %j', async (argv, text) => {
    const { stop } = await start(argv);
    const { code, talk } = await stop();
    expect(code).toBe(1);
    expect(talk).toContain(text);
  });

  it('shows its flags', async () => {
    expect(readOptions(['--help'])).toBe('help');
    expect(
      readOptions(['--replay', 'f', '--speed', 'max', '--loop', '--close-at-end']),
    ).toMatchObject({
      source: { kind: 'replay', path: 'f', speed: 'max', loop: true, closeAtEnd: true },
    });
  });
});

const built = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

const spawned: ChildProcess[] = [];
afterEach(() => {
  // Of a test that failed: one that replays at full speed would slow all others down.
  for (const child of spawned.splice(0)) child.kill('SIGKILL');
});

async function spawnBin(argv: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [built, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  spawned.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

describe.skipIf(!existsSync(built))('the built command (skipped: no dist)', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('closes cleanly on %s', async (signal) => {
    const { child, url } = await spawnBin([]);
    await using client = await TestClient.connect(url);
    const closed = client.closed();
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await closed).toBe(1001);
    expect(await exited).toEqual([0, null]);
  });

  it('has in its ledger all that a client received when it is killed', async () => {
    const lines = createMarket({ seed: 'k', symbols: ['BTC/USD'], updates: 2_000 });
    const path = join(directory, 'killed.ndjson');
    await writeFile(path, `${lines.join('\n')}\n`);
    const ledger = join(directory, 'killed-ledger.ndjson');
    const { child, url } = await spawnBin([
      ...['--replay', path, '--speed', 'max', '--loop', '--ledger', ledger],
    ]);
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    for (let count = 0; count < 2_000; count += 1) await client.nextOf('book');
    child.kill('SIGKILL');
    await client.closed();
    const entries = (await readFile(ledger, 'utf8')).trimEnd().split('\n');
    expect(entries.length).toBeGreaterThanOrEqual(client.received.length);
    const crcs = entries
      .slice(0, client.received.length)
      .map((entry) => /"crc32":(\d+)/.exec(entry)?.[1]);
    expect(crcs).toEqual(client.received.map((text) => String(crc32.buf(Buffer.from(text)) >>> 0)));
  }, 180_000);
});
