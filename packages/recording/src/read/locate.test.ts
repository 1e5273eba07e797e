import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { twoSegments } from '../../test/segments.ts';
import { temporaryDirectory } from '../../test/support.ts';
import { verify } from '../verify/verify.ts';
import { verdictExitCode } from '../verify/verify-report.ts';
import { locate } from './locate.ts';

let first: Uint8Array;
let second: Uint8Array;

beforeAll(async () => {
  ({ first, second } = await twoSegments());
});

describe('locate', () => {
  it.skipIf(process.platform === 'win32')('refuses what is no file and would not end', async () => {
    await using directory = await temporaryDirectory();
    const pipe = directory.join('pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/null']) {
      await expect(locate(path)).rejects.toMatchObject({
        code: 'FOREIGN_FILE',
        message: expect.stringContaining('neither a regular file nor a directory'),
      });
    }
  });

  it('names only those directories in a directory that hold segments', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('a', 'deeper'), { recursive: true });
    await expect(locate(directory.path)).rejects.toMatchObject({
      code: 'NOT_A_RECORDING',
      message: expect.stringContaining('Give the directory of a recording'),
    });
    await mkdir(directory.join('b'));
    await writeFile(directory.join('b', 'segment-000001.krj'), first);
    await expect(locate(directory.path)).rejects.toMatchObject({
      code: 'NOT_A_RECORDING',
      message: expect.stringMatching(/in it: b\.$/),
    });
  });
});

describe('an entry named as a segment that is no file', () => {
  const makers: [string, (path: string) => Promise<unknown>][] = [
    ['a directory', (path) => mkdir(path)],
    ['a link that leads nowhere', (path) => symlink('nowhere', path)],
  ];

  it.each(makers)('is told, and the rest is read: %s', async (what, make) => {
    await using directory = await temporaryDirectory();
    await writeFile(directory.join('segment-000001.krj'), first);
    await writeFile(directory.join('segment-000002.krj'), second);
    const whole = await verify(directory.path);
    await make(directory.join('segment-000007.krj'));
    const report = await verify(directory.path);
    expect(report.frames).toBe(whole.frames);
    expect(report.damage).toContainEqual(
      expect.objectContaining({
        kind: 'file-unreadable',
        segment: 7,
        message: expect.stringContaining(what),
      }),
    );
    expect(verdictExitCode(report)).toBe(1);
  });

  it('is told in the middle and at the beginning too', async () => {
    for (const segment of [1, 2]) {
      await using directory = await temporaryDirectory();
      const names = ['segment-000001.krj', 'segment-000002.krj'];
      await writeFile(directory.join(names[2 - segment] ?? ''), segment === 1 ? second : first);
      await mkdir(directory.join(names[segment - 1] ?? ''));
      const report = await verify(directory.path);
      expect(report.frames).toBeGreaterThan(0);
      expect(report.damage).toMatchObject([{ kind: 'file-unreadable', segment }]);
    }
  });
});
