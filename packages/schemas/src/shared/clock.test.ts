import { describe, expect, it } from 'vitest';
import { createSystemClock, createSystemTimers } from './clock.ts';

describe('createSystemClock', () => {
  it('never goes back on the monotonic clock, and agrees with the wall', () => {
    const clock = createSystemClock();
    const first = clock.monotonicNs();
    expect(clock.monotonicNs()).toBeGreaterThanOrEqual(first);
    const wallMs = Number(clock.wallNs() / 1_000_000n);
    expect(Math.abs(wallMs - Date.now())).toBeLessThan(1000);
  });
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
