import { once } from 'node:events';
import { get } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { openFutures } from '../../test/futures-client.ts';
import { FuturesRest } from '../../test/futures-rest.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, type PaperClient, paperAccount } from '../../test/paper.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';
import type { Fault } from './fault.ts';

const opened: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function start(options: Partial<SandboxOptions> = {}) {
  const time = new ManualTime();
  const ledger: Record<string, unknown>[] = [];
  const paper = await openPaper(
    [paperAccount('alice')],
    {
      ledger: (lines) => {
        for (const line of lines.trim().split('\n')) ledger.push(JSON.parse(line));
      },
      ...options,
    },
    time,
  );
  opened.push(paper.sandbox);
  const [rest] = paper.rest as [PaperClient];
  const open = async (): Promise<number> =>
    Object.keys((await rest.get<{ open: object }>('OpenOrders')).open).length;
  return { ...paper, time, ledger, rest, open };
}

async function openFuturesRest() {
  const { sandbox, http, accounts } = await openFutures();
  opened.push(sandbox);
  return { sandbox, rest: new FuturesRest(http, accounts[0] ?? { key: '', secret: '' }) };
}

const LIMIT = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit', volume: '0.5', price: '30000.1' };

describe('a request of Spot', () => {
  it('is done and answered 502: the order is there, and the ledger tells', async () => {
    const { sandbox, rest, ledger, open } = await start();
    const id = sandbox.faults.inject({
      kind: 'rest',
      path: 'AddOrder',
      when: 'after',
      how: 'badGateway',
    });
    const { response, text } = await rest.send('AddOrder', LIMIT);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      502,
      'text/html; charset=utf-8',
    ]);
    expect(text).toMatch(/^<!DOCTYPE html>.*502 Bad Gateway.*kr sandbox/);
    expect(await open()).toBe(1);
    expect(ledger).toMatchObject([{ fault: 'rest', faultId: id }]);
    expect(sandbox.faults.list()).toMatchObject([{ fired: 1, spent: true }]);
  });

  it.each([
    [{ how: 'tooManyRequests', retryAfter: 5 }, 429, '429 Too Many Requests'],
    [{ how: 'badGateway', status: 520 }, 520, '520 Error'],
    [{ how: 'html' }, 200, 'Scheduled maintenance'],
    [{ how: 'internal' }, 200, '{"error":["EGeneral:Internal error"]}'],
    [{ how: 'busy' }, 200, '{"error":["EService:Busy"]}'],
    [{ how: 'refused' }, 200, '{"error":["EService:Unavailable"]}'],
    [
      { how: 'refused', error: 'EService:Throttled: 9' },
      200,
      '{"error":["EService:Throttled: 9"]}',
    ],
    [{ how: 'wrongTypes' }, 200, '{"error":[],"result":{"descr":7,'],
  ] as const)('is answered %o and not done', async (fault, status, said) => {
    const { sandbox, rest, open } = await start();
    sandbox.faults.inject({ kind: 'rest', ...fault });
    const { response, text } = await rest.send('AddOrder', LIMIT);
    expect(response.status).toBe(status);
    expect(text).toContain(said);
    expect(response.headers.get('retry-after')).toBe('retryAfter' in fault ? '5' : null);
    expect(response.headers.get('x-kr-sandbox')).toBe('1');
    expect(await open()).toBe(0);
  });

  it('has its connection reset, and is done long afterwards', async () => {
    const { sandbox, rest, time, open } = await start();
    sandbox.faults.inject({ kind: 'rest', when: 'late', how: 'reset', lateMs: 3_000 });
    await expect(rest.send('AddOrder', LIMIT)).rejects.toThrow('fetch failed');
    expect(await open()).toBe(0);
    time.advance(2_999);
    expect(await open()).toBe(0);
    time.advance(1);
    expect(await open()).toBe(1);
  });

  it('is done, and its answer comes in pieces, or only half', async () => {
    const { sandbox, rest, time, open } = await start();
    sandbox.faults.inject({ kind: 'rest', how: 'slowBody', pauseMs: 10 });
    let isWaiting = true;
    const slow = rest.call('AddOrder', LIMIT).finally(() => {
      isWaiting = false;
    });
    const begunNs = time.monotonicNs();
    const pass = (): void => {
      time.advance(1);
      if (isWaiting) setImmediate(pass);
    };
    pass();
    const said = await slow;
    expect(said).toMatchObject({ error: [], result: { txid: [expect.any(String)] } });
    expect(time.monotonicNs() - begunNs).toBeGreaterThanOrEqual(30_000_000n);
    sandbox.faults.inject({ kind: 'rest', how: 'cutBody' });
    await expect(rest.send('AddOrder', LIMIT)).rejects.toThrow('terminated');
    expect(await open()).toBe(2);
  });

  it('is meant by its path, after so many of them or so long, and so often', async () => {
    const { sandbox, rest, time, url } = await start();
    const busy = { kind: 'rest', how: 'busy' } as const;
    const isBusy = async (name: string): Promise<boolean> =>
      (await rest.call(name)).error[0] === 'EService:Busy';
    sandbox.faults.inject({ ...busy, path: 'Balance', after: { requests: 1 }, times: 2 });
    expect(await isBusy('BalanceEx')).toBe(false);
    const seen: boolean[] = [];
    for (let count = 0; count < 4; count += 1) seen.push(await isBusy('Balance'));
    expect(seen).toEqual([false, true, true, false]);
    sandbox.faults.inject({ ...busy, path: '/0/private/', after: { ms: 500 }, times: 'always' });
    expect(await isBusy('Balance')).toBe(false);
    time.advance(500);
    expect([await isBusy('Balance'), await isBusy('Ledgers')]).toEqual([true, true]);
    const answer = await fetch(`${url}/0/public/Time`);
    expect(await answer.json()).toMatchObject({ error: [] });
    sandbox.faults.clear();
    expect(await isBusy('Balance')).toBe(false);
  });

  it('goes wrong at random, the same for a seed', async () => {
    const of: Extract<Fault, { kind: 'random' }>['of'] = [
      { kind: 'rest', how: 'busy' },
      { kind: 'rest', how: 'internal' },
      { kind: 'rest', how: 'tooManyRequests' },
    ];
    const run = async (seed: string): Promise<string[]> => {
      const { rest, time } = await start({ faults: [{ kind: 'random', seed, meanMs: 300, of }] });
      const texts: string[] = [];
      for (let at = 0; at < 30; at += 1) {
        time.advance(200);
        texts.push((await rest.send('Balance')).text);
      }
      return texts;
    };
    const first = await run('storm');
    expect(new Set(first).size).toBe(4);
    expect(await run('storm')).toEqual(first);
    expect(await run('calm')).not.toEqual(first);
  });

  it('goes wrong by the control endpoint as well', async () => {
    const { rest, url } = await start();
    const body = '{"kind":"rest","how":"tooManyRequests","retryAfter":60}';
    const answer = await fetch(`${url}/sandbox/faults`, { method: 'POST', body });
    expect(await answer.json()).toEqual({ id: 1 });
    expect((await rest.send('Balance')).response.status).toBe(429);
    expect((await rest.send('Balance')).response.status).toBe(200);
  });

  it('is reset below its TLS', async () => {
    const { sandbox, url } = await start({ tls: true });
    sandbox.faults.inject({ kind: 'rest', how: 'reset' });
    const target = new URL('/0/public/Time', url.replace('http:', 'https:'));
    const request = get(target, { rejectUnauthorized: false });
    const [error] = (await once(request, 'error')) as [Error & { code: string }];
    expect(error.code).toBe('ECONNRESET');
  });
});

