import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { marketRun } from './market-run.ts';

const seed = Number(process.env['KR_SOAK_SEED'] ?? 1);

describe('a recorder whose connections are lost at random', () => {
  it('has every frame that was sent, or the gap that it is in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kr-market-'));
    try {
      const run = await marketRun({
        ...{ folder, seed },
        ...{ symbols: 20, seconds: 5, rate: 10, faultEveryMs: 40_000 },
      });
      expect(run.compared).toBeGreaterThan(200);
      expect(run.gaps).toBeGreaterThan(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
