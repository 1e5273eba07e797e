import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CALLER } from './caller-process.ts';
import { startModule } from './child.ts';
import { SPOT_SECRET, withKraken } from './kraken.ts';

const PROCESSES = 4;
const CALLS = 50;

/** Generous, for machines that are shared. */
const LIMITS = { timeout: 240_000 };

describe('several processes that share a key', LIMITS, () => {
  it('make 200 parallel signed calls without a nonce error', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kr-rest-nonces-'));
    await withKraken(async ({ sandbox, url }) => {
      const args = [url, directory, 'spot-key', SPOT_SECRET, String(CALLS)];
      const children = Array.from({ length: PROCESSES }, () => startModule(CALLER, args));
      const lines = await Promise.all(children.map((child) => child.line()));
      for (const child of children) expect((await child.exit).stderr).toBe('');
      expect(lines.flatMap((line) => JSON.parse(line) as string[])).toStrictEqual([]);
      expect(sandbox.stats).toMatchObject({ requests: PROCESSES * CALLS, nonceErrors: 0 });
    });
    await rm(directory, { recursive: true });
  });
});
