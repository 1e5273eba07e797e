import { expect, it } from 'vitest';
import { createRandom } from '../../test/kill.ts';
import { cutRepeatedly } from '../../test/power-cut.ts';
import { temporaryDirectory } from '../../test/support.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['KR_SOAK_COUNT'] ?? 50);

it(`survives ${count} power cuts (seed ${seed})`, async () => {
  await using directory = await temporaryDirectory();
  const frames = await cutRepeatedly(directory.path, count, createRandom(seed));
  console.log(`seed ${seed}, ${count} power cuts: ${frames} frames kept`);
  expect(frames).toBeGreaterThan(count);
});
