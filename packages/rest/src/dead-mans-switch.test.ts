import { describe, expect, it } from 'vitest';
import { failureOf, withKraken } from '../test/kraken.ts';
import { ManualTime } from '../test/manual-time.ts';
import { holdDeadMansSwitch } from './index.ts';

/** An exchange's switch in one line; `broken` makes the calls fail. */
function exchangeSwitch(time: ManualTime) {
  const state = {
    calls: [] as number[],
    triggersAtMs: undefined as number | undefined,
    broken: false,
  };
  const arm = async (seconds: number): Promise<void> => {
    state.calls.push(seconds);
    if (state.broken) throw new Error('no connection');
    state.triggersAtMs = seconds === 0 ? undefined : time.nowMs + seconds * 1000;
  };
  return { state, arm };
}

const iso = (ms: number): string => new Date(1_767_225_600_000 + ms).toISOString();

describe("the dead man's switch", () => {
  it('renews itself while it is held, and disarms when it is closed', async () => {
    const time = new ManualTime();
    const { state, arm } = exchangeSwitch(time);
    const held = await holdDeadMansSwitch({ clock: time, timers: time, arm, timeoutSeconds: 60 });
    await time.advance(100_000);
    expect(state.calls).toStrictEqual([60, 60, 60, 60, 60, 60, 60]);
    expect(state.triggersAtMs).toBe(150_000);
    expect(held).toMatchObject({ state: 'armed', lapsesAtNs: 150_000_000_000n });
    await held.close();
    await held.close();
    expect(state.calls.at(-1)).toBe(0);
    expect(state.calls).toHaveLength(8);
    expect(time.armed).toBe(0);
    expect(held.state).toBe('released');
  });

  it('survives failures in between, and says when no renewal came in time', async () => {
    const time = new ManualTime();
    const { state, arm } = exchangeSwitch(time);
    const failures: unknown[] = [];
    let lapsed = 0;
    await using held = await holdDeadMansSwitch({
      clock: time,
      timers: time,
      arm,
      timeoutSeconds: 30,
      onFailure: (error) => failures.push(error),
      onLapsed: () => (lapsed += 1),
    });
    state.broken = true;
    await time.advance(15_000);
    state.broken = false;
    await time.advance(7500);
    expect([failures.length, held.state]).toStrictEqual([2, 'armed']);
    state.broken = true;
    await time.advance(60_000);
    expect([lapsed, held.state]).toStrictEqual([1, 'lapsed']);
    state.broken = false;
  });

  it('lapses at its time, even while a renewal hangs', async () => {
    const time = new ManualTime();
    let hangs = false;
    let lapsed = 0;
    const held = await holdDeadMansSwitch({
      clock: time,
      timers: time,
      arm: (_, { signal }) =>
        hangs
          ? new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new Error('aborted')));
            })
          : Promise.resolve(),
      timeoutSeconds: 30,
      onLapsed: () => (lapsed += 1),
    });
    hangs = true;
    await time.advance(29_999);
    expect([held.state, lapsed]).toStrictEqual(['armed', 0]);
    await time.advance(1);
    expect([held.state, lapsed, time.armed]).toStrictEqual(['lapsed', 1, 0]);
    hangs = false;
    await held.close();
  });

  it('closed during a renewal, lets it end before it disarms: nothing arms after that', async () => {
    const time = new ManualTime();
    const arrived: number[] = [];
    let finish: (() => void) | undefined;
    const held = await holdDeadMansSwitch({
      clock: time,
      timers: time,
      // The request is on its way: to break it off does not call it back.
      arm: async (seconds, { signal }) => {
        if (arrived.length === 1) await new Promise<void>((resolve) => (finish = resolve));
        expect(signal.aborted).toBe(false);
        arrived.push(seconds);
      },
      timeoutSeconds: 60,
    });
    await time.advance(15_000);
    const closing = held.close();
    await time.advance(1000);
    expect([arrived, held.state]).toStrictEqual([[60], 'released']);
    finish?.();
    await closing;
    expect([arrived, time.armed]).toStrictEqual([[60, 60, 0], 0]);
  });

  it('gives a renewal up when the next is due, whatever it waits for', async () => {
    const time = new ManualTime();
    const failures: unknown[] = [];
    let calls = 0;
    const held = await holdDeadMansSwitch({
      clock: time,
      timers: time,
      arm: (_, { signal }) => {
        calls += 1;
        if (calls !== 2) return Promise.resolve();
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('the turn did not come')));
        });
      },
      timeoutSeconds: 60,
      onFailure: (error) => failures.push(error),
    });
    await time.advance(45_000);
    expect([calls, failures.length, held.state]).toStrictEqual([3, 1, 'armed']);
    await held.close();
  });

  it.each([
    ['Spot', (times: object) => times],
    ['Futures', (times: object) => ({ result: 'success', status: times })],
  ] as const)(
    'has lapsed when the machine slept past its time, by the clock of %s',
    async (...row) => {
      const [, answer] = row;
      const time = new ManualTime();
      const calls: number[] = [];
      let sleptMs = 0;
      let lapsed = 0;
      const held = await holdDeadMansSwitch({
        clock: time,
        timers: time,
        arm: async (seconds) => {
          calls.push(seconds);
          const nowMs = time.nowMs + sleptMs;
          const triggerTime = seconds === 0 ? '0' : iso(nowMs + seconds * 1000);
          return answer({ currentTime: iso(nowMs), triggerTime });
        },
        timeoutSeconds: 60,
        onLapsed: () => (lapsed += 1),
      });
      // Clocks of this machine may step as they like, and a nap is none.
      sleptMs = 40_000;
      await time.advance(15_000);
      expect([held.state, calls]).toStrictEqual(['armed', [60, 60]]);
      sleptMs += 45_000;
      await time.advance(15_000);
      // What the late renewal armed would cancel new orders.
      expect([held.state, lapsed, calls]).toStrictEqual(['lapsed', 1, [60, 60, 60, 0]]);
      expect(time.armed).toBe(0);
      await held.close();
    },
  );

  it('goes on when a listener throws, and closes once for all who ask', async () => {
    const time = new ManualTime();
    const { state, arm } = exchangeSwitch(time);
    const held = await holdDeadMansSwitch({
      clock: time,
      timers: time,
      arm,
      timeoutSeconds: 30,
      onFailure: () => {
        throw new Error('of the listener');
      },
    });
    state.broken = true;
    await expect(time.advance(7500)).rejects.toThrow('of the listener');
    state.broken = false;
    await time.advance(7500);
    expect(state.triggersAtMs).toBe(45_000);
    state.broken = true;
    const closing = [held.close(), held.close()];
    expect(await Promise.all(closing.map(failureOf))).toHaveLength(2);
    expect(state.calls.filter((seconds) => seconds === 0)).toHaveLength(1);
  });

  it('is given up, or disarmed, by a signal', async () => {
    const time = new ManualTime();
    const { state, arm } = exchangeSwitch(time);
    const controller = new AbortController();
    const { signal } = controller;
    const held = await holdDeadMansSwitch({ clock: time, timers: time, arm, signal });
    controller.abort();
    await time.advance(0);
    expect([held.state, state.triggersAtMs, time.armed]).toStrictEqual(['released', undefined, 0]);
    await withKraken(async ({ spot, sandbox }) => {
      const client = spot();
      const failure = holdDeadMansSwitch({
        clock: time,
        timers: time,
        arm: (timeout, options) => client.cancelAllOrdersAfter({ timeout }, options),
        signal,
      });
      expect(await failureOf(failure)).toMatchObject({ code: 'ABORTED', effect: 'none' });
      expect(sandbox.stats.requests).toBe(0);
    });
  });

  it('works on the wire: orders are cancelled unless it is renewed', async () => {
    const time = new ManualTime();
    await withKraken(
      async ({ spot, sandbox }) => {
        const client = spot();
        const params = { pair: 'XBTUSD', type: 'buy', ordertype: 'limit' } as const;
        await client.addOrder({ ...params, price: '30000.0', volume: '1' });
        const held = await holdDeadMansSwitch({
          clock: time,
          timers: new ManualTime(),
          arm: (timeout, options) => client.cancelAllOrdersAfter({ timeout }, options),
          timeoutSeconds: 10,
        });
        time.stall(9000);
        expect((await client.openOrders()).open).not.toStrictEqual({});
        time.stall(1000);
        expect((await client.openOrders()).open).toStrictEqual({});
        await held.close();
        expect(sandbox.spot.switchAtNs).toBeUndefined();
      },
      { clock: time },
    );
  });

  it('refuses times that cannot be', async () => {
    const time = new ManualTime();
    const { arm } = exchangeSwitch(time);
    const common = { clock: time, timers: time, arm };
    for (const timeoutSeconds of [0, 0.5, 86_400]) {
      const failure = await failureOf(holdDeadMansSwitch({ ...common, timeoutSeconds }));
      expect(failure).toMatchObject({ code: 'INVALID_OPTION' });
    }
    const failure = await failureOf(holdDeadMansSwitch({ ...common, renewEveryMs: 60_000 }));
    expect(failure).toMatchObject({ code: 'INVALID_OPTION' });
  });
});
