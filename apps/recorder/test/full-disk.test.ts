import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verdictExitCode, verify } from '@kr/recording';
import { expect, it } from 'vitest';
import { runRecorderWith, runSandbox } from './processes.ts';

const mountable = ((): boolean => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

// Where no file system can be mounted, the injected ENOSPC of @kr/recording's tests stands in.
it.runIf(mountable)(
  'a recorder whose disk is full says so, ends with 1, and goes on once there is room',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kr-full-'));
    const disk = join(folder, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    const sandbox = await runSandbox('--rate', '2000');
    try {
      const directory = join(disk, 'recording');
      const args = ['--url', sandbox.first.url, '--source', 'sandbox', '--out', directory];
      const victim = await runRecorderWith({ HOME: folder }, ...args, 'BTC/USD', 'ETH/USD');
      const [code] = (await once(victim.child, 'close')) as [number | null];
      expect(code).toBe(1);
      const [line = ''] = victim.stderr().trim().split('\n').slice(-1);
      expect(victim.stderr()).not.toContain('Node.js v');
      const said = JSON.parse(line) as unknown;
      expect(said).toMatchObject({
        level: 'fatal',
        code: 'WRITE_FAILED',
        err: expect.stringContaining('ENOSPC'),
      });
      const full = await verify(directory);
      expect(full.frames).toBeGreaterThan(0);
      expect(full.checksums.mismatched).toBe(0);
      expect(full.holes).toEqual([]);

      execFileSync('mount', ['-o', 'remount,size=64m', disk]);
      const next = await runRecorderWith({ HOME: folder }, ...args, 'BTC/USD', 'ETH/USD');
      expect(await next.end('SIGTERM')).toBe(0);
      const report = await verify(directory);
      expect(report.frames).toBeGreaterThan(full.frames);
      expect(report.gaps.map(({ reason }) => reason)).toContain('restart');
      expect(verdictExitCode(report)).toBe(0);
    } finally {
      await sandbox.end('SIGTERM');
      execFileSync('umount', [disk]);
      await rm(folder, { recursive: true, force: true });
    }
  },
  180_000,
);
