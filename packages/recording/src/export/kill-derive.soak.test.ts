import { expect, it } from 'vitest';
import { createRandom } from '../../test/kill.ts';
import { killDerivation } from '../../test/kill-derive.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 100);

it(`an export survives ${count} kills (seed ${seed})`, async () => {
  expect(await killDerivation(count, createRandom(seed))).toBeGreaterThanOrEqual(count);
});
