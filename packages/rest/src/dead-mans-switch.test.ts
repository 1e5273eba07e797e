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
