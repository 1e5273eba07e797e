import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BookFeed } from '../test/book-feed.ts';
import { recordTexts } from '../test/record-capture.ts';
import { feedTexts } from '../test/recorded.ts';
import { temporaryDirectory } from '../test/support.ts';
import { exportFiles } from './export/export-files.ts';
import { writeLiveBooks } from './export/live-books.ts';
import { verify, writeVerifySummary } from './index.ts';
import { deriveParquet, exportDatabase } from './parquet.ts';
import { repairTrades } from './repair.ts';

/** A file system of 1 MiB can be mounted here. */
const isMountable = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const TRADE = (id: number): string =>
  `{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":68500.0,"qty":0.01044926,"ord_type":"limit","trade_id":${id},"timestamp":"2024-05-27T12:43:11.798009Z"}]}`;

const none = async function* () {
  yield [];
};

describe('what the system refuses to write', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let recording = '';
  beforeAll(async () => {
    directory = await temporaryDirectory();
    recording = directory.join('recording');
    await recordTexts([...feedTexts(new BookFeed('BTC/USD'), 2000), TRADE(1), TRADE(3)], recording);
    return () => directory[Symbol.asyncDispose]();
  });

  const formats = ['csv', 'ndjson'] as const;
  const below = (): string => directory.join('a-file', 'out');
  it.each([
    ['exportFiles', (to: string) => exportFiles(recording, { to, formats })],
    ['deriveParquet', (to: string) => deriveParquet(recording, { to })],
    ['exportDatabase', (to: string) => exportDatabase(recording, to)],
    ['writeLiveBooks', (to: string) => writeLiveBooks(to, new Map(), '2026-01-01T00:00:00Z')],
    [
      'writeVerifySummary',
      async (to: string) => writeVerifySummary(to, await verify(recording), '2026-01-01T00:00:00Z'),
    ],
  ])('%s says as an error of this package, with the path and what to do', async (_, write) => {
    await writeFile(directory.join('a-file'), '');
    await expect(write(below())).rejects.toMatchObject({
      name: 'RecordingError',
      code: 'WRITE_FAILED',
      message: expect.stringMatching(/a-file.+cannot be written.+Check that the place/s),
      context: { path: expect.stringContaining('a-file') },
      cause: expect.any(Error),
    });
  });

  it('repairTrades says so of the file beside the journal', async () => {
    const own = directory.join('repaired');
    await recordTexts([TRADE(1), TRADE(3)], own);
    await mkdir(join(own, 'repaired.ndjson'));
    await expect(repairTrades(own, { fetchTrades: none })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:READ|WRITE)_FAILED$/),
      context: { systemCode: 'EISDIR' },
    });
  });

  it.runIf(isMountable)(
    'leaves no file half written on a disk that is full, and is done again with room',
    async () => {
      const disk = directory.join('disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk]);
      try {
        const to = join(disk, 'out');
        await expect(exportFiles(recording, { to, formats })).rejects.toMatchObject({
          code: 'WRITE_FAILED',
          context: { systemCode: 'ENOSPC', path: expect.stringContaining(to) },
        });
        expect((await readdir(to)).filter((name) => /\.(?:csv|ndjson)$/.test(name))).toEqual([]);
        execFileSync('mount', ['-o', 'remount,size=64m', disk]);
        await exportFiles(recording, { to, formats });
        const whole = directory.join('whole');
        await exportFiles(recording, { to: whole, formats });
        for (const name of await readdir(whole)) {
          expect(await readFile(join(to, name), 'utf8')).toBe(
            await readFile(join(whole, name), 'utf8'),
          );
        }
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );
});
