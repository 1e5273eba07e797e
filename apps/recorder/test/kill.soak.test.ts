import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killRun } from './kill-run.ts';
import { createRandom } from './random.ts';

const kills = Number(process.env['KR_SOAK_COUNT'] ?? 200);
const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);

it(`loses nothing that it said to be written in ${kills} kills (seed ${seed})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kr-kills-'));
  const run = await killRun({ folder, kills, random: createRandom(seed), rate: 2000 });
  expect(run.connections).toBe(2 * kills);
  await rm(folder, { recursive: true, force: true });
});
