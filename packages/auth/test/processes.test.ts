import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createFileNonceStore } from '../src/file-nonce-store.node.ts';
import { createNonceSource } from '../src/nonce-source.ts';
import { startModule } from './child.ts';
import { CLIENT, HOGGER, HOLDER, TAKER, WAITER } from './processes.ts';
import { createScratch } from './scratch.ts';
import { KEY, SPOT_SECRET } from './vectors.ts';

const PROCESSES = 4;
const CALLS = 50;
const HOUR_NS = 3_600_000_000_000n;
const clock = { wallNs: () => BigInt(Date.now()) * 1_000_000n };
const open = (directory: string) =>
  createFileNonceStore({ directory, key: KEY, timers: globalThis });
const isIncreasing = (nonces: readonly bigint[]): boolean =>
  nonces.every((nonce, index) => index === 0 || nonce > (nonces[index - 1] ?? nonce));

/** Generous, for machines that are shared. */
const LIMITS = { timeout: 240_000 };

describe('several processes with one key', LIMITS, () => {
  it('get 200 nonces for 200 parallel calls, none twice, each higher than the one before', async () => {
    await using scratch = await createScratch();
    const children = Array.from({ length: PROCESSES }, (_, index) =>
      // Their clocks are hours apart: the nonces must not notice.
      startModule(TAKER, [scratch.path, KEY, String(BigInt(index) * HOUR_NS), String(CALLS)]),
    );
    const given = await Promise.all(
      children.map(async (child) => (JSON.parse(await child.line()) as string[]).map(BigInt)),
    );
    expect(await Promise.all(children.map(({ exit }) => exit))).toEqual(
      children.map(() => ({ code: 0, stderr: '' })),
    );
    expect(given.map((nonces) => isIncreasing(nonces))).toEqual([true, true, true, true]);
    expect(new Set(given.flat()).size).toBe(PROCESSES * CALLS);
    // Higher than all of them is what comes next, here as well.
    await using store = open(scratch.path);
    const highest = given.flat().reduce((a, b) => (a > b ? a : b));
    expect(await createNonceSource({ clock: { wallNs: () => 0n }, store }).next()).toBe(
      highest + 1n,
    );
  });

  it('take turns: 200 held nonces strictly increase in the order in which they were used', async () => {
    await using scratch = await createScratch();
    const log = join(scratch.path, 'log');
    const children = Array.from({ length: PROCESSES }, (_, index) => {
      const skew = String(BigInt(index) * HOUR_NS);
      return startModule(HOLDER, [join(scratch.path, 'n'), KEY, skew, String(CALLS), log]);
    });
    expect(await Promise.all(children.map(({ exit }) => exit))).toEqual(
      children.map(() => ({ code: 0, stderr: '' })),
    );
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(2 * PROCESSES * CALLS);
    // Nobody came in between anybody's entry and exit.
    for (let at = 0; at < lines.length; at += 2) {
      expect(lines[at + 1]).toBe(lines[at]?.replace(/in$/, 'out'));
    }
    const nonces = lines
      .filter((line) => line.endsWith('in'))
      .map((line) => BigInt(line.split(' ')[0] ?? ''));
    expect(isIncreasing(nonces)).toBe(true);
    // Nothing is left but the last turn.
    const [id = ''] = await readdir(join(scratch.path, 'n'));
    expect((await readdir(join(scratch.path, 'n', id))).toSorted()).toEqual([
      `${PROCESSES * CALLS}.over`,
      `${PROCESSES * CALLS}.turn`,
    ]);
  });

  it('send 200 signed requests to a server that takes no nonce out of order: no nonce error', async () => {
    await using scratch = await createScratch();
    let highest = 0n;
    let served = 0;
    const secret = Buffer.from(SPOT_SECRET, 'base64');
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const nonce = new URLSearchParams(body).get('nonce') ?? '';
        const digest = createHash('sha256')
          .update(nonce + body)
          .digest();
        const hmac = createHmac('sha512', secret)
          .update(request.url ?? '')
          .update(digest);
        const isSigned = request.headers['api-sign'] === hmac.digest('base64');
        const isNext = BigInt(nonce) > highest;
        if (isNext) highest = BigInt(nonce);
        served += 1;
        const error = isSigned
          ? isNext
            ? []
            : ['EAPI:Invalid nonce']
          : ['EAPI:Invalid signature'];
        return response.end(JSON.stringify({ error }));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const children = Array.from({ length: PROCESSES }, () =>
      startModule(CLIENT, [url, scratch.path, KEY, SPOT_SECRET, String(CALLS)]),
    );
    const errors = await Promise.all(children.map((child) => child.line()));
    await Promise.all(children.map(({ exit }) => exit));
    await new Promise((resolve) => server.close(resolve));
    expect(errors).toEqual(['[]', '[]', '[]', '[]']);
    expect(served).toBe(PROCESSES * CALLS);
  });

  it('go on at once when the one that holds the turn is killed', async () => {
    await using scratch = await createScratch();
    await using hogger = startModule(HOGGER, [scratch.path, KEY]);
    const held = BigInt(await hogger.line());
    const waiters = [1, 2, 3].map(() => startModule(WAITER, [scratch.path, KEY]));
    await Promise.all(waiters.map((waiter) => waiter.line()));
    await using store = open(scratch.path);
    const here = createNonceSource({ clock, store }).withNonce(async (nonce) => nonce);
    hogger.process.kill('SIGKILL');
    const nonces = [await here, ...(await Promise.all(waiters.map((waiter) => waiter.line())))];
    expect(nonces.every((nonce) => BigInt(nonce) > held)).toBe(true);
    expect(new Set(nonces.map(String)).size).toBe(4);
    await Promise.all(waiters.map(({ exit }) => exit));
  });

  it('are not held up by one that is frozen while it waits', async () => {
    await using scratch = await createScratch();
    await using store = open(scratch.path);
    const nonces = createNonceSource({ clock, store });
    await using waiter = startModule(WAITER, [scratch.path, KEY]);
    const first = await nonces.withNonce(async (nonce) => {
      await waiter.line();
      while (store.waitingElsewhere === 0) await new Promise((resolve) => setImmediate(resolve));
      waiter.process.kill('SIGSTOP');
      return nonce;
    });
    expect(await nonces.withNonce(async (nonce) => nonce)).toBeGreaterThan(first);
    const second = await nonces.next();
    waiter.process.kill('SIGCONT');
    expect(BigInt(await waiter.line())).toBeGreaterThan(second);
    await waiter.exit;
  });

  it('do not stay alive for the sake of the store, and leave nothing that stands in the way', async () => {
    await using scratch = await createScratch();
    const source = WAITER.replace('await store.close();', '');
    for (let run = 0; run < 2; run += 1) {
      const child = startModule(source, [scratch.path, KEY]);
      expect(await child.line()).toBe('asking');
      expect(BigInt(await child.line())).toBeGreaterThan(0n);
      expect(await child.exit).toEqual({ code: 0, stderr: '' });
    }
  });
});
