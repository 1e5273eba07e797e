import { expect, it } from 'vitest';
import { runTraders } from '../../test/futures-traders.ts';

const seed = process.env['KR_SOAK_SEED'] ?? '1';
const count = Number(process.env['KR_SOAK_COUNT'] ?? '5000');

it(`${count} random orders in contracts add up to the last digit (seed ${seed})`, async () => {
  const { taken, infos } = await runTraders(seed, count, (faults) => {
    expect(faults).toEqual([]);
  });
  console.log(Object.fromEntries(taken), Object.fromEntries(infos));
});
