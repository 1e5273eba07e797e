import { expect, it } from 'vitest';
import { flipBits } from '../../test/flip.ts';
import { createRandom } from '../../test/kill.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 1000);

it(`finds each of ${count} flipped bits (seed ${seed})`, async () => {
  await expect(flipBits(count, createRandom(seed))).resolves.toBeUndefined();
});
