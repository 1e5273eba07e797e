import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock, createSystemTimers } from './clock.ts';

describe('createSystemClock', () => {
  it('never goes back on the monotonic clock, and agrees with the wall', () => {
    const clock = createSystemClock();
    const first = clock.monotonicNs();
    expect(clock.monotonicNs()).toBeGreaterThanOrEqual(first);
    const wallMs = Number(clock.wallNs() / 1_000_000n);
    expect(Math.abs(wallMs - Date.now())).toBeLessThan(1000);
  });

  it('stamps both of one moment', () => {
    const clock = createSystemClock();
    const before = clock.wallNs() - clock.monotonicNs();
    const { wallNs = 0n, monotonicNs = 0n } = clock.stamp?.() ?? {};
    // Read one after the other, they are further apart than the moment they were read in.
    expect(wallNs - monotonicNs).toBeGreaterThanOrEqual(before);
    expect(clock.monotonicNs()).toBeGreaterThanOrEqual(monotonicNs);
  });

  it('follows a step of the wall clock, and not its milliseconds', () => {
    let wallMs = 1_700_000_000_000;
    let monotonicMs = 100;
    vi.stubGlobal('performance', { now: () => monotonicMs });
    vi.stubGlobal('Date', { now: () => wallMs });
    const clock = createSystemClock();
    const read = (): bigint[] => [clock.wallNs(), clock.stamp?.().wallNs ?? 0n];
    monotonicMs += 2.5;
    wallMs += 2;
    expect(read()).toStrictEqual([1_700_000_000_002_500_000n, 1_700_000_000_002_500_000n]);
    wallMs += 3_600_000;
    monotonicMs += 1;
    expect(read()).toStrictEqual([1_700_003_600_002_000_000n, 1_700_003_600_002_000_000n]);
    wallMs -= 3_600_000;
    // Within a millisecond it is not looked at.
    monotonicMs += 0.5;
    expect(read()).toStrictEqual([1_700_003_600_002_500_000n, 1_700_003_600_002_500_000n]);
    monotonicMs += 0.5;
    expect(read()).toStrictEqual([1_700_000_000_002_000_000n, 1_700_000_000_002_000_000n]);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('createSystemTimers', () => {
  it('calls back, and not after it was cleared', async () => {
    const timers = createSystemTimers();
    const called: string[] = [];
    const cleared = timers.setTimeout(() => called.push('cleared'), 0);
    timers.clearTimeout(cleared);
    await new Promise<void>((resolve) => {
      timers.setTimeout(resolve, 0);
    });
    expect(called).toStrictEqual([]);
  });
});
