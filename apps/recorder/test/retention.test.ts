import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest, verdictExitCode, verify } from '@kr/recording';
import { readDerived } from '@kr/recording/parquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, runRecorderWith, runSandbox, type SandboxLine } from './processes.ts';

const LIMIT_MS = 180_000;

let folder: string;
let sandbox: Running<SandboxLine>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-retention-'));
  sandbox = await runSandbox('--rate', '300');
}, LIMIT_MS);
afterAll(async () => {
  await sandbox.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
}, LIMIT_MS);

/** Segments of 50 kB, of which 100 kB are to stay. */
const record = async (name: string) => {
  const config = join(folder, `${name}.toml`);
  const lines = [
    `out = "${name}"`,
    `url = "${sandbox.first.url}"`,
    'source = "sandbox"',
    'journal.segment_mb = 0.05',
    'symbols.list = ["BTC/USD", "ETH/USD"]',
    '[retention]',
    'keep_gb = 0.0001',
    'every_minutes = 0.02',
  ];
  await writeFile(config, lines.join('\n'));
  return runRecorderWith({ HOME: folder }, '--config', config);
};

const segmentsOf = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.endsWith('.krj')).toSorted();

describe('retention', () => {
  it(
    'deletes the oldest segments once they are sealed, proved and derived, and what is left is proved',
    async () => {
      const recorder = await record('kept');
      const said = JSON.parse(await recorder.said('"deleted":[1')) as { deleted: number[] };
      expect(await recorder.end('SIGTERM')).toBe(0);
      const directory = join(folder, 'kept');
      const manifest = await readManifest(directory, false);
      const derived = await readDerived(join(directory, 'parquet'));
      expect(manifest.deleted.size).toBeGreaterThanOrEqual(said.deleted.length);
      for (const [segment, { sha256 }] of manifest.deleted) {
        expect(derived.get(segment)?.sha256).toBe(sha256);
        expect(derived.get(segment)?.rows['book']).toBeGreaterThan(0);
      }
      expect((await segmentsOf(directory))[0]).not.toBe('segment-000001.krj');
      const report = await verify(directory);
      expect(report.checksums.mismatched).toBe(0);
      expect(verdictExitCode(report)).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'deletes nothing that cannot be derived, and records on',
    async () => {
      // No folder can be made where a file is.
      const directory = join(folder, 'stuck');
      await mkdir(directory);
      await writeFile(join(directory, 'parquet'), '');
      const recorder = await record('stuck');
      expect(await recorder.said('"event":"upkeepFailed"')).toContain('UPKEEP_FAILED');
      expect(await recorder.end('SIGTERM')).toBe(0);
      expect((await segmentsOf(directory))[0]).toBe('segment-000001.krj');
      expect((await readManifest(directory, false)).deleted.size).toBe(0);
      expect(verdictExitCode(await verify(directory), { strict: true })).toBe(0);
    },
    LIMIT_MS,
  );
});
