import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { describe, expect, it } from 'vitest';
import { createSandbox } from '../sandbox.ts';
import { createRestSandbox } from './index.ts';

describe('a sandbox with a REST side', () => {
  it('answers REST and refuses what is neither, on the port of its sockets', async () => {
    const clock = createSystemClock();
    const timers = createSystemTimers();
    const rest = createRestSandbox({ clock, timers, keys: [] });
    const source = { kind: 'synthetic', seed: 1 } as const;
    await using sandbox = createSandbox({ source, clock, timers, rest });
    const { port } = await sandbox.listen();
    const statusOf = async (path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    const time = await fetch(`http://127.0.0.1:${port}/0/public/Time`);
    expect(await time.json()).toMatchObject({
      error: [],
      result: { unixtime: expect.any(Number) as number },
    });
    expect([await statusOf('/v2'), await statusOf('/other')]).toStrictEqual([426, 404]);
    expect(rest.stats.requests).toBe(1);
  });

  it('tells its market over REST even without accounts', async () => {
    const clock = createSystemClock();
    const timers = createSystemTimers();
    const source = { kind: 'synthetic', seed: 1 } as const;
    await using sandbox = createSandbox({ source, clock, timers });
    const { port } = await sandbox.listen();
    const call = async (path: string): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${port}/0/${path}`)).json();
    expect(await call('public/AssetPairs?pair=XBTUSD')).toMatchObject({
      error: [],
      result: { XXBTZUSD: { wsname: 'XBT/USD' } },
    });
    expect(await call('private/Balance')).toEqual({ error: ['EAPI:Invalid key'] });
  });
});
