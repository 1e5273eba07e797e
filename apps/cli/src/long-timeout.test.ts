import { expect, it } from 'vitest';
import { longTimeout } from './long-timeout.ts';

const DAY_MS = 86_400_000;

it('waits for months, in pieces that a timer takes', () => {
  const waits: number[] = [];
  let next: (() => void) | undefined;
  const timers = {
    setTimeout: (callback: () => void, ms: number) => {
      waits.push(ms);
      next = callback;
    },
    clearTimeout: () => undefined,
  };
  const fired: true[] = [];
  longTimeout(() => fired.push(true), 60 * DAY_MS, timers);
  while (fired.length === 0) next?.();
  expect(waits.every((ms) => ms <= 2 ** 31 - 1)).toBe(true);
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(60 * DAY_MS);
});
