import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killRun } from './kill-run.ts';
import { createRandom } from './random.ts';

// Three kills by default; CI asks for twenty, and the soak run for two hundred.
const kills = Number(process.env['KR_KILLS'] ?? 3);
const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);

describe('a recorder that is killed', () => {
  it(
    `loses nothing that it said to be written in ${kills} kills, nor what is older than its window, and says what is missing`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kr-kills-'));
      try {
        const run = await killRun({ folder, kills, random: createRandom(seed), rate: 2000 });
        expect(run.connections).toBe(2 * kills);
        expect(run.compared).toBeGreaterThan(kills * 50);
        expect(run.safe).toBeGreaterThan(kills * 10);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    60_000 + kills * 30_000,
  );
});
