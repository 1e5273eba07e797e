import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clock, type Running, startMonitor, TestPage, timers } from '../test/running.ts';
import { createMonitor } from './create-monitor.ts';
import { createLiveSource } from './feed/live-source.ts';

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** By node:http, since fetch sets Host and Origin itself. */
const ask = (
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest(new URL(path, url), { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });

const upgrade = (headers: Record<string, string>) => ({
  headers: {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  },
});

const recording = () => ({
  state: 'recording',
  frames: 1,
  bytes: 2,
  directory: '/home/me/rec',
});

const swapAt = (url: string, body: string): Promise<Answer> =>
  ask(url, '/session', { method: 'POST', body });

describe('the server', () => {
  let running: Running;
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kr-page-'));
    await writeFile(join(directory, 'index.html'), '<!doctype html><title>page</title>');
    await writeFile(join(directory, 'secret.txt'), 'no page file');
    running = await startMonitor({ symbols: ['BTC/USD'], pageDirectory: directory, recording });
  });
  afterAll(async () => {
    await running[Symbol.asyncDispose]();
    await rm(directory, { recursive: true });
  });
  const get = (path: string, options = {}): Promise<Answer> =>
    ask(running.monitor.url, path, options);
  it('serves the page with a policy that lets nothing else in', async () => {
    const { status, headers, body } = await get('/');
    expect([status, body]).toEqual([200, '<!doctype html><title>page</title>']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/secret.txt', '/nothing.js', '/%00'])(
    'serves no other file: %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  it.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '169.254.169.254',
    'localhost.evil.example',
  ])('refuses Host %s, which a name that was bound to us anew would send', async (host) => {
    expect((await get('/', { headers: { host } })).status).toBe(403);
    await expect(get('/stream', upgrade({ host }))).resolves.toMatchObject({ status: 403 });
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1.evil.example'])(
    'refuses Origin %s',
    async (origin) => {
      expect((await get('/', { headers: { origin } })).status).toBe(403);
      const swap = { method: 'POST', headers: { origin }, body: 'code' };
      expect((await get('/session', swap)).status).toBe(403);
      await expect(get('/stream', upgrade({ origin }))).resolves.toMatchObject({ status: 403 });
    },
  );

  it('answers other methods and other streams with what is allowed', async () => {
    expect((await get('/', { method: 'DELETE' })).status).toBe(405);
    expect((await get('/session')).headers['allow']).toBe('POST');
    await expect(get('/other', upgrade({}))).resolves.toMatchObject({ status: 404 });
    expect(await get('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('shows what is private for the code alone, once, and never to another page', async () => {
    const { monitor } = running;
    const directoryOf = async (headers: Record<string, string> = {}): Promise<unknown> => {
      await using page = new TestPage(monitor, true, headers);
      await page.until(() => page.market.status.value?.recording !== undefined);
      expect(page.market.hello.value?.isPrivate).toBe(
        'cookie' in headers && headers['cookie'] !== 'x=y',
      );
      return page.market.status.value?.recording?.directory;
    };
    expect(await directoryOf()).toBeUndefined();
    expect(await directoryOf({ cookie: 'x=y' })).toBeUndefined();
    const code = new URL(monitor.privateUrl).hash.slice(1);
    expect(code).toMatch(/^[\w-]{43}$/);
    expect((await swapAt(monitor.url, 'wrong')).status).toBe(403);
    expect((await swapAt(monitor.url, 'x'.repeat(2000))).status).toBe(403);
    const { status, headers } = await swapAt(monitor.url, code);
    const cookie = String(headers['set-cookie']);
    expect(status).toBe(204);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict; Path=\/$/);
    expect(await directoryOf({ cookie: cookie.split(';')[0] ?? '' })).toBe('/home/me/rec');
    expect((await swapAt(monitor.url, code)).status).toBe(403);
    expect(monitor.privateUrl).toBe(monitor.url);
  });
});

describe('the code', () => {
  it('is void after some wrong ones', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    const code = new URL(running.monitor.privateUrl).hash.slice(1);
    const { url } = running.monitor;
    for (let i = 0; i < 5; i += 1) expect((await swapAt(url, `wrong ${i}`)).status).toBe(403);
    expect((await swapAt(url, code)).status).toBe(403);
  });
});

const facts = { kind: 'sandbox', title: 'Sandbox', symbols: ['BTC/USD'], clock, timers };

describe('a monitor', () => {
  it('says that its port is taken', async () => {
    await using running = await startMonitor({ symbols: ['BTC/USD'] });
    const port = Number(new URL(running.monitor.url).port);
    const source = createLiveSource({ ...facts, url: running.sandboxUrl });
    await expect(createMonitor({ source, port, clock, timers })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    });
  });

  it('says that its source is not there, or has no such symbol', async () => {
    const nowhere = createLiveSource({ ...facts, url: 'ws://127.0.0.1:9/v2' });
    await expect(createMonitor({ source: nowhere, clock, timers })).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/^Sandbox cannot be reached: /),
    });
    await expect(startMonitor({ symbols: ['BTC/USD'], open: ['NOPE/USD'] })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    });
  });

  it('frees its port when it closes, and closes once', async () => {
    const running = await startMonitor({ symbols: ['BTC/USD'] });
    const page = new TestPage(running.monitor);
    await page.ready();
    await Promise.all([running.monitor.close(), running.monitor.close()]);
    await page.until(() => page.socket.readyState === page.socket.CLOSED);
    await expect(ask(running.monitor.url, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await running[Symbol.asyncDispose]();
  });
});
