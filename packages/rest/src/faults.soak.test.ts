import { describe, expect, it } from 'vitest';
import { runFaults } from '../test/fault-runs.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 1000);

describe('orders under random faults, many', () => {
  it(`${count} runs from seed ${seed}: no order exists twice and none is lost`, async () => {
    const { outcomes, broken } = await runFaults(seed, count);
    console.info(`seed ${seed}, ${count} runs:`, outcomes);
    expect(broken).toStrictEqual([]);
  });
});
