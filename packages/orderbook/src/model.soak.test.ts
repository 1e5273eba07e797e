import { expect, it } from 'vitest';
import { runFuzz } from '../test/fuzz-run.ts';
import { runL2Model } from '../test/l2-model-run.ts';
import { runL3Model } from '../test/l3-model-run.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 20_261_121);
/** Operations a run. */
const count = Number(process.env['KR_SOAK_COUNT'] ?? 2_000_000);

console.log(`seed ${seed}, ${count} operations each: set KR_SOAK_SEED and KR_SOAK_COUNT to change`);

it.each([
  ['L2 model', runL2Model, 400],
  ['L3 model', runL3Model, 200],
] as const)('%s', (_, run, messages) => {
  let done = 0;
  for (let next = seed; done < count; next++) done += run(next, messages);
  expect(done).toBeGreaterThanOrEqual(count);
});

it('fuzz', () => {
  const total: Record<string, number> = {};
  for (let next = seed, done = 0; done < count / 10; next++, done += 4000) {
    for (const [outcome, times] of Object.entries(runFuzz(next, 2000))) {
      total[outcome] = (total[outcome] ?? 0) + times;
    }
  }
  console.log(JSON.stringify(total));
  expect(total['MALFORMED_FRAME']).toBeGreaterThan(0);
});
