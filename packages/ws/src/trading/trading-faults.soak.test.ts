import { describe, expect, it } from 'vitest';
import { playTrading } from '../../test/trading-script.ts';
import { createRandom } from '../connection/random.ts';

const first = Number(process.env['KR_SOAK_SEED'] ?? 1);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 200);

describe('a desk under seeded faults, many', () => {
  it(`has no order twice and none lost (seeds ${first} to ${first + count - 1})`, async () => {
    const failed: string[] = [];
    const totals: Record<string, number> = {};
    const add = (name: string, value: number): void => {
      totals[name] = (totals[name] ?? 0) + value;
    };
    for (let seed = first; seed < first + count; seed += 1) {
      const result = await playTrading(createRandom(BigInt(seed)), 40);
      if (result.wrong.length > 0) failed.push(`seed ${seed}: ${result.wrong.join('; ')}`);
      add('sent', result.sent);
      add('fills', result.fills);
      add('faults', result.faults);
      for (const [name, value] of Object.entries(result.outcomes)) add(name, value);
    }
    console.log(`seeds ${first}+${count}: ${JSON.stringify(totals)}`);
    expect(failed).toStrictEqual([]);
  });
});
