import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { BookFeed } from './book-feed.ts';
import { recordTexts } from './record-capture.ts';
import { feedTexts } from './recorded.ts';
import { temporaryDirectory } from './support.ts';

const CHILD = fileURLToPath(new URL('derive-child.mjs', import.meta.url));
const FORMATS = 'csv,ndjson,known';

/** Runs a derivation; kills it `afterMs` after it has begun. Answers whether it came to its end before. */
async function run(recording: string, to: string, afterMs: number | undefined): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, recording, to, FORMATS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  if (afterMs !== undefined) {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs));
  }
  const [code] = await closed;
  if (code !== null) expect(code).toBe(0);
  return code === 0;
}

/** The SHA-256 of each file, by its path. */
async function hashes(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    const hash = createHash('sha256').update(await readFile(path));
    return [path.slice(folder.length), hash.digest('hex')] as const;
  });
  return new Map((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Kills a derivation at random moments and begins it again, round after round into a new folder. Whatever
 * stands under its own name is whole at every moment, and at its end everything is as an unbroken run has it.
 */
export async function killDerivation(kills: number, random: () => number): Promise<number> {
  await using directory = await temporaryDirectory();
  const recording = directory.join('recording');
  const texts = [new BookFeed('BTC/USD'), new BookFeed('ETH/USD')].flatMap((feed) =>
    feedTexts(feed, 400),
  );
  await recordTexts(texts, recording, 20_000);
  const whole = directory.join('whole');
  const begun = performance.now();
  expect(await run(recording, whole, undefined)).toBe(true);
  const expected = await hashes(whole);
  expect(expected.size).toBeGreaterThan(10);
  const span = performance.now() - begun;
  let killed = 0;
  for (let round = 0; killed < kills; round += 1) {
    const to = directory.join(`round-${round}`);
    for (let tries = 0; ; tries += 1) {
      // The first tries of a round die early, so that it is killed more than once; the last may end.
      const isDone = await run(recording, to, tries > 4 ? undefined : random() * span);
      for (const [name, hash] of await hashes(to).catch(() => new Map<string, string>())) {
        // What is being written, and the ledger, which grows by a line a segment.
        const isInTheMaking = /partial|\.export-state|derived\.ndjson/.test(name);
        if (!isInTheMaking && expected.has(name))
          expect([name, hash]).toEqual([name, expected.get(name)]);
      }
      if (isDone) break;
      killed += 1;
    }
    expect(await hashes(to)).toEqual(expected);
  }
  return killed;
}
