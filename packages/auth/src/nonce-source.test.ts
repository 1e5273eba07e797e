import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeferred } from '../test/deferred.ts';
import { FakeClock } from '../test/fake-clock.ts';
import { createNonceSource } from './nonce-source.ts';
import { createMemoryNonceStore } from './nonce-store.ts';
import type { NonceUnit } from './nonce-unit.ts';

const NOW = 1_700_000_000_123_456_789n;
const isIncreasing = (nonces: readonly bigint[]): boolean =>
  nonces.every((nonce, index) => index === 0 || nonce > (nonces[index - 1] ?? nonce));

describe('createNonceSource', () => {
  it.each<[NonceUnit, bigint]>([
    ['ns', 1_700_000_000_123_456_789n],
    ['us', 1_700_000_000_123_456n],
    ['ms', 1_700_000_000_123n],
  ])('counts in %s since the epoch', async (unit, expected) => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW), unit });
    expect(await nonces.next()).toBe(expected);
    expect(await nonces.next()).toBe(expected + 1n);
  });

  it('counts in nanoseconds unless told otherwise', async () => {
    expect(await createNonceSource({ clock: new FakeClock(NOW) }).next()).toBe(NOW);
  });

  it('gives 1,000 parallel callers a nonce each, in the order of their calls', async () => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW), unit: 'ms' });
    const given = await Promise.all(Array.from({ length: 1000 }, () => nonces.next()));
    expect(isIncreasing(given)).toBe(true);
    expect(nonces.last).toBe(given.at(-1));
  });

  it('goes on when the clock is set back, and follows when it is set ahead', async () => {
    const clock = new FakeClock(NOW);
    const nonces = createNonceSource({ clock });
    const first = await nonces.next();
    clock.nowNs = NOW - 3_600_000_000_000n;
    expect(await nonces.next()).toBe(first + 1n);
    clock.nowNs = NOW + 5n;
    expect(await nonces.next()).toBe(NOW + 5n);
  });

  it('strictly increases whatever the clock does and whatever it is raised to', async () => {
    const step = fc.oneof(
      fc.record({ setTo: fc.bigInt(-(10n ** 12n), 10n ** 12n) }),
      fc.record({ raiseBy: fc.bigInt(-1000n, 1000n) }),
      fc.constant({}),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        const clock = new FakeClock(NOW);
        const nonces = createNonceSource({ clock });
        const given: bigint[] = [];
        let floor = 0n;
        for (const { setTo, raiseBy } of steps as { setTo?: bigint; raiseBy?: bigint }[]) {
          if (setTo !== undefined) clock.nowNs = NOW + setTo;
          if (raiseBy !== undefined) {
            floor = clock.nowNs + raiseBy;
            nonces.raiseTo(floor);
          }
          const nonce = await nonces.next();
          expect(nonce).toBeGreaterThan(floor);
          given.push(nonce);
        }
        expect(isIncreasing(given)).toBe(true);
      }),
    );
  });

  it('starts above the floor of the last run, and a lower raise changes nothing', async () => {
    const floor = NOW + 10n ** 15n;
    const nonces = createNonceSource({ clock: new FakeClock(NOW), floor });
    nonces.raiseTo(1n);
    expect(nonces.last).toBeUndefined();
    expect(await nonces.next()).toBe(floor + 1n);
  });

  it('refuses the nonce after the highest, and keeps refusing', async () => {
    const floor = 2n ** 63n - 2n;
    const nonces = createNonceSource({ clock: new FakeClock(NOW), floor });
    expect(await nonces.next()).toBe(2n ** 63n - 1n);
    await expect(nonces.next()).rejects.toMatchObject({ code: 'NONCE_EXHAUSTED' });
    await expect(nonces.next()).rejects.toMatchObject({ code: 'NONCE_EXHAUSTED' });
  });
});

describe('withNonce', () => {
  it('runs one send at a time, in the order of the nonces', async () => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW) });
    const arrived: bigint[] = [];
    let running = 0;
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        nonces.withNonce(async (nonce) => {
          running += 1;
          expect(running).toBe(1);
          // The earlier ones take longer: unserialised, they would arrive last.
          for (let turn = index; turn < 50; turn += 1) await Promise.resolve();
          arrived.push(nonce);
          running -= 1;
          return index;
        }),
      ),
    );
    expect(isIncreasing(arrived)).toBe(true);
    expect(results).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('frees the turn when send fails, and hands its error on', async () => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW) });
    const failure = new Error('reset');
    await expect(nonces.withNonce(() => Promise.reject(failure))).rejects.toBe(failure);
    await expect(
      nonces.withNonce(() => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await nonces.withNonce(async (nonce) => nonce)).toBe(NOW + 2n);
  });

  it('makes next() wait, too: nothing overtakes a request under way', async () => {
    const store = createMemoryNonceStore();
    const nonces = createNonceSource({ clock: new FakeClock(NOW), store });
    const order: string[] = [];
    const sent = nonces.withNonce(async () => {
      await Promise.resolve();
      order.push('sent');
    });
    const next = nonces.next().then(() => order.push('next'));
    await Promise.resolve();
    expect(store.waiting).toBe(1);
    await Promise.all([sent, next]);
    expect(order).toEqual(['sent', 'next']);
  });

  it('gives up waiting when the signal aborts, without spending a nonce', async () => {
    const nonces = createNonceSource({ clock: new FakeClock(NOW) });
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('enough');
    const finished = createDeferred();
    const held = nonces.withNonce(() => finished.promise);
    const waiting = nonces.withNonce(async (nonce) => nonce, { signal });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(nonces.next({ signal })).rejects.toBe(reason);
    finished.resolve();
    await held;
    expect(await nonces.next()).toBe(NOW + 1n);
  });
});
