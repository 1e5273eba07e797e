import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { promisify } from 'node:util';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox } from '../sandbox-types.ts';
import { createSandboxTime } from '../time/sandbox-time.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

interface Started {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly base: string;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<[number, unknown]>;
}

/** Its time stands still, on the machine's clock: only what is asked over HTTP moves it. */
async function start(): Promise<Started> {
  const time = createSandboxTime({
    clock: createSystemClock(),
    timers: createSystemTimers(),
    speed: 0,
  });
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD'], rate: 100 },
    clock: time,
    timers: time,
  });
  opened.push(sandbox);
  const { url, port } = await sandbox.listen();
  const base = `http://127.0.0.1:${port}/sandbox`;
  const ask = async (method: string, path: string, body?: unknown): Promise<[number, unknown]> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(
      base + path,
      body === undefined ? { method } : { method, body: text },
    );
    expect(response.headers.get('x-kr-sandbox')).toBe('1');
    return [response.status, await response.json()];
  };
  return { sandbox, url, base, ask };
}

const wall = (answer: unknown): bigint => BigInt((answer as { wallNs: string }).wallNs);

describe('the control endpoint', () => {
  it('lists itself, and tells what the sandbox counted', async () => {
    const { url, ask } = await start();
    await using client = await TestClient.connect(url);
    await client.next();
    const [, list] = await ask('GET', '');
    expect(Object.keys(list as object)).toContain('POST /sandbox/faults');
    const [status, stats] = await ask('GET', '/stats');
    expect(status).toBe(200);
    expect(stats).toMatchObject({
      simulated: true,
      connections: { open: 1, total: 1 },
      framesSent: 1,
    });
  });

  it('moves the time, and the market with it', async () => {
    const { sandbox, ask } = await start();
    const [, before] = await ask('GET', '/time');
    expect(before).toMatchObject({ speed: 0 });
    const [, after] = await ask('POST', '/time', { stepMs: 5_000 });
    expect(wall(after) - wall(before)).toBe(5_000_000_000n);
    expect(sandbox.stats.source).toMatchObject({ steps: 500 });
    expect(await ask('POST', '/time', { speed: 3 })).toMatchObject([200, { speed: 3 }]);
    expect(sandbox.time.speed).toBe(3);
  });

  it('injects, lists and clears faults, and the ledger tells of them', async () => {
    const { url, ask } = await start();
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'book', symbol: ['BTC/USD'] });
    await client.nextOf('book');
    expect(await ask('POST', '/faults', { kind: 'drop', channel: 'book' })).toEqual([
      200,
      { id: 1 },
    ]);
    expect(await ask('POST', '/faults', { kind: 'silence' })).toEqual([200, { id: 2 }]);
    await ask('POST', '/time', { stepMs: 50 });
    const [, faults] = await ask('GET', '/faults');
    expect(faults).toMatchObject([
      { id: 1, fault: { kind: 'drop', channel: 'book' }, fired: 1, spent: true },
      { id: 2, spent: false },
    ]);
    const [, ledger] = await ask('GET', '/ledger?tail=3');
    expect(ledger).toHaveLength(3);
    expect((ledger as object[]).at(-1)).toHaveProperty('madeNs');
    expect(await ask('DELETE', '/faults/2')).toEqual([200, { cleared: '2' }]);
    expect((await ask('DELETE', '/faults/2'))[0]).toBe(400);
    expect(await ask('DELETE', '/faults')).toEqual([200, { cleared: 'all' }]);
    expect(await ask('GET', '/faults')).toEqual([200, []]);
  });

  it('keeps the end of the ledger, and no more of it', async () => {
    const { url, sandbox, ask } = await start();
    await using client = await TestClient.connect(url);
    await client.next();
    sandbox.faults.inject({ kind: 'flood', frames: 1 });
    for (let count = 0; count < 3_000; count += 1) client.send({ method: 'ping' });
    client.send({ method: 'ping', req_id: 1 });
    await client.next((text) => text.includes('"req_id":1,'));
    const [, ledger] = await ask('GET', '/ledger?tail=5000');
    const lines = ledger as { sequence: number; length: number }[];
    expect(lines).toHaveLength(1_000);
    expect(lines.at(-1)).toMatchObject({ sequence: client.received.length - 1 });
    expect(lines.at(-1)?.length).toBe(client.received.at(-1)?.length);
    expect(await ask('GET', '/ledger?tail=0')).toEqual([200, []]);
  });

  it('sets the state of the trading engine', async () => {
    const { url, ask } = await start();
    await using client = await TestClient.connect(url);
    await client.next();
    expect((await ask('POST', '/status', { system: 'post_only' }))[0]).toBe(200);
    expect(await client.next()).toContain('"system":"post_only"');
  });

  const wrong: [string, string, unknown, number, string][] = [
    ['POST', '/faults', { kind: 'explode' }, 400, 'Invalid fault: unknown kind at kind.'],
    ['POST', '/faults', '{', 400, 'the body is no JSON'],
    ['POST', '/faults', 'x'.repeat(70_000), 413, 'a body is at most 65536 bytes'],
    ['POST', '/status', { system: 'asleep' }, 400, 'Invalid status: expected "online" or'],
    ['POST', '/time', { speed: -1 }, 400, 'time cannot run -1 times as fast'],
    ['POST', '/time', { stepMs: 1e99 }, 400, 'cannot step by 1e+99 ms'],
    ['POST', '/time', { step: 1 }, 400, 'Invalid time: unknown field at step.'],
    ['GET', '/ledger?tail=many', undefined, 400, 'tail is "many"'],
    ['DELETE', '/faults/9', undefined, 400, 'there is no fault 9'],
    ['GET', '/faults/1', undefined, 404, 'there is: GET /sandbox'],
    ['PUT', '/stats', undefined, 404, 'there is: GET /sandbox'],
  ];
  it.each(wrong)('answers %s %s with %j: a reason', async (method, path, body, status, reason) => {
    const { ask } = await start();
    const [answered, answer] = await ask(method, path, body);
    expect(answered).toBe(status);
    expect((answer as { error: string }).error).toContain(reason);
  });

  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }])(
    'is closed to %o',
    async (headers) => {
      const { base } = await start();
      const status = await new Promise((resolve, reject) => {
        get(`${base}/stats`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(403);
    },
  );
});

it('every curl line of the README does what it says', async () => {
  const { base } = await start();
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = [...readme.matchAll(/^curl .*\$SANDBOX.*$/gm)].map(([line]) => line);
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${line} --fail-with-body`], {
      env: { ...process.env, SANDBOX: base },
    });
    expect(JSON.parse(stdout)).not.toHaveProperty('error');
  }
});
