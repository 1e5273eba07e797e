import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { createSandboxTime, isSandboxTime } from './sandbox-time.ts';

function make(speed?: number) {
  const below = new ManualTime();
  return { below, time: createSandboxTime({ clock: below, timers: below, speed }) };
}

const MS = 1_000_000n;

describe('time at speed 1', () => {
  it('is the time below to the nanosecond', () => {
    const { below, time } = make();
    below.advance(1_234.567);
    expect(time.monotonicNs()).toBe(below.monotonicNs());
    expect(time.wallNs()).toBe(below.wallNs());
  });
});

describe('time at speed 10', () => {
  it('is ten times as far from where it began, on both clocks', () => {
    const { below, time } = make(10);
    const wallNs = time.wallNs();
    below.advance(1_500);
    expect(time.wallNs() - wallNs).toBe(15_000n * MS);
    expect(time.monotonicNs()).toBe(15_000n * MS);
  });

  it('calls back after a tenth of the wait, and not when cleared', () => {
    const { below, time } = make(10);
    const called: string[] = [];
    time.setTimeout(() => called.push('a'), 1_000);
    time.clearTimeout(time.setTimeout(() => called.push('b'), 1_000));
    time.clearTimeout(undefined);
    below.advance(99.9);
    expect(called).toEqual([]);
    below.advance(0.1);
    expect(called).toEqual(['a']);
  });

  it('calls back what waits already at the new speed', () => {
    const { below, time } = make();
    const at: bigint[] = [];
    time.setTimeout(() => at.push(below.monotonicNs()), 1_000);
    below.advance(400);
    time.setSpeed(100);
    below.advance(6);
    expect(at).toEqual([406n * MS]);
  });
});

describe('time that stands still', () => {
  it('goes on only when it is stepped, and calls back in order', () => {
    const { below, time } = make(0);
    const called: [string, bigint][] = [];
    const note = (name: string) => (): void => {
      called.push([name, time.monotonicNs()]);
    };
    time.setTimeout(note('late'), 300);
    time.setTimeout(() => {
      note('early')();
      time.setTimeout(note('from it'), 100);
    }, 100);
    time.setTimeout(note('never'), 301);
    below.advance(5_000);
    expect(time.monotonicNs()).toBe(0n);
    time.step(300);
    expect(called).toEqual([
      ['early', 100n * MS],
      ['from it', 200n * MS],
      ['late', 300n * MS],
    ]);
    expect(time.monotonicNs()).toBe(300n * MS);
    time.setSpeed(1);
    below.advance(1);
    expect(called.at(-1)).toEqual(['never', 301n * MS]);
  });
});

it('never goes back, and calls back at no time but the due one, however it is steered', () => {
  const steps = fc.oneof(
    fc.record({ below: fc.integer({ min: 0, max: 500 }) }),
    fc.record({ step: fc.integer({ min: 0, max: 500 }) }),
    fc.record({ speed: fc.constantFrom(0, 0.5, 1, 3, 1_000) }),
    fc.record({ wait: fc.integer({ min: 0, max: 2_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 40 }), (actions) => {
      const { below, time } = make();
      let last = time.monotonicNs();
      let waiting = 0;
      /** How late each call back came. */
      const latenessNs: bigint[] = [];
      for (const action of actions) {
        if ('below' in action) below.advance(action.below);
        else if ('step' in action) time.step(action.step);
        else if ('speed' in action) time.setSpeed(action.speed);
        else {
          const dueNs = time.monotonicNs() + BigInt(action.wait) * MS;
          waiting += 1;
          time.setTimeout(() => {
            waiting -= 1;
            latenessNs.push(time.monotonicNs() - dueNs);
          }, action.wait);
        }
        expect(time.monotonicNs()).toBeGreaterThanOrEqual(last);
        last = time.monotonicNs();
      }
      time.step(2_000);
      expect(waiting).toBe(0);
      // A timer below may be as coarse as a microsecond, which is a millisecond at speed 1,000.
      for (const lateNs of latenessNs) {
        expect(lateNs).toBeGreaterThanOrEqual(-1_000n);
        expect(lateNs).toBeLessThanOrEqual(MS);
      }
    }),
  );
});

it('runs on the machine as well', async () => {
  const clock = createSystemClock();
  const time = createSandboxTime({ clock, timers: createSystemTimers(), speed: 1_000 });
  const startNs = time.monotonicNs();
  await new Promise<void>((resolve) => {
    time.setTimeout(resolve, 20_000);
  });
  expect(time.monotonicNs() - startNs).toBeGreaterThanOrEqual(20_000n * MS - 1_000n);
});

it('is told from a plain clock, and refuses what makes no sense', () => {
  const { below, time } = make();
  expect([isSandboxTime(time), isSandboxTime(below)]).toEqual([true, false]);
  expect(() => make(-1)).toThrow('time cannot run -1 times as fast');
  expect(() => {
    time.setSpeed(Number.NaN);
  }).toThrow('time cannot run NaN times as fast');
  expect(() => {
    time.step(-5);
  }).toThrow('cannot step by -5 ms');
});
