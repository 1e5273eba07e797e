import { describe, expect, it } from 'vitest';
import { createAttemptBudget } from './attempt-budget.ts';

const clock = { monotonicNs: () => 0n, wallNs: () => 0n };
const HOST = 'ws.kraken.com';

describe('createAttemptBudget', () => {
  it.each([1, 60, 120 / 7])('allows so many attempts, and no part of one more: %s', (attempts) => {
    const budget = createAttemptBudget({ clock, attempts });
    const taken = Array.from({ length: 200 }, () => budget.take(HOST)).filter(Boolean);
    expect(taken).toHaveLength(Math.floor(attempts));
    expect(budget.waitMs(HOST)).toBe(600_000);
  });

  it.each([
    { attempts: 0 },
    { attempts: 0.5 },
    { attempts: -1 },
    { attempts: Number.NaN },
    { attempts: Number.POSITIVE_INFINITY },
    { windowMs: 0 },
    { windowMs: Number.NaN },
  ])('refuses what would be no limit: %o', (options) => {
    expect(() => createAttemptBudget({ clock, ...options })).toThrow(/must be at least 1/);
  });
});