describe('a request of Futures', () => {
  const ORDER = {
    orderType: 'lmt',
    symbol: 'PF_XBTUSD',
    side: 'buy',
    size: '1',
    limitPrice: '100',
  };

  it('is done and answered 502', async () => {
    const { sandbox, rest } = await openFuturesRest();
    sandbox.faults.inject({
      kind: 'rest',
      path: '/derivatives/',
      when: 'after',
      how: 'badGateway',
    });
    expect(await rest.call('sendOrder', ORDER)).toContain('<title>502 Bad Gateway</title>');
    expect(await rest.get('openOrders')).toMatchObject({ openOrders: [{ limitPrice: 100 }] });
  });

  it.each([
    [{ how: 'internal' }, '{"result":"error","error":"Server Error"}'],
    [{ how: 'busy' }, '{"result":"error","error":"Unavailable"}'],
    [{ how: 'wrongTypes' }, '"serverTime":7'],
  ] as const)('is answered %o in the words of Futures, and not done', async (fault, said) => {
    const { sandbox, rest } = await openFuturesRest();
    sandbox.faults.inject({ kind: 'rest', ...fault });
    expect(await rest.call('sendOrder', ORDER)).toContain(said);
    expect(await rest.get('openOrders')).toMatchObject({ openOrders: [] });
  });
});
