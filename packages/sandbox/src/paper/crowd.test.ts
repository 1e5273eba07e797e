import { describe, expect, it } from 'vitest';
import { runCrowd } from '../../test/crowd.ts';

/** Of all ten; CI asks for more. */
const orders = Number(process.env['KR_CROWD_ORDERS'] ?? 500);

describe('ten clients at once', () => {
  it('trade orders of every type: sequences without a hole, one history an order, balances that add up', async () => {
    const report = await runCrowd('crowd', orders / 10);
    expect(report.faults).toEqual([]);
    expect(Object.keys(report.taken)).toHaveLength(10);
    expect(report.booked).toMatchObject({
      margin: expect.any(Number),
      settled: expect.any(Number),
    });
    expect(report.orders).toBeGreaterThan(orders * 0.4);
    expect(report.trades).toBeGreaterThan(50);
  }, 900_000);
});
