import { describe, expect, it } from 'vitest';
import { runFaults } from '../test/fault-runs.ts';

/** Generous, for machines that are shared. */
const LIMITS = { timeout: 240_000 };

describe('orders under random faults', LIMITS, () => {
  it('no order exists twice and none is lost', async () => {
    const { outcomes, broken } = await runFaults(1, 60);
    expect(broken).toStrictEqual([]);
    expect(Object.keys(outcomes).toSorted()).toStrictEqual([
      'accepted',
      'rejected',
      'unknown',
      'unknown, then found',
      'unknown, then notFound',
    ]);
  });
});
