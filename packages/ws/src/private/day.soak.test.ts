import { expect, it } from 'vitest';
import { playDay } from '../../test/day-script.ts';
import { createRandom } from '../connection/random.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);
const hours = Number(process.env['KR_SOAK_COUNT'] ?? 24);

it(`ends ${hours} hours of tokens, cuts and maintenance with the right orders, fills and balances (seed ${seed})`, async () => {
  const result = await playDay(createRandom(BigInt(seed)), hours);
  console.log(JSON.stringify(result));
  expect(result.wrong).toStrictEqual([]);
  // Half of a token's life is 450 s: it was renewed at least that often.
  expect(result.tokens).toBeGreaterThan(hours * 7);
});
