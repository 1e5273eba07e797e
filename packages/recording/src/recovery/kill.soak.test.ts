import { expect, it } from 'vitest';
import { createRandom, killRepeatedly } from '../../test/kill.ts';
import { temporaryDirectory } from '../../test/support.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 200);

it(`survives ${count} kills (seed ${seed})`, async () => {
  await using directory = await temporaryDirectory();
  const result = await killRepeatedly(directory.path, count, createRandom(seed));
  console.log(`seed ${seed}, ${count} kills:`, result);
  expect(result.frames).toBeGreaterThan(count);
});
