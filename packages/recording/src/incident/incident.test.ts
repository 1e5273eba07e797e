import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BookFeed } from '../../test/book-feed.ts';
import { recordTexts } from '../../test/record-capture.ts';
import { feedTexts } from '../../test/recorded.ts';
import { collect, createManualTimers, temporaryDirectory } from '../../test/support.ts';
import {
  formatSha256Sums,
  readIncident,
  replay,
  verify,
  writeIncident,
  writeVerifySummary,
} from '../index.ts';

/** A feed of which one update was lost. */
function withHole(updates: number, lost: number): string[] {
  return feedTexts(new BookFeed('BTC/USD'), updates).filter((_, at) => at !== lost);
}

describe('an incident', () => {
  it.each([
    ['from its own snapshot', 500, false, 42],
    ['from the book as it stood', 10, true, 12],
  ])(
    'is one file that replays and fails as the recording did, %s',
    async (_, frames, rebuilt, count) => {
      await using directory = await temporaryDirectory();
      await recordTexts(withHole(60, 41), directory.join('recording'));
      const file = directory.join('incident.krj');
      const settings = { version: '1.0.0', apiToken: 'secret' };
      const incident = await writeIncident(directory.join('recording'), file, { frames, settings });
      const whole = (await verify(directory.join('recording'))).firstMismatch;
      expect(incident).toMatchObject({
        ...{ symbol: 'BTC/USD', channel: 'book', depth: 10, sequence: 41 },
        ...{ expected: whole?.expected, computed: whole?.computed },
        ...{ startsFromRebuiltBook: rebuilt, settings: { version: '1.0.0' } },
        before: { verified: true },
        after: { verified: false, checksum: whole?.computed },
      });
      expect(incident?.explanation).toContain('does not match expected');
      expect(await readIncident(file)).toEqual(incident);
      const options = { clock: { monotonicNs: () => 0n }, timers: createManualTimers() };
      const played = await collect(replay(file, { ...options, speed: 'max' }));
      expect(played).toHaveLength(count);
      const report = await verify(file);
      expect(report).toMatchObject({ damage: [], holes: [], checksums: { mismatched: 1 } });
      expect(report.firstMismatch).toMatchObject({
        expected: whole?.expected,
        computed: whole?.computed,
      });
      expect(await readFile(file, 'latin1')).not.toContain('secret');
    },
  );

  it('is not made of a recording whose checksums match', async () => {
    await using directory = await temporaryDirectory();
    await recordTexts(feedTexts(new BookFeed('BTC/USD'), 5), directory.join('recording'));
    const file = directory.join('incident.krj');
    expect(await writeIncident(directory.join('recording'), file)).toBeUndefined();
    expect(await readdir(directory.path)).toEqual(['recording']);
    await expect(readIncident(directory.join('recording'))).rejects.toMatchObject({
      code: 'NOT_A_RECORDING',
    });
  });
});

it('writes a summary, and hashes that sha256sum checks', async () => {
  await using directory = await temporaryDirectory();
  await recordTexts(feedTexts(new BookFeed('BTC/USD'), 40), directory.join('recording'));
  const report = await verify(directory.join('recording'));
  const file = directory.join('summary.json');
  await writeVerifySummary(file, report, '2026-01-01T00:00:00Z');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ verdict: 'proved', report });
  await writeFile(directory.join('SHA256SUMS'), formatSha256Sums(report));
  const cwd = directory.join('recording');
  const checked = execFileSync('sha256sum', ['--check', '../SHA256SUMS'], {
    cwd,
    encoding: 'utf8',
  });
  expect(checked.trim().split('\n')).toHaveLength(report.segments.length);
});
