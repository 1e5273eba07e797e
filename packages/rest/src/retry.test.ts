import type { RestFault } from '@kr/sandbox/rest';
import { parseKrakenError } from '@kr/schemas';
import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { rejected } from './answer-errors.ts';
import { createSpotGovernor, type RestError, type RetryEvent, spotLimits } from './index.ts';
import { withRetry } from './retry.ts';

const policy = { attempts: 3, initialMs: 100, maxMs: 1000 };
const read = { mutates: false, signal: undefined };

function krakenSays(text: string): RestError {
  const source = {
    endpoint: 'POST /0/private/Balance',
    mutates: false,
    status: 200,
    contentType: '',
    permission: 'query-funds',
  };
  return rejected(source, [parseKrakenError(text)]);
}

const alwaysBusy = (): Promise<string> => Promise.reject(krakenSays('EService:Busy'));

/** Runs `attempt` with time that moves by itself; what was waited, and the outcome. */
async function retried(attempt: () => Promise<string>, call = read) {
  const time = new ManualTime();
  const events: RetryEvent[] = [];
  const onRetry = (event: RetryEvent): void => {
    events.push(event);
    void time.advance(event.waitMs);
  };
  const parts = { policy, clock: time, timers: time, random: () => 0.5, onRetry };
  const result = await withRetry(attempt, call, parts).catch((error: unknown) => error);
  return { result, waits: events.map(({ waitMs }) => waitMs) };
}

describe('the retry policy', () => {
  it('repeats a read with growing waits, and gives up after the attempts', async () => {
    let calls = 0;
    const { result, waits } = await retried(async () => {
      calls += 1;
      throw krakenSays('EService:Busy');
    });
    expect(calls).toBe(3);
    expect(waits).toStrictEqual([50, 100]);
    expect(result).toMatchObject({ code: 'REJECTED' });
  });

  it('never repeats what changes something', async () => {
    let calls = 0;
    await retried(
      async () => {
        calls += 1;
        throw krakenSays('EAPI:Invalid nonce');
      },
      { mutates: true, signal: undefined },
    );
    expect(calls).toBe(1);
  });

  it('repeats a refused nonce once', async () => {
    let calls = 0;
    await retried(async () => {
      calls += 1;
      throw krakenSays('EAPI:Invalid nonce');
    });
    expect(calls).toBe(2);
  });

  it('waits until the time that a throttle gives, and not at all when that is too far off', async () => {
    const nowS = Number(new ManualTime().wallNs() / 1_000_000_000n);
    const throttled = (seconds: number) =>
      retried(() => Promise.reject(krakenSays(`EService:Throttled: ${nowS + seconds}`)));
    expect((await throttled(1)).waits).toStrictEqual([1000, 100]);
    const { waits, result } = await throttled(60);
    expect(waits).toStrictEqual([]);
    expect(result).toMatchObject({
      code: 'REJECTED',
      context: { errors: [{ retryAt: nowS + 60 }] },
    });
  });

  it.each([
    'EGeneral:Permission denied',
    'EGeneral:Temporary lockout',
    'EQuery:Unknown asset pair',
  ])('does not repeat after %s', async (text) => {
    const { waits } = await retried(() => Promise.reject(krakenSays(text)));
    expect(waits).toStrictEqual([]);
  });

  it('stops waiting when the signal fires', async () => {
    const time = new ManualTime();
    const controller = new AbortController();
    const onRetry = (): void => controller.abort();
    const parts = { policy, clock: time, timers: time, random: () => 1, onRetry };
    const call = { mutates: false, signal: controller.signal };
    expect(await failureOf(withRetry(alwaysBusy, call, parts))).toMatchObject({ code: 'ABORTED' });
    expect(time.armed).toBe(0);
  });

  it("does not go round a governor's refusal", async () => {
    await withKraken(async ({ spot, sandbox }) => {
      const time = new ManualTime();
      const limits = spotLimits('pro');
      const governor = createSpotGovernor({ clock: time, timers: time, limits, maxWaitMs: 0 });
      const client = spot({ governor });
      for (let call = 0; call < 19; call += 1) await client.balance();
      const events: RetryEvent[] = [];
      const refused = spot({ governor, onRetry: (event) => events.push(event) }).balance();
      expect(await failureOf(refused)).toMatchObject({ code: 'RATE_LIMIT_AHEAD' });
      expect([events.length, sandbox.stats.requests]).toStrictEqual([0, 19]);
    });
  });

  it('signs anew for each attempt: no nonce twice, and the read succeeds', async () => {
    const faults: (RestFault | undefined)[] = [
      { when: 'before', how: 'badGateway' },
      { when: 'before', how: 'reset' },
    ];
    const nonces: unknown[] = [];
    await withKraken(
      async ({ spot, sandbox }) => {
        const events: RetryEvent[] = [];
        const client = spot({ onRetry: (event) => events.push(event) });
        expect(await client.balance()).toHaveProperty('ZUSD');
        expect(events.map(({ error }) => error.code)).toStrictEqual([
          'HTTP_STATUS',
          'CONNECTION_LOST',
        ]);
        expect(new Set(nonces).size).toBe(3);
        expect(sandbox.stats.nonceErrors).toBe(0);
      },
      {
        fault: ({ params }) => {
          nonces.push(params['nonce']);
          return faults.shift();
        },
      },
    );
  });
});
