import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerifyReport } from '@kr/recording';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kr } from '../../test/terminal.ts';

const captures = process.env['KR_CAPTURES'];
let folder: string;
let recording: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kr-verify-'));
  recording = join(folder, 'recording');
  await kr(['start', '--duration', '500ms', '--rate', '1000', '--out', recording]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const json = async (path: string, ...flags: string[]) => {
  const outcome = await kr(['verify', path, '-o', 'json', ...flags]);
  return { ...outcome, report: JSON.parse(outcome.stdout) as VerifyReport };
};

describe('kr verify', () => {
  it('prints the totals first, as JSON, on stdout alone', async () => {
    const { code, stdout, stderr, report } = await json(recording);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{"frames":\d+,"snapshots":5,"updates":\d+,"checksums":\{"matched":/);
    expect(report.checksums.matched).toBe(report.snapshots + report.updates);
    expect(report.gaps).toEqual([]);
  });

  it('prints a sentence and a table for a person', async () => {
    const { code, stdout } = await kr(['verify', recording]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^proved: every checksum matched, no gap$/m);
    expect(stdout).toMatch(/^BTC\/USD +10 +1 +[\d,]+ +[\d,]+ +0$/m);
    expect(stdout).toContain('(simulated)');
  });

  it('names the segment and the offset of a changed bit, and still reads what is after it', async () => {
    const whole = (await json(recording)).report;
    const segment = join(recording, 'segment-000001.krj');
    const bytes = await readFile(segment);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    const damaged = join(folder, 'segment-000001.krj');
    await writeFile(damaged, bytes);
    const { code, report } = await json(damaged);
    expect(code).toBe(1);
    expect(report.damage).toHaveLength(1);
    const [damage] = report.damage;
    expect(damage).toMatchObject({ file: 'segment-000001.krj', segment: 1 });
    // None is lost where only the marker before a record was hit.
    expect(damage?.recordsLost).toBeLessThanOrEqual(1);
    expect(at).toBeGreaterThanOrEqual(damage?.offset ?? Infinity);
    expect(at).toBeLessThan((damage?.offset ?? 0) + (damage?.bytes ?? 0));
    expect(report.frames).toBeGreaterThanOrEqual(whole.frames - 1);
    const { stdout } = await kr(['verify', damaged]);
    expect(stdout).toMatch(/^NOT PROVED: damaged in 1 place/m);
    expect(stdout).toContain(`${damage?.offset}`);
  });

  it.each([
    ['a path that does not exist', 'nothing-here', 2],
    ['a directory without a recording', 'empty', 2],
    ['a foreign file', 'foreign.bin', 2],
  ])('answers %s with one clear message', async (_what, path, expected) => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    await writeFile(join(folder, 'foreign.bin'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    const { code, stdout, stderr } = await kr(['verify', path], { workingDirectory: folder });
    expect(code).toBe(expected);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^kr: .+\n/);
    expect(stderr).not.toContain('    at ');
  });

  it('counts a malformed line, and says which one it is', async () => {
    const path = join(folder, 'lines.ndjson');
    await writeFile(path, '{"channel":"heartbeat"}\n{"channel":"hea\n{"channel":"heartbeat"}\n');
    const { code, report } = await json(path);
    expect(code).toBe(1);
    // Nothing is passed over: the line that is no frame is counted, and told.
    expect(report.frames).toBe(3);
    expect(report.damage).toMatchObject([{ kind: 'line-malformed', line: 2 }]);
  });

  it('ends with 130 when it is interrupted', async () => {
    const { code } = await kr(['verify', recording], { interrupted: AbortSignal.abort() });
    expect(code).toBe(130);
  });
});

const path = (name: string): string => join(captures ?? '', name);

describe.skipIf(captures === undefined)('kr verify on real captures (needs KR_CAPTURES)', () => {
  it.each([
    ['spot-v2/book-d10-BTCUSD-20260719.ndjson', 1254],
    ['spot-v1/book-d10-XBTUSD-20230830.ndjson', 979],
    ['vectors/l2v2-docs-3310070434.ndjson', 1],
  ])('proves %s: all %i', async (name, matched) => {
    const { code, report } = await json(path(name));
    expect(report.checksums).toEqual({ matched, mismatched: 0 });
    expect(code).toBe(0);
  });

  it('matches 41 of the capture with a hole, and points at the first frame after it', async () => {
    const { code, report } = await json(path('spot-v2/book-d10-BTCUSD-20260720-with-hole.ndjson'));
    expect(code).toBe(1);
    expect(report.checksums).toEqual({ matched: 41, mismatched: 17 });
    // Line 50 is the last before the hole; 51 to 53 hold no book frame.
    expect(report.firstMismatch).toMatchObject({ symbol: 'BTC/USD', place: { line: 51 } });
  });
});
