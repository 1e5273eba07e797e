import { describe, expect, it } from 'vitest';
import { runCrowd } from '../../test/crowd.ts';

describe('ten clients at once', () => {
  it('trade orders of every type: sequences without a hole, one history an order, balances that add up', async () => {
    const report = await runCrowd('crowd', 50);
    expect(report.faults).toEqual([]);
    expect(Object.keys(report.taken)).toHaveLength(10);
    expect(report.booked).toMatchObject({
      margin: expect.any(Number),
      settled: expect.any(Number),
    });
    expect(report.orders).toBeGreaterThan(200);
    expect(report.trades).toBeGreaterThan(50);
  });
});
