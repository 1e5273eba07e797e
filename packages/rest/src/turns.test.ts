import { describe, expect, it } from 'vitest';
import { failureOf } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import {
  createSpotClient,
  createSpotGovernor,
  type RequestSigner,
  type SpotClientOptions,
  spotLimits,
  type Transport,
} from './index.ts';

const { rest } = spotLimits('pro');
const LAST_MS = 300_000;
const close = async (): Promise<void> => {};

/** One call at a time, as a nonce asks for. */
function createTurns(): RequestSigner {
  let last: Promise<unknown> = Promise.resolve();
  return {
    withSigned: ({ path }, send) => {
      const signed = {
        method: 'POST',
        path,
        target: path,
        headers: {},
        body: '',
        nonce: 1n,
      } as const;
      const mine = last.then(() => send(signed));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** A gateway that keeps the first private call for `hangMs`, and notes when each went out. */
function createGateway(time: ManualTime, hangMs: number) {
  const gone: { readonly target: string; readonly atMs: number }[] = [];
  const request: Transport['request'] = async ({ target }) => {
    if (target.startsWith('/0/private/')) {
      gone.push({ target, atMs: time.nowMs });
      if (gone.length === 1) await new Promise<void>((go) => void time.setTimeout(go, hangMs));
    }
    const result = target.endsWith('/AddOrder') ? { descr: { order: 'x' }, txid: ['O'] } : {};
    const text = JSON.stringify({ error: [], result });
    const body = (async function* () {
      yield new TextEncoder().encode(text);
    })();
    return { status: 200, contentType: 'application/json', body };
  };
  return { gone, transport: { request, close, [Symbol.asyncDispose]: close } };
}

async function setUp(hangMs: number, more: Partial<SpotClientOptions> = {}) {
  const time = new ManualTime();
  const limits = { ...spotLimits('pro'), headroom: 0 };
  const governor = createSpotGovernor({ clock: time, timers: time, limits, maxWaitMs: LAST_MS });
  const { gone, transport } = createGateway(time, hangMs);
  const client = createSpotClient({
    clock: time,
    timers: time,
    transport,
    signer: createTurns(),
    governor,
    timeoutMs: LAST_MS,
    turnTimeoutMs: LAST_MS,
    ...more,
  });
  // Loads the schemas, which takes real time.
  await client.request('GET', '/0/public/NotThere');
  return { time, governor, gone, client };
}

/** The highest that the exchange's own counter stands while calls arrive at these times. */
function peakOf(timesMs: readonly number[]): number {
  let value = 0;
  let atMs = 0;
  let peak = 0;
  for (const timeMs of timesMs) {
    value = Math.max(0, value - ((timeMs - atMs) / 1000) * rest.decayPerSecond) + 1;
    atMs = timeMs;
    peak = Math.max(peak, value);
  }
  return peak;
}

const later = async (time: ManualTime, seconds: number): Promise<void> => {
  for (let step = 0; step < seconds * 4; step += 1) await time.advance(250);
};

describe("calls that wait for the key's turn", () => {
  it('do not go out in a burst that the exchange would refuse when one before them has hung', async () => {
    const { time, gone, client } = await setUp(60_000);
    const calls = Array.from({ length: 60 }, () => client.balance());
    await later(time, 59);
    expect(gone).toHaveLength(1);
    await later(time, 60);
    await Promise.all(calls);
    expect(gone).toHaveLength(60);
    expect(peakOf(gone.map(({ atMs }) => atMs))).toBeLessThanOrEqual(rest.max + 0.01);
    // Nor any later than needed: the counter is full at once, then one goes a second.
    expect(gone.at(-1)?.atMs).toBeLessThanOrEqual(60_000 + (59 - rest.max + 2) * 1000);
  });

  it('hold up nobody who is charged elsewhere: an order passes reads that wait for their limit', async () => {
    const { time, gone, client } = await setUp(60_000);
    const reads = Array.from({ length: 60 }, () => client.balance());
    await later(time, 59);
    const order = client.addOrder({
      pair: 'XBTUSD',
      type: 'buy',
      ordertype: 'limit',
      price: '30000.0',
      volume: '1',
    });
    await later(time, 2);
    await order;
    expect(gone.filter(({ target }) => target.endsWith('/AddOrder'))).toHaveLength(1);
    expect(gone.length).toBeLessThan(30);
    await later(time, 60);
    await Promise.all(reads);
  });

  it('are not charged when they are given up before they go out', async () => {
    const { time, governor, client } = await setUp(10_000);
    const controller = new AbortController();
    const first = client.balance();
    const given = Array.from({ length: 10 }, () =>
      failureOf(client.balance({}, { signal: controller.signal })),
    );
    await later(time, 5);
    controller.abort();
    await later(time, 6);
    await first;
    for (const failure of await Promise.all(given)) {
      expect(failure).toMatchObject({ code: 'ABORTED', effect: 'none' });
    }
    expect(governor.counters.find(({ scope }) => scope === 'rest')?.used).toBe(0);
  });

  it('wait for it no longer than turnTimeoutMs: nothing was sent, and an order has no outcome', async () => {
    const { time, gone, client } = await setUp(60_000);
    const first = client.balance();
    await later(time, 1);
    const order = failureOf(
      client.request(
        'POST',
        '/0/private/AddOrder',
        {
          pair: 'XBTUSD',
          type: 'buy',
          ordertype: 'market',
          volume: '1',
        },
        { turnTimeoutMs: 5000 },
      ),
    );
    const read = failureOf(client.balance({}, { turnTimeoutMs: 5000 }));
    await later(time, 70);
    await first;
    for (const failure of [await order, await read]) {
      expect(failure).toMatchObject({
        code: 'TURN_TIMEOUT',
        effect: 'none',
        context: { timeoutMs: 5000 },
      });
    }
    expect(gone).toHaveLength(1);
    expect(time.armed).toBe(0);
  });
});
