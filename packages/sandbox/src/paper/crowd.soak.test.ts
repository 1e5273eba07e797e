import { describe, expect, it } from 'vitest';
import { runCrowd } from '../../test/crowd.ts';

const seed = process.env['KR_SOAK_SEED'] ?? String(Date.now());
const count = Number(process.env['KR_SOAK_COUNT'] ?? 10_000);

describe(`ten clients at once, KR_SOAK_SEED=${seed}, KR_SOAK_COUNT=${count}`, () => {
  it('add up to the last digit, each order with one history, each sequence without a hole', async () => {
    const report = await runCrowd(seed, count / 10);
    console.log(JSON.stringify({ ...report, faults: report.faults.length }));
    expect(report.faults).toEqual([]);
    // The others were refused, in the words of the exchange.
    expect(report.orders).toBeGreaterThan(count * 0.9);
  });
});
