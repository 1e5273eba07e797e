import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { marketRun } from './market-run.ts';

/** Real seconds; 360 are six hours of the market. */
const seconds = Number(process.env['KR_SOAK_COUNT'] ?? 360);
const seed = Number(process.env['KR_SOAK_SEED'] ?? Date.now() % 1_000_000);
const LIMIT_BYTES = 600e6;

it(`records ${seconds / 60} hours of 200 symbols at 60 times their speed (seed ${seed})`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kr-market-'));
  try {
    const run = await marketRun({
      ...{ folder, seed },
      ...{ symbols: 200, seconds, rate: 20, faultEveryMs: 300_000 },
    });
    const { memory, ...counts } = run;
    console.log(counts, memory.map((bytes) => `${Math.round(bytes / 1e6)} MB`).join(' '));
    expect(run.gaps).toBeGreaterThan(0);
    // Flat once it is warm: the last third is no higher than the one before, but for what a collector leaves.
    const third = Math.floor(memory.length / 3);
    const [middle, last] = [memory.slice(third, 2 * third), memory.slice(2 * third)];
    expect(Math.max(...last)).toBeLessThan(Math.max(...middle) * 1.25);
    expect(Math.max(...memory)).toBeLessThan(LIMIT_BYTES);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
