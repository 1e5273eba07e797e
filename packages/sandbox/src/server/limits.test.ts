import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';
import { ClientLimits } from './client-limits.ts';
import { ConnectLimiter } from './connect-limiter.ts';
import { LIMITS, type Limits, resolveLimits } from './limits.ts';
import { RateCounter } from './rate-counter.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function start(
  limits: SandboxOptions['limits'],
): Promise<{ url: string; sandbox: Sandbox; time: ManualTime }> {
  const time = new ManualTime();
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, rate: 0.001 },
    clock: time,
    timers: time,
    limits,
  });
  opened.push(sandbox);
  return { sandbox, time, url: (await sandbox.listen()).url };
}

describe('the counter of level3', () => {
  const costs: [number, number, number][] = [
    // depth, standard, pro: how many symbols fit at once
    [10, 40, 100],
    [100, 8, 20],
    [1_000, 2, 5],
  ];
  it.each(costs)('takes at depth %i at once %i symbols, of a pro account %i', (depth, ...fits) => {
    for (const [at, name] of (['standard', 'pro'] as const).entries()) {
      const limits = new ClientLimits(LIMITS[name], new ManualTime());
      const symbol = { channel: 'level3', depth };
      for (let count = 0; count < (fits[at] ?? 0); count += 1) {
        expect(limits.admit(symbol)).toBeUndefined();
      }
      expect(limits.admit(symbol)).toBe('Exceeded msg rate');
      expect(limits.admit({ channel: 'book', depth: 1_000 })).toBeUndefined();
    }
  });

  it('has room again after a while, and no more than 200 symbols even then', () => {
    const time = new ManualTime();
    const limits = new ClientLimits(LIMITS.standard, time);
    const symbol = { channel: 'level3', depth: 10 };
    let admitted = 0;
    for (let second = 0; second < 8; second += 1) {
      for (let count = 0; count < 50; count += 1) {
        if (limits.admit(symbol) === undefined) admitted += 1;
      }
      time.advance(1_000);
    }
    expect(admitted).toBe(200);
    expect(limits.admit(symbol)).toBe('Exceeded level3 symbols limit');
    limits.release(symbol);
    expect(limits.admit(symbol)).toBeUndefined();
  });

  it('never grants more than its maximum in a moment, nor twice that in a second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 120 })), {
          maxLength: 60,
        }),
        (steps) => {
          const time = new ManualTime();
          const counter = new RateCounter(200, time);
          const granted: { at: number; cost: number }[] = [];
          let at = 0;
          for (const [wait, cost] of steps) {
            time.advance(wait);
            at += wait;
            if (counter.charge(cost)) granted.push({ at, cost });
          }
          for (const { at: from } of granted) {
            const within = (ms: number): number =>
              granted
                .filter((grant) => grant.at >= from && grant.at <= from + ms)
                .reduce((sum, { cost }) => sum + cost, 0);
            expect(within(0)).toBeLessThanOrEqual(200);
            expect(within(1_000)).toBeLessThanOrEqual(400);
          }
        },
      ),
    );
  });
});

describe('attempts to connect', () => {
  it('are refused with 429 after 150 in 600 s, and the address is banned for 600 s', async () => {
    const time = new ManualTime();
    const limiter = new ConnectLimiter(LIMITS.standard.connects, time);
    for (let count = 0; count < 150; count += 1) {
      expect(limiter.refuse('127.0.0.1')).toBeUndefined();
      time.advance(1_000);
    }
    expect(limiter.refuse('127.0.0.1')).toBe(600);
    expect(limiter.refuse('::1')).toBeUndefined();
    time.advance(599_000);
    expect(limiter.refuse('127.0.0.1')).toBe(1);
    time.advance(1_000);
    expect(limiter.refuse('127.0.0.1')).toBeUndefined();
  });

  it('are counted on the port', async () => {
    const { url, sandbox, time } = await start({
      connects: { max: 2, windowMs: 60_000, banMs: 10_000 },
    });
    const clients = [await TestClient.connect(url), await TestClient.connect(url)];
    await expect(TestClient.connect(url)).rejects.toThrow('Unexpected server response: 429');
    expect(sandbox.stats.rejectedUpgrades).toBe(1);
    time.advance(60_000);
    await using third = await TestClient.connect(url);
    expect(await third.next()).toContain('status');
    for (const client of clients) client.webSocket.terminate();
  });

  it('are as many as a test suite likes by default', () => {
    expect(resolveLimits()).not.toHaveProperty('connects');
  });
});

describe('a client', () => {
  it('that sends too fast is told so, and served again later', async () => {
    const { url, time } = await start({ messages: { max: 5 } });
    await using client = await TestClient.connect(url);
    for (let count = 0; count < 7; count += 1) client.send({ method: 'ping', req_id: count });
    for (let count = 0; count < 5; count += 1) expect(await client.nextAnswer()).toContain('pong');
    expect(await client.nextAnswer()).toBe('{"Error":"Exceeded msg rate"}');
    expect(await client.nextAnswer()).toBe('{"Error":"Exceeded msg rate"}');
    time.advance(1_000);
    client.send({ method: 'ping' });
    expect(await client.nextAnswer()).toContain('pong');
  });

  it('has so many subscriptions and no more, and may give some up', async () => {
    const { url } = await start({ subscriptions: 2 });
    await using client = await TestClient.connect(url);
    client.subscribe({ channel: 'trade', symbol: ['BTC/USD', 'ETH/USD', 'SOL/USD'] });
    await client.nextAnswer();
    await client.nextAnswer();
    expect(await client.nextAnswer()).toContain('{"error":"Exceeded subscriptions limit"');
    client.send({ method: 'unsubscribe', params: { channel: 'trade', symbol: ['BTC/USD'] } });
    await client.nextAnswer();
    client.subscribe({ channel: 'trade', symbol: ['SOL/USD'] });
    expect(await client.nextAnswer()).toContain('"success":true');
  });
});

it('refuses a name that is none', () => {
  expect(() => resolveLimits('vip' as unknown as Limits)).toThrow(
    'limits is "vip": give local, standard, pro, none, or an object of them',
  );
});
